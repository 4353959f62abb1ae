import { type ReactNode, useState } from "react";
import { useT } from "~/i18n";
import { totalOf } from "~/logbook";
import { FilterPills, QuietButton, TextField } from "~/ui";
import { Beforehand } from "./Boundary";
import { type Details, type DetailsOf, EXPERIENCE_FORMS, type Kind, LIMITS } from "./content";
import { EntryChoice } from "./EntryChoice";
import { hoursFrom } from "./hours";
import { Day, Line, Paragraph } from "./Lines";

type Props<K extends Kind> = { details: DetailsOf<K>; onChange: (details: DetailsOf<K>) => void };

type Around = {
  /** The first day. */
  day: string | null;
  /** The days of an experience. */
  logbook: ReactNode;
};

/** The fields that only this kind has. */
export function KindFields({
  details,
  onChange,
  ...around
}: Around & {
  details: Details;
  onChange: (details: Details) => void;
}) {
  switch (details.kind) {
    case "experience":
      return (
        <ExperienceFields details={details as DetailsOf<"experience">} onChange={onChange} {...around} />
      );
    case "work_sample":
      return <WorkSampleFields details={details as DetailsOf<"work_sample">} onChange={onChange} />;
    case "interview":
      return <InterviewFields details={details as DetailsOf<"interview">} onChange={onChange} />;
    case "article":
      return <ArticleFields details={details as DetailsOf<"article">} onChange={onChange} />;
    case "result":
      return <ResultFields details={details as DetailsOf<"result">} onChange={onChange} />;
    case "reflection":
      return <ReflectionFields details={details as DetailsOf<"reflection">} onChange={onChange} />;
  }
}

/** The value, or none when it was chosen already: a choice can be taken back. */
function unless<T>(chosen: T | null, value: T): T | null {
  return chosen === value ? null : value;
}

function ExperienceFields({ details, onChange, day, logbook }: Props<"experience"> & Around) {
  const t = useT();
  const set = (change: Partial<typeof details>) => onChange({ ...details, ...change });
  return (
    <>
      <div className="tp-field">
        <FilterPills
          label={t("flow.form")}
          showLabel
          options={EXPERIENCE_FORMS.map((form) => ({ value: form, label: t(`form.${form}`) }))}
          value={details.form ?? ""}
          onChange={(form) => set({ form: unless(details.form, form) })}
        />
      </div>
      <Line
        label={t("flow.organisation")}
        hint={t("flow.organisationHint")}
        value={details.organisation}
        onChange={(organisation) => set({ organisation })}
      />
      {totalOf(details.logbook ?? []).hours === 0 && (
        <Hours hours={details.hours} onChange={(hours) => set({ hours })} />
      )}
      <Beforehand details={details} day={day} onChange={onChange} />
      {logbook}
    </>
  );
}

function Hours(props: { hours: number | null; onChange: (hours: number | null) => void }) {
  const t = useT();
  const [text, setText] = useState(props.hours === null ? "" : String(props.hours).replace(".", ","));
  return (
    <TextField
      label={t("flow.hours")}
      inputMode="decimal"
      value={text}
      maxLength={6}
      onChange={(event) => {
        setText(event.target.value);
        props.onChange(hoursFrom(event.target.value));
      }}
      error={text.trim() !== "" && hoursFrom(text) === null ? t("flow.hoursWrong") : undefined}
    />
  );
}

function WorkSampleFields({ details, onChange }: Props<"work_sample">) {
  const t = useT();
  const set = (change: Partial<typeof details>) => onChange({ ...details, ...change });
  return (
    <>
      <Line label={t("flow.occasion")} value={details.occasion} onChange={(occasion) => set({ occasion })} />
      <div className="tp-field">
        <FilterPills
          label={t("flow.together")}
          showLabel
          options={[
            { value: "alone", label: t("flow.alone") },
            { value: "together", label: t("flow.withOthers") },
          ]}
          value={details.together ?? ""}
          onChange={(together) => set({ together: unless(details.together, together) })}
        />
      </div>
    </>
  );
}

function InterviewFields({ details, onChange }: Props<"interview">) {
  const t = useT();
  const set = (change: Partial<typeof details>) => onChange({ ...details, ...change });
  const exchanges = details.exchanges;
  const replace = (at: number, change: Partial<(typeof exchanges)[number]>) =>
    set({ exchanges: exchanges.map((one, index) => (index === at ? { ...one, ...change } : one)) });
  return (
    <>
      <Line
        label={t("flow.role")}
        hint={t("flow.roleHint")}
        value={details.role}
        onChange={(role) => set({ role })}
      />
      <fieldset className="tp-stack">
        <legend className="tp-label">{t("flow.exchanges")}</legend>
        {exchanges.map((one, at) => (
          <div key={at} className="tp-card tp-stack">
            <Line
              label={t("flow.question", { n: at + 1 })}
              value={one.question}
              onChange={(question) => replace(at, { question })}
            />
            <Paragraph
              label={t("flow.answerTo", { n: at + 1 })}
              value={one.answer}
              onChange={(answer) => replace(at, { answer })}
            />
            <QuietButton
              icon="cross"
              onClick={() => set({ exchanges: exchanges.filter((_, index) => index !== at) })}
            >
              {t("flow.questionRemove", { n: at + 1 })}
            </QuietButton>
          </div>
        ))}
        {exchanges.length < LIMITS.exchanges && (
          <QuietButton
            icon="plus"
            onClick={() => set({ exchanges: [...exchanges, { question: "", answer: "" }] })}
          >
            {t("flow.questionAdd")}
          </QuietButton>
        )}
      </fieldset>
    </>
  );
}

function ArticleFields({ details, onChange }: Props<"article">) {
  const t = useT();
  const set = (change: Partial<typeof details>) => onChange({ ...details, ...change });
  return (
    <>
      <Line
        label={t("flow.source")}
        hint={t("flow.sourceHint")}
        value={details.source}
        onChange={(source) => set({ source })}
      />
      <Line
        label={t("flow.publisher")}
        value={details.publisher}
        onChange={(publisher) => set({ publisher })}
      />
      <Day
        label={t("flow.publishedOn")}
        value={details.publishedOn}
        onChange={(publishedOn) => set({ publishedOn })}
      />
      <Paragraph label={t("flow.why")} value={details.why} onChange={(why) => set({ why })} />
    </>
  );
}

function ResultFields({ details, onChange }: Props<"result">) {
  const t = useT();
  const set = (change: Partial<typeof details>) => onChange({ ...details, ...change });
  return (
    <>
      <Line label={t("flow.subject")} value={details.subject} onChange={(subject) => set({ subject })} />
      <Line
        label={t("flow.result")}
        hint={t("flow.resultHint")}
        value={details.result}
        onChange={(result) => set({ result })}
      />
      <Line label={t("flow.by")} value={details.by} onChange={(by) => set({ by })} />
    </>
  );
}

function ReflectionFields({ details, onChange }: Props<"reflection">) {
  const t = useT();
  const set = (change: Partial<typeof details>) => onChange({ ...details, ...change });
  return (
    <>
      <div className="tp-field">
        <FilterPills
          label={t("flow.looksBack")}
          showLabel
          options={(["entry", "activity", "period"] as const).map((value) => ({
            value,
            label: t(`flow.looksBack.${value}`),
          }))}
          value={details.looksBackOn ?? ""}
          onChange={(value) => set({ looksBackOn: unless(details.looksBackOn, value), entryId: null })}
        />
      </div>
      {details.looksBackOn === "entry" && (
        <EntryChoice
          value={details.entryId}
          onChange={(entryId, title) => set({ entryId, about: title || details.about })}
        />
      )}
      {details.looksBackOn && (
        <Line label={t("flow.about")} value={details.about} onChange={(about) => set({ about })} />
      )}
    </>
  );
}
