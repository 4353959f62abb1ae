import { type ReactNode, useState } from "react";
import { useT } from "~/i18n";
import { Faces, TextField } from "~/ui";
import { Afterwards } from "./Boundary";
import {
  COMPETENCIES,
  type DetailsOf,
  type EntryContent,
  isBoundary,
  LIMITS,
  tagsFrom,
  toggled,
} from "./content";
import { Paragraph } from "./Lines";

type Props = {
  content: EntryContent;
  onChange: (change: Partial<EntryContent>) => void;
  /** The two questions. */
  questions: ReactNode;
};

/** Step 3: how it was, two questions, and what it shows. */
export function StepTell({ content, onChange, questions }: Props) {
  const t = useT();
  return (
    <>
      <h1 tabIndex={-1}>{t("flow.tellTitle")}</h1>
      <Faces
        label={t("flow.feeling")}
        value={content.feeling}
        onChange={(feeling) => onChange({ feeling })}
      />
      {content.details.kind === "experience" && (
        <Afterwards
          details={content.details as DetailsOf<"experience">}
          asked={isBoundary(content)}
          onChange={(details) => onChange({ details })}
        />
      )}
      {questions}
      <Paragraph
        label={t("flow.own")}
        value={content.body}
        max={LIMITS.story}
        onChange={(body) => onChange({ body })}
      />
      <Competencies chosen={content.competencies} onChange={(competencies) => onChange({ competencies })} />
      <Tags tags={content.tags} onChange={(tags) => onChange({ tags })} />
    </>
  );
}

type Competency = EntryContent["competencies"][number];

function Competencies({
  chosen,
  onChange,
}: {
  chosen: Competency[];
  onChange: (chosen: Competency[]) => void;
}) {
  const t = useT();
  return (
    <fieldset className="tp-field">
      <legend className="tp-label">{t("flow.competencies")}</legend>
      <div className="tp-picks">
        {COMPETENCIES.map((code) => (
          <label key={code} className="tp-pick">
            <input
              type="checkbox"
              checked={chosen.includes(code)}
              onChange={() => onChange(toggled(chosen, code))}
            />
            {t(`competency.${code}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Tags({ tags, onChange }: { tags: string[]; onChange: (tags: string[]) => void }) {
  const t = useT();
  const [text, setText] = useState(tags.join(", "));
  return (
    <TextField
      label={t("flow.tags")}
      hint={t("flow.tagsHint")}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onChange(tagsFrom(event.target.value));
      }}
    />
  );
}
