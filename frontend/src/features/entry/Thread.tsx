import { useState } from "react";
import { v7 as newId } from "uuid";
import type { Schema } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayOf, recently } from "~/i18n/dates";
import { Avatar, Button, Note, TextArea, useToast } from "~/ui";
import { type Entry, useAnswer } from "./useEntry";

type Feedback = Schema<"FeedbackOut">;

/** What others said to the pupil; a question back stands out and has a box for the answer. */
export function Thread({ entry }: { entry: Entry }) {
  const t = useT();
  const open =
    entry.state === "asked_back" ? entry.feedback.filter((one) => one.kind === "ask_back").at(-1) : undefined;
  if (entry.feedback.length === 0 && entry.state === "draft") return null;
  return (
    <section className="tp-stack" aria-labelledby="thread">
      <h2 id="thread">{t("entry.feedback")}</h2>
      {entry.feedback.length === 0 && <p className="tp-soft">{t("entry.feedbackNone")}</p>}
      <ul className="tp-stack">
        {entry.feedback.map((one) => (
          <li key={one.id}>
            {one === open ? (
              <Note tone="wait" icon="ask-back">
                <Said feedback={one} entry={entry} />
              </Note>
            ) : (
              <Said feedback={one} entry={entry} />
            )}
          </li>
        ))}
      </ul>
      {entry.rights.feedback && open && <AnswerBox entry={entry} />}
    </section>
  );
}

const SPOKEN = {
  comment: "entry.says",
  ask_back: "entry.asks",
  answer: "entry.answeredBy",
  reaction: "entry.reacts",
} as const;

function Said({ feedback, entry }: { feedback: Feedback; entry: Entry }) {
  const t = useT();
  const language = useLanguage();
  return (
    <div className="tp-row entry__said">
      <Avatar id={feedback.author.id} name={feedback.author.name} />
      <div>
        <p className="tp-small">
          <b>
            {feedback.own ? t("entry.answered") : t(SPOKEN[feedback.kind], { name: feedback.author.name })}
          </b>{" "}
          <span className="tp-soft">{recently(dayOf(feedback.createdAt), language)}</span>
        </p>
        {feedback.reaction && (
          <p>
            <b>{t(`reaction.${feedback.reaction}`)}</b>
          </p>
        )}
        {feedback.text && <p className="entry__words">{feedback.text}</p>}
        {feedback.version < entry.version && <p className="tp-small tp-soft">{t("entry.onVersion")}</p>}
      </div>
    </div>
  );
}

function AnswerBox({ entry }: { entry: Entry }) {
  const t = useT();
  const toast = useToast();
  const answer = useAnswer(entry.id);
  // One id for as long as this answer is not sent: a second try is the same answer.
  const [id, setId] = useState(() => newId());
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();

  const send = async () => {
    if (text.trim() === "") return setProblem(t("entry.answerEmpty"));
    setProblem(undefined);
    try {
      await answer.mutateAsync({ id, text });
      setText("");
      setId(newId());
      toast({ text: t("entry.answerSent") });
    } catch {
      setProblem(t("entry.answerFailed"));
    }
  };

  return (
    <div className="tp-card tp-stack" id="antwoord">
      <TextArea
        label={t("entry.yourAnswer")}
        value={text}
        maxLength={2_000}
        onChange={(event) => setText(event.target.value)}
        error={problem}
      />
      <Button onClick={send} busy={answer.isPending}>
        {t("entry.sendAnswer")}
      </Button>
    </div>
  );
}
