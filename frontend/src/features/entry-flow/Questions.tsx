import { lazy, Suspense, useState } from "react";
import { useT } from "~/i18n";
import { Button, EarlierAnswers, Icon, type PastAnswer, QuestionCard, QuietButton } from "~/ui";
import { useFollow } from "~/ui/useFollow";
import { type Answer, isAnswered, LIMITS } from "./content";
import { FILMS_HERE } from "./files";
import { type Question, withAnswer } from "./questions";
import { SpokenAnswer } from "./SpokenAnswer";
import type { OnScreen } from "./useAsking";
import type { FileInHand } from "./useFiles";

const Recorder = lazy(() => import("~/ui/Recorder"));
const FilmRecorder = lazy(() => import("~/ui/FilmRecorder"));

type Props = {
  asking: OnScreen;
  answers: Answer[];
  onChange: (answers: Answer[]) => void;
  /** What this pupil said before to the same questions. */
  earlier: readonly PastAnswer[];
  files: readonly FileInHand[];
  online: boolean;
  /** How long a spoken or filmed answer may be. */
  maxSeconds: number;
  /** Keeps a recording with the entry; gives its id. */
  onRecorded: (recording: Blob, kind: "sound" | "film") => Promise<string>;
  /** Takes a recording out again. */
  onSilence: (attachmentId: string) => void;
};

/** Two questions that fit the pupil and what happened; another in the place of each, and skipping is as easy as answering. */
export function Questions({
  asking,
  answers,
  onChange,
  earlier,
  files,
  onRecorded,
  onSilence,
  ...rest
}: Props) {
  const t = useT();
  const change = (question: Question, part: Partial<Answer>) => onChange(withAnswer(answers, question, part));
  return (
    <section className="tp-stack" aria-labelledby="questions">
      <h2 className="tp-hidden" id="questions">
        {t("flow.questions")}
      </h2>
      {asking.shown.map((question) => {
        const answer = answers.find((one) => one.questionId === question.id);
        return (
          <OneQuestion
            key={question.id}
            {...rest}
            question={question}
            answer={answer}
            earlier={earlier.filter(({ questionId }) => questionId === question.id)}
            file={files.find(({ id }) => id === answer?.attachmentId)}
            onOther={asking.replace(question)}
            onChange={(part) => change(question, part)}
            onSilence={(id) => {
              change(question, { attachmentId: null });
              onSilence(id);
            }}
            onRecorded={async (recording, kind) =>
              change(question, { attachmentId: await onRecorded(recording, kind), skipped: false })
            }
          />
        );
      })}
      {asking.add && (
        <QuietButton icon="plus" onClick={asking.add}>
          {t("flow.oneMore")}
        </QuietButton>
      )}
    </section>
  );
}

type OneProps = {
  question: Question;
  answer: Answer | undefined;
  earlier: readonly PastAnswer[];
  file: FileInHand | undefined;
  online: boolean;
  maxSeconds: number;
  onOther: (() => void) | undefined;
  onChange: (part: Partial<Answer>) => void;
  onRecorded: (recording: Blob, kind: "sound" | "film") => void;
  onSilence: (attachmentId: string) => void;
};

function OneQuestion({
  question,
  answer,
  earlier,
  file,
  online,
  onOther,
  onChange,
  onSilence,
  ...record
}: OneProps) {
  const t = useT();
  const spoken = answer?.attachmentId;
  const place = useFollow<HTMLDivElement>(`${answer?.skipped} ${spoken}`);
  // What was said before would steer the answer: it comes after it.
  const [told, setTold] = useState(() => Boolean(answer?.text.trim()));
  const answered = answer !== undefined && isAnswered(answer);
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
  const about = question.competency ? t(`competency.${question.competency}`) : "";
  return (
    <div ref={place}>
      <QuestionCard
        competency={question.ofSchool ? [about, t("flow.ofSchool")].filter(Boolean).join(" · ") : about}
        question={question.text}
        value={answer?.text ?? ""}
        maxLength={LIMITS.paragraph}
        onChange={(text) => onChange({ text })}
        onLeave={() => setTold(true)}
        onSkip={answered ? undefined : () => onChange({ skipped: true })}
        onOther={answered ? undefined : onOther}
        voice={
          spoken ? (
            <SpokenAnswer
              question={question.text}
              file={file}
              online={online}
              onRemove={() => onSilence(spoken)}
            />
          ) : (
            <Record {...record} />
          )
        }
      >
        {answered && (told || spoken) && earlier.length > 0 && (
          <EarlierAnswers answers={earlier} question={question.text} />
        )}
      </QuestionCard>
    </div>
  );
}

function Record({ maxSeconds, onRecorded }: Pick<OneProps, "maxSeconds" | "onRecorded">) {
  const t = useT();
  const [filming, setFilming] = useState(false);
  const control = useFollow<HTMLButtonElement>(filming);
  if (filming) {
    return (
      <Suspense>
        <FilmRecorder
          side="user"
          maxSeconds={maxSeconds}
          onRecorded={(film) => onRecorded(film, "film")}
          onClose={() => setFilming(false)}
        />
      </Suspense>
    );
  }
  return (
    <div className="tp-row">
      <Suspense>
        <Recorder onRecorded={(sound) => onRecorded(sound, "sound")} maxSeconds={maxSeconds} />
      </Suspense>
      {FILMS_HERE && (
        <button type="button" ref={control} className="tp-record" onClick={() => setFilming(true)}>
          <span className="tp-record__disc">
            <Icon name="camera" />
          </span>
          {t("flow.filmIt")}
        </button>
      )}
    </div>
  );
}
