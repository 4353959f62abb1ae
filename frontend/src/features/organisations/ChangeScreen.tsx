import { type FormEvent, useState } from "react";
import { v7 as newId } from "uuid";
import { useLocation, useParams } from "wouter";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import {
  ActionBar,
  Button,
  ErrorState,
  Loading,
  Note,
  QuietLink,
  TextArea,
  TextField,
  useToast,
  WorkFieldPicks,
} from "~/ui";
import { Theirs } from "./Theirs";
import { type Content, type Organisation, useKeep, useOrganisation } from "./useOrganisations";

/** What organisations offer, the most usual first. */
export const FORMS = [
  "company_visit",
  "guest_lesson",
  "experience_lesson",
  "taster_internship",
  "shadow_day",
  "internship",
  "extended_day",
  "trial_study",
  "open_day",
  "fair",
  "project",
  "volunteering",
] as const;

const BLANK: Content = { name: "", place: "", website: "", workFields: [], forms: [], note: "" };

/** Adding an organisation, or changing one. */
export default function ChangeScreen() {
  const { organisationId } = useParams<{ organisationId?: string }>();
  const organisation = useOrganisation(organisationId);
  const [fresh] = useState(() => newId());
  if (!organisationId) return <ChangeForm id={fresh} before={null} />;
  if (organisation.isPending) return <Loading />;
  if (organisation.isError)
    return <ErrorState error={organisation.error} onRetry={() => organisation.refetch()} />;
  return <ChangeForm id={organisationId} before={organisation.data} />;
}

export function contentOf({ name, place, website, workFields, forms, note }: Organisation): Content {
  return { name, place, website, workFields, forms, note };
}

function ChangeForm({ id, before }: { id: string; before: Organisation | null }) {
  const t = useT();
  const toast = useToast();
  const [, go] = useLocation();
  const keep = useKeep(id);
  const [content, setContent] = useState<Content>(() => (before ? contentOf(before) : BLANK));
  const [version, setVersion] = useState(before?.version ?? null);
  const change = (part: Partial<Content>) => setContent({ ...content, ...part });
  const problem = keep.error instanceof ApiProblem ? keep.error : undefined;
  // After 412 the page is read anew: what is there now stands beside what was written.
  const theirs = problem?.status === 412 && before && before.version !== version ? before : null;
  const submit = async (from: number | null) => {
    await keep.mutateAsync({ content, version: from });
    toast({ text: t("organisations.kept", { name: content.name }) });
    go(`/organisaties/${id}`, { replace: true });
  };
  return (
    <form
      className="tp-page tp-stack"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit(version);
      }}
    >
      <p>
        <QuietLink to={before ? `/organisaties/${id}` : "/organisaties"} icon="back">
          {before ? before.name : t("organisations.title")}
        </QuietLink>
      </p>
      <h1 tabIndex={-1}>{t(before ? "organisations.change" : "organisations.new")}</h1>
      <TextField
        label={t("organisations.name")}
        value={content.name}
        maxLength={200}
        required
        onChange={(event) => change({ name: event.target.value })}
        error={problem?.at("/name")}
      />
      <TextField
        label={t("organisations.place")}
        value={content.place}
        maxLength={200}
        onChange={(event) => change({ place: event.target.value })}
        error={problem?.at("/place")}
      />
      <WorkFieldPicks
        label={t("organisations.fields")}
        value={content.workFields ?? []}
        onChange={(workFields) => change({ workFields })}
      />
      <FormPicks value={content.forms ?? []} onChange={(forms) => change({ forms })} />
      <TextField
        type="url"
        inputMode="url"
        label={t("organisations.website")}
        hint={t("organisations.websiteHint")}
        value={content.website}
        maxLength={300}
        onChange={(event) => change({ website: event.target.value })}
        onBlur={() => change({ website: secure(content.website ?? "") })}
        error={problem?.at("/website") && t("organisations.websiteWrong")}
      />
      <TextArea
        label={t("organisations.note")}
        hint={t("organisations.noteHint")}
        value={content.note}
        maxLength={500}
        onChange={(event) => change({ note: event.target.value })}
        error={problem?.at("/note")}
      />
      <div role="alert">
        {problem?.existing && (
          <Note tone="wait">
            <p>{problem.message}</p>
            <QuietLink to={`/organisaties/${problem.existing}`}>{t("organisations.exists")}</QuietLink>
          </Note>
        )}
        {keep.isError && !problem?.existing && !theirs && (
          <Note tone="wait">
            <p>{problem?.message ?? t("ui.error.unknown")}</p>
          </Note>
        )}
      </div>
      {theirs && (
        <Theirs
          mine={content}
          theirs={theirs}
          busy={keep.isPending}
          onTake={() => {
            setContent(contentOf(theirs));
            setVersion(theirs.version);
            keep.reset();
          }}
          onKeep={() => void submit(theirs.version)}
        />
      )}
      <ActionBar>
        <Button type="submit" busy={keep.isPending}>
          {t("organisations.keep")}
        </Button>
      </ActionBar>
    </form>
  );
}

/** People type addresses without what comes before the name. */
function secure(typed: string): string {
  const address = typed.trim();
  return address && !/^[a-z]+:/i.test(address) ? `https://${address}` : address;
}

function FormPicks({
  value,
  onChange,
}: {
  value: NonNullable<Content["forms"]>;
  onChange: (forms: NonNullable<Content["forms"]>) => void;
}) {
  const t = useT();
  return (
    <fieldset className="tp-field">
      <legend className="tp-label" style={{ marginBlockEnd: "var(--tp-2)" }}>
        {t("organisations.forms")}
      </legend>
      <div className="tp-picks">
        {FORMS.map((form) => (
          <label key={form} className="tp-pick">
            <input
              type="checkbox"
              checked={value.includes(form)}
              onChange={({ target }) =>
                onChange(target.checked ? [...value, form] : value.filter((one) => one !== form))
              }
            />
            {t(`form.${form}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
