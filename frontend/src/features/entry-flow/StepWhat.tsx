import type { ReactNode } from "react";
import { useT } from "~/i18n";
import { ChoiceGrid, KindLabel, Mark, TextField, WorkFieldPicks } from "~/ui";
import { type EntryContent, KINDS, type Kind, LIMITS } from "./content";
import { DayFields } from "./DayFields";
import { KindFields } from "./KindFields";

type Props = {
  /** None: nothing is chosen yet, so there is no draft yet either. */
  content: EntryContent | null;
  /** What is shared stays what it is. */
  fixedKind?: boolean;
  onKind: (kind: Kind) => void;
  onChange: (change: Partial<EntryContent>) => void;
  /** The days of an experience. */
  logbook: ReactNode;
};

/** Step 1: what it was, what it is called, when, and which work was seen. */
export function StepWhat({ content, fixedKind, onKind, onChange, logbook }: Props) {
  const t = useT();
  return (
    <>
      <h1 tabIndex={-1}>{t("flow.whatTitle")}</h1>
      {fixedKind && content ? (
        <KindLabel kind={content.details.kind} />
      ) : (
        <ChoiceGrid
          label={t("flow.whatTitle")}
          hideLabel
          options={KINDS.map((kind) => ({
            value: kind,
            label: t(`flow.kind.${kind}`),
            sign: <Mark kind={kind} />,
          }))}
          value={content?.details.kind}
          onChange={onKind}
        />
      )}
      {content && <WhatFields content={content} onChange={onChange} logbook={logbook} />}
    </>
  );
}

type FieldsProps = Pick<Props, "onChange" | "logbook"> & { content: EntryContent };

function WhatFields({ content, onChange, logbook }: FieldsProps) {
  const t = useT();
  const experience = content.details.kind === "experience";
  return (
    <>
      <TextField
        label={t("flow.name")}
        value={content.title}
        maxLength={LIMITS.title}
        onChange={(event) => onChange({ title: event.target.value })}
      />
      <DayFields from={content.happenedOn} to={content.endedOn} onChange={onChange} />
      <div className="tp-stack flow__fields">
        <WorkFieldPicks
          label={t(experience ? "flow.fields" : "flow.fieldsOther")}
          value={content.workFields}
          onChange={(workFields) => onChange({ workFields })}
          max={LIMITS.choices}
        />
        <p className="tp-small tp-soft" role="status">
          {content.workFields.length >= LIMITS.choices && t("flow.fieldsMax")}
        </p>
      </div>
      <KindFields
        details={content.details}
        day={content.happenedOn}
        logbook={logbook}
        onChange={(details) => onChange({ details })}
      />
    </>
  );
}
