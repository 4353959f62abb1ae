import { type ReactNode, useId } from "react";
import { useT } from "~/i18n";
import { QuietButton } from "./Button";

interface QuestionCardProps {
  /** The competency as the child's question, small above. */
  competency: string;
  question: string;
  value: string;
  onChange: (text: string) => void;
  onSkip?: () => void;
  /** "Zeg het": a `Recorder`, or the recording that was made. */
  voice?: ReactNode;
  maxLength?: number;
}

/** A question to think about: typed, said aloud or skipped. */
export function QuestionCard({
  competency,
  question,
  value,
  onChange,
  onSkip,
  voice,
  maxLength = 5000,
}: QuestionCardProps) {
  const t = useT();
  const id = useId();
  return (
    <article className="tp-card tp-question" aria-labelledby={id}>
      <p className="tp-small tp-soft">{competency}</p>
      <h3 id={id}>{question}</h3>
      <textarea
        className="utrecht-textarea utrecht-textarea--html-textarea"
        aria-labelledby={id}
        placeholder={t("ui.question.answer")}
        value={value}
        maxLength={maxLength}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className="tp-row tp-row--between">
        {voice ?? <span />}
        {onSkip && <QuietButton onClick={onSkip}>{t("ui.skip")}</QuietButton>}
      </div>
    </article>
  );
}
