import { type FormEvent, useState } from "react";
import { v7 as newId } from "uuid";
import { useLocation, useParams, useSearchParams } from "wouter";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { today } from "~/i18n/dates";
import {
  ActionBar,
  Button,
  ErrorState,
  FilterPills,
  Loading,
  Note,
  TextField,
  useToast,
  WorkFieldPicks,
} from "~/ui";
import { groupName } from "~/ui/groupName";
import { chosenPart, OrganisationField } from "./OrganisationField";
import {
  type Activity,
  type Content,
  useActivity,
  useOrganisation,
  useOwnGroups,
  usePlan,
} from "./useActivities";

const FORMS = [
  "company_visit",
  "guest_lesson",
  "extended_day",
  "experience_lesson",
  "taster_internship",
  "shadow_day",
  "trial_study",
  "open_day",
  "fair",
  "internship",
  "project",
] as const;

const BLANK: Content = {
  title: "",
  form: null,
  workFields: [],
  organisation: "",
  organisationId: null,
  place: "",
  happensOn: today(),
  endsOn: null,
  startsAt: null,
  bring: "",
  askBefore: "",
  groupIds: [],
};

/** Planning an activity, or changing one. `?organisatie=…`: at this one. */
export default function PlanScreen() {
  const { activityId } = useParams<{ activityId?: string }>();
  const activity = useActivity(activityId);
  const [fresh] = useState(() => newId());
  const at = useOrganisation(useSearchParams()[0].get("organisatie") ?? undefined);
  if (!activityId && at.isLoading) return <Loading />;
  const start = at.data
    ? {
        ...BLANK,
        ...chosenPart(
          { ...at.data, place: at.data.place ?? "", workFields: at.data.workFields ?? [] },
          BLANK,
        ),
      }
    : BLANK;
  if (!activityId) return <PlanForm id={fresh} before={null} start={start} />;
  if (activity.isPending) return <Loading />;
  if (activity.isError) return <ErrorState error={activity.error} onRetry={() => activity.refetch()} />;
  return <PlanForm id={activityId} before={activity.data} start={BLANK} />;
}

function contentOf(activity: Activity): Content {
  const { title, form, workFields, organisation, organisationId, place, happensOn, endsOn, startsAt } =
    activity;
  const { bring, askBefore } = activity;
  const groupIds = activity.groups.map(({ id }) => id);
  return {
    title,
    form,
    workFields,
    organisation,
    organisationId,
    place,
    happensOn,
    endsOn,
    startsAt,
    bring,
    askBefore,
    groupIds,
  };
}

function PlanForm({ id, before, start }: { id: string; before: Activity | null; start: Content }) {
  const t = useT();
  const toast = useToast();
  const [, go] = useLocation();
  const groups = useOwnGroups();
  const plan = usePlan(id);
  const [content, setContent] = useState<Content>(() => (before ? contentOf(before) : start));
  const change = (part: Partial<Content>) => setContent({ ...content, ...part });
  const problem = plan.error instanceof ApiProblem ? plan.error : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await plan.mutateAsync({ content, version: before?.version ?? null });
    toast({ text: t("activities.kept", { title: content.title }) });
    go(`/activiteiten/${id}`);
  };
  const line = (name: "place" | "bring" | "askBefore") => (
    <TextField
      label={t(`activities.${name}`)}
      hint={name === "askBefore" ? t("activities.askBeforeHint") : undefined}
      value={content[name]}
      maxLength={200}
      onChange={(event) => change({ [name]: event.target.value })}
      error={problem?.at(`/${name}`)}
    />
  );
  return (
    <form className="tp-page tp-stack" onSubmit={submit}>
      <h1 tabIndex={-1}>{t(before ? "activities.change" : "activities.new")}</h1>
      <TextField
        label={t("activities.name")}
        value={content.title}
        maxLength={200}
        required
        onChange={(event) => change({ title: event.target.value })}
        error={problem?.at("/title")}
      />
      <div className="tp-field">
        <FilterPills
          label={t("activities.form")}
          showLabel
          options={FORMS.map((value) => ({ value, label: t(`form.${value}`) }))}
          value={content.form ?? ""}
          onChange={(form) => change({ form: form as Content["form"] })}
        />
      </div>
      <fieldset className="tp-field">
        <legend className="tp-label">{t("activities.groups")}</legend>
        <div className="tp-picks">
          {groups.map((group) => (
            <label key={group.id} className="tp-pick">
              <input
                type="checkbox"
                checked={content.groupIds.includes(group.id)}
                onChange={({ target }) =>
                  change({
                    groupIds: target.checked
                      ? [...content.groupIds, group.id]
                      : content.groupIds.filter((one) => one !== group.id),
                  })
                }
              />
              {groupName(group, t)}
            </label>
          ))}
        </div>
        {problem?.at("/groupIds") && <p className="tp-field__error">{problem.at("/groupIds")}</p>}
      </fieldset>
      <TextField
        type="date"
        label={t("activities.day")}
        value={content.happensOn}
        required
        onChange={(event) => change({ happensOn: event.target.value })}
        error={problem?.at("/happensOn")}
      />
      <TextField
        type="time"
        label={t("activities.time")}
        value={content.startsAt?.slice(0, 5) ?? ""}
        onChange={(event) => change({ startsAt: event.target.value || null })}
      />
      <OrganisationField content={content} error={problem?.at("/organisation")} onChange={change} />
      {line("place")}
      <WorkFieldPicks
        label={t("activities.fields")}
        value={content.workFields ?? []}
        onChange={(workFields) => change({ workFields })}
      />
      {line("bring")}
      {line("askBefore")}
      <div role="alert">
        {plan.isError && (
          <Note tone="wait">
            <p>{problem?.message ?? t("ui.error.unknown")}</p>
          </Note>
        )}
      </div>
      <ActionBar>
        <Button type="submit" busy={plan.isPending}>
          {t("activities.keep")}
        </Button>
      </ActionBar>
    </form>
  );
}
