import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useLocation } from "wouter";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { today } from "~/i18n/dates";
import { ActionBar, Button, FilterPills, Note, QuietLink, TextField, useToast, WorkFieldPicks } from "~/ui";
import { OrganisationField } from "./OrganisationField";
import { PlanConflict } from "./PlanConflict";
import {
  type Activity,
  type CityActivity,
  FORMS,
  groupIdsOn,
  moved,
  type Plan,
  type PlannableGroup,
} from "./plan";
import { QuestionFields } from "./QuestionFields";
import { usePlan, usePlansForCity } from "./useActivities";
import { WhoFields } from "./WhoFields";
import "./activities.css";

interface Props {
  id: string;
  start: Plan;
  /** What is there already; its version is where the change starts, whatever is read meanwhile. */
  before: Activity | CityActivity | null;
  groups: readonly PlannableGroup[];
}

/** The plan in four parts: what, when, for whom, and what is asked. */
export function PlanForm({ id, start, before, groups }: Props) {
  const t = useT();
  const toast = useToast();
  const [, go] = useLocation();
  const forCity = usePlansForCity();
  const save = usePlan(id);
  const [typed, setPlan] = useState(start);
  const plan = { ...typed, groupIds: groupIdsOn(typed, groups, before) };
  const [version, setVersion] = useState(before?.version ?? null);
  const change = (part: Partial<Plan>) => setPlan({ ...typed, ...part });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const conflict = problem?.status === 412;

  const keep = async (from: number | null) => {
    await save.mutateAsync({ plan, version: from });
    toast({ text: t("activities.kept", { title: plan.title }) });
    go(`/activiteiten/${id}`);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await keep(version).catch(() => {});
  };
  const setDay = (happensOn: string) => {
    if (!happensOn) return;
    setPlan(moved(typed, happensOn));
  };
  const line = (name: "place" | "bring" | "askBefore") => (
    <TextField
      label={t(`activities.${name}`)}
      hint={name === "askBefore" ? t("activities.askBeforeHint") : undefined}
      value={plan[name]}
      maxLength={200}
      onChange={(event) => change({ [name]: event.target.value })}
      error={problem?.at(`/${name}`)}
    />
  );
  const fieldless =
    problem && !conflict && (problem.errors.find(({ pointer }) => !pointer)?.detail ?? problem.message);
  return (
    <form className="tp-page tp-stack activities__form" onSubmit={submit}>
      <p>
        <QuietLink to={before ? `/activiteiten/${id}` : "/activiteiten"} icon="back">
          {before ? before.title : t("activities.title")}
        </QuietLink>
      </p>
      <h1 tabIndex={-1}>
        {t(before ? "activities.changeTitle" : "activities.new", { title: before?.title })}
      </h1>
      {plan.offeredBy && (
        <Note icon="flag">
          <p>{t("activities.fromCity")}</p>
        </Note>
      )}

      <Part title={t("activities.part.what")}>
        <TextField
          label={t("activities.name")}
          value={plan.title}
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
            value={plan.form ?? ""}
            onChange={(form) => change({ form: form as Plan["form"] })}
          />
        </div>
        <WorkFieldPicks
          label={t("activities.fields")}
          value={plan.workFields}
          onChange={(workFields) => change({ workFields })}
        />
        <div className="activities__pair">
          <OrganisationField plan={plan} error={problem?.at("/organisation")} onChange={change} />
          {line("place")}
        </div>
        {line("bring")}
        <label className="tp-pick activities__tick">
          <input
            type="checkbox"
            checked={plan.logbook}
            onChange={({ target }) => change({ logbook: target.checked })}
          />
          {t("activities.logbook")}
        </label>
      </Part>

      <Part title={t("activities.part.when")}>
        <div className="activities__pair">
          <TextField
            type="date"
            label={t("activities.day")}
            value={plan.happensOn}
            required
            onChange={(event) => setDay(event.target.value)}
            error={problem?.at("/happensOn")}
          />
          <TextField
            type="date"
            label={t("activities.endDay")}
            value={plan.endsOn ?? ""}
            min={plan.happensOn}
            onChange={(event) => change({ endsOn: event.target.value || null })}
            error={problem?.at("/endsOn")}
          />
          <TextField
            type="time"
            label={t("activities.time")}
            value={plan.startsAt?.slice(0, 5) ?? ""}
            onChange={(event) => change({ startsAt: event.target.value || null })}
            error={problem?.at("/startsAt")}
          />
        </div>
        {(plan.endsOn ?? plan.happensOn) < today() && (
          <Note>
            <p>{t("activities.wasInThePast")}</p>
          </Note>
        )}
      </Part>

      <Part title={t("activities.part.who")}>
        <WhoFields
          plan={plan}
          change={change}
          forCity={forCity}
          groups={groups}
          before={before}
          problem={problem}
        />
      </Part>

      <Part title={t("activities.part.questions")}>
        <p className="tp-soft">{t("activities.questionsHint")}</p>
        <QuestionFields plan={plan} change={change} groups={groups} />
        {line("askBefore")}
      </Part>

      <div role="alert">
        {save.isError && !conflict && (
          <Note tone="wait">
            <p>{fieldless || t(navigator.onLine ? "ui.error.unknown" : "ui.error.offline")}</p>
          </Note>
        )}
      </div>
      <ActionBar>
        <Button type="submit" busy={save.isPending}>
          {t("activities.keep")}
        </Button>
      </ActionBar>
      <PlanConflict
        id={id}
        open={conflict}
        mine={plan}
        groups={groups}
        busy={save.isPending}
        onMine={(current) => keep(current).catch(() => {})}
        onTheirs={(theirs, current, name) => {
          setPlan(theirs);
          setVersion(current);
          save.reset();
          toast({ text: t("activities.theirsTaken", { name }), action: () => setPlan(typed) });
        }}
        onClose={() => save.reset()}
      />
    </form>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="tp-card tp-stack activities__part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
