import { lazy, Suspense, useState } from "react";
import { useT } from "~/i18n";
import { Button, QuestionCard, QuietButton } from "~/ui";
import { useFollow } from "~/ui/useFollow";
import { type Answer, LIMITS } from "./content";
import { pickQuestions, type Question, withAnswer } from "./questions";

const Recorder = lazy(() => import("~/ui/Recorder"));

type Props = {
  /** In the order in which they are asked. */
  all: readonly Question[];
  answers: Answer[];
  onChange: (answers: Answer[]) => void;
  /** How long a spoken answer may be. */
  maxSeconds: number;
  /** Keeps a recording with the entry; gives its id. */
  onSound: (sound: Blob) => Promise<string>;
  /** Takes a recording out again. */
  onSilence: (attachmentId: string) => void;
};

/** Two questions that fit the pupil and what happened; more on tap, and skipping is as easy as answering. */
export function Questions({ all, answers, maxSeconds, onChange, onSound, onSilence }: Props) {
  const t = useT();
  const [count, setCount] = useState(Math.max(2, answers.length));
  const shown = pickQuestions(all, answers, Math.min(count, LIMITS.answers));
  const change = (question: Question, part: Partial<Answer>) => onChange(withAnswer(answers, question, part));
  return (
    <section className="tp-stack" aria-labelledby="questions">
      <h2 className="tp-hidden" id="questions">
        {t("flow.questions")}
      </h2>
      {shown.map((question) => (
        <OneQuestion
          key={question.id}
          question={question}
          maxSeconds={maxSeconds}
          answer={answers.find((one) => one.questionId === question.id)}
          onChange={(part) => change(question, part)}
          onSilence={(id) => {
            change(question, { attachmentId: null });
            onSilence(id);
          }}
          onSound={async (sound) => change(question, { attachmentId: await onSound(sound), skipped: false })}
        />
      ))}
      {shown.length < LIMITS.answers && all.some((one) => !shown.some(({ id }) => id === one.id)) && (
        <QuietButton icon="question" onClick={() => setCount(shown.length + 1)}>
          {t("flow.otherQuestion")}
        </QuietButton>
      )}
    </section>
  );
}

type OneProps = {
  question: Question;
  maxSeconds: number;
  answer: Answer | undefined;
  onChange: (part: Partial<Answer>) => void;
  onSound: (sound: Blob) => void;
  onSilence: (attachmentId: string) => void;
};

function OneQuestion({ question, maxSeconds, answer, onChange, onSound, onSilence }: OneProps) {
  const t = useT();
  const spoken = answer?.attachmentId;
  const place = useFollow<HTMLDivElement>(`${answer?.skipped} ${spoken}`);
  if (answer?.skipped) {
    return (
      <div ref={place} className="tp-card tp-row tp-row--between">
        <p className="tp-soft">
          {question.text} <b>{t("flow.skipped")}</b>
        </p>
        <Button look="subtle" onClick={() => onChange({ skipped: false })}>
          {t("flow.unskip")}
        </Button>
      </div>
    );
  }
  return (
    <div ref={place}>
      <QuestionCard
        competency={question.competency ? t(`competency.${question.competency}`) : ""}
        question={question.text}
        value={answer?.text ?? ""}
        maxLength={LIMITS.paragraph}
        onChange={(text) => onChange({ text })}
        onSkip={() => onChange({ skipped: true })}
        voice={
          spoken ? (
            <span className="tp-row">
              {t("flow.spoken")}
              <QuietButton onClick={() => onSilence(spoken)}>{t("flow.spokenRemove")}</QuietButton>
            </span>
          ) : (
            <Suspense>
              <Recorder onRecorded={onSound} maxSeconds={maxSeconds} />
            </Suspense>
          )
        }
      />
    </div>
  );
}
