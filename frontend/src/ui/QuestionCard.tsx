import { type ReactNode, useId, useRef } from "react";
import { useLanguage, useT } from "~/i18n";
import { QuietButton } from "./Button";
import { ReadAloud } from "./ReadAloud";

interface QuestionCardProps {
  /** The competency as the child's question, small above. */
  competency: string;
  question: string;
  value: string;
  onChange: (text: string) => void;
  /** The pupil has written and goes on to something else. */
  onLeave?: () => void;
  onSkip?: () => void;
  /** Puts another question in its place. */
  onOther?: () => void;
  /** "Zeg het": a `Recorder`, or the recording that was made. */
  voice?: ReactNode;
  maxLength?: number;
  /** What comes after the answer. */
  children?: ReactNode;
}

/** A question to think about: typed, said aloud, exchanged for another or skipped. */
export function QuestionCard({
  competency,
  question,
  value,
  onChange,
  onLeave,
  onSkip,
  onOther,
  voice,
  maxLength = 5000,
  children,
}: QuestionCardProps) {
  const t = useT();
  // School asks in Dutch, and in English for who reads that.
  const spoken = useLanguage() === "en" ? "en" : "nl";
  const id = useId();
  const asked = useRef<HTMLHeadingElement>(null);
  return (
    <article className="tp-card tp-question" aria-labelledby={id}>
      <p className="tp-small tp-soft">{competency}</p>
      <h3 id={id} ref={asked} lang={spoken} dir="auto">
        {question}
      </h3>
      <ReadAloud of={asked} />
      <textarea
        className="utrecht-textarea utrecht-textarea--html-textarea"
        aria-labelledby={id}
        placeholder={t("ui.question.answer")}
        value={value}
        maxLength={maxLength}
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => value.trim() && onLeave?.()}
      />
      {voice}
      {(onSkip || onOther) && (
        <div className="tp-row tp-row--between">
          {onOther ? (
            <QuietButton icon="question" aria-describedby={id} onClick={onOther}>
              {t("ui.question.other")}
            </QuietButton>
          ) : (
            <span />
          )}
          {onSkip && (
            <QuietButton aria-describedby={id} onClick={onSkip}>
              {t("ui.skip")}
            </QuietButton>
          )}
        </div>
      )}
      {children}
    </article>
  );
}
