import { useT } from "~/i18n";
import { EarlierAnswers, languageOf, OwnWords, type PastAnswer } from "~/ui";
import { Media } from "./Media";
import { type Entry, useEarlierAnswers } from "./useEntry";

type Answer = Entry["answers"][number];

/** What the pupil answered, in words, said or filmed, with what was said before to the same question. */
export function Answers({ entry }: { entry: Entry }) {
  const t = useT();
  const answered = entry.answers.filter((answer) => !answer.skipped && (answer.text || answer.attachmentId));
  const earlier = useEarlierAnswers(entry.id, answered.length > 0);
  const name = entry.viewer === "self" ? undefined : entry.pupil.givenName;
  if (answered.length === 0) return null;
  return (
    <section className="tp-stack" aria-labelledby="answers">
      <h2 id="answers">{t("entry.answers")}</h2>
      {answered.map((answer) => (
        <OneAnswer
          key={answer.questionId}
          answer={answer}
          file={entry.attachments.find(({ id }) => id === answer.attachmentId)}
          earlier={earlier.filter(({ questionId }) => questionId === answer.questionId)}
          name={name}
        />
      ))}
    </section>
  );
}

type Props = {
  answer: Answer;
  file: Entry["attachments"][number] | undefined;
  earlier: readonly PastAnswer[];
  name: string | undefined;
};

function OneAnswer({ answer, file, earlier, name }: Props) {
  const t = useT();
  return (
    <div className="tp-card tp-stack">
      {answer.competency && <p className="tp-small tp-soft">{t(`competency.${answer.competency}`)}</p>}
      <h3>
        <OwnWords>{answer.question}</OwnWords>
      </h3>
      {answer.text && (
        <p className="entry__words" lang={languageOf(answer.text)}>
          {answer.text}
        </p>
      )}
      {file && (file.state !== "ready" || file.kind === "film") && (
        <Media title={answer.question} files={[file]} />
      )}
      {file?.state === "ready" && file.kind !== "film" && (
        // biome-ignore lint/a11y/useMediaCaption: a spoken answer has no other text than its question
        <audio controls preload="none" src={`/v1/attachments/${file.id}/file`} aria-label={answer.question} />
      )}
      <EarlierAnswers answers={earlier} question={answer.question} name={name} />
    </div>
  );
}
