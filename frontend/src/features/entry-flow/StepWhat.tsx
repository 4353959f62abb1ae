import { useT } from "~/i18n";
import { ChoiceGrid, KindLabel, Mark, Note, TextField, WorkFieldPicks } from "~/ui";
import { type EntryContent, isBoundary, KINDS, type Kind, LIMITS } from "./content";
import { DayFields } from "./DayFields";
import { KindFields } from "./KindFields";

type Props = {
  /** None: nothing is chosen yet, so there is no draft yet either. */
  content: EntryContent | null;
  /** What is shared stays what it is. */
  fixedKind?: boolean;
  onKind: (kind: Kind) => void;
  onChange: (change: Partial<EntryContent>) => void;
};

/** Step 1: what it was, what it is called, when, and which work was seen. */
export function StepWhat({ content, fixedKind, onKind, onChange }: Props) {
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
      {content && <WhatFields content={content} onChange={onChange} />}
    </>
  );
}

function WhatFields({ content, onChange }: { content: EntryContent; onChange: Props["onChange"] }) {
  const t = useT();
  const experience = content.details.kind === "experience" ? content.details : null;
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
      <KindFields details={content.details} onChange={(details) => onChange({ details })} />
      {isBoundary(content) && (
        <Note icon="flag">
          <p className="tp-small">{t("flow.beforeWas", { before: experience?.expectation?.before })}</p>
        </Note>
      )}
    </>
  );
}
