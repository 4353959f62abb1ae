import { useState } from "react";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { Button, ChoiceGrid, Note, QuietButton, TextArea, useToast } from "~/ui";
import { SaidList } from "./SaidList";
import { type Entry, MAX_WORDS, useAudience, useMarkSeen } from "./useFeedback";
import { useSaying, useTakingBack } from "./useSaying";
import "./feedback.css";

const WORDS = {
  sent: "feedback.sent",
  undo: "feedback.undo",
  undone: "feedback.undone",
  undoLate: "feedback.undoLate",
  failed: "feedback.failed",
} as const;

type Props = {
  entry: Entry;
  /** Goes on to the next that waits, and says so on the button; absent when not working through the queue. */
  onNext?: () => void;
};

/** What a teacher or dean says back: words, a question, and that it was seen. */
export function SchoolPanel({ entry, onNext }: Props) {
  const t = useT();
  const takeBack = useTakingBack(WORDS);
  const { rights } = entry;
  return (
    <>
      <section className="tp-sheet tp-stack" aria-labelledby="say">
        <h2 id="say">{t(rights.feedback ? "feedback.title" : "feedback.said")}</h2>
        <SaidList entry={entry} onTakeBack={takeBack} />
        {!rights.feedback && <Note icon="lock">{t("feedback.closed")}</Note>}
        {rights.feedback && <Standing entry={entry} />}
        {rights.feedback && <SayBox entry={entry} />}
        {rights.markSeen && <SeenButton entry={entry} onNext={onNext} />}
      </section>
      {rights.audience.length > 0 && <Together entry={entry} />}
    </>
  );
}

function Standing({ entry }: { entry: Entry }) {
  const t = useT();
  const language = useLanguage();
  const name = entry.pupil.givenName;
  if (entry.state === "asked_back") {
    return (
      <Note tone="wait" icon="ask-back">
        {t("feedback.waits", { name })}
      </Note>
    );
  }
  if (entry.state === "seen" && entry.seenAt) {
    return (
      <Note tone="ok" icon="eye">
        {t("feedback.isSeen", { day: dayInWords(dayOf(entry.seenAt), language) })}
      </Note>
    );
  }
  return null;
}

function SayBox({ entry }: { entry: Entry }) {
  const t = useT();
  const name = entry.pupil.givenName;
  const saying = useSaying(entry.id, WORDS);
  const [text, setText] = useState("");
  const [wantsToAsk, setAsking] = useState(false);
  // Somebody else may have asked meanwhile; then these words go as words.
  const asking = wantsToAsk && entry.rights.askBack;

  const send = async () => {
    if (text.trim() === "") return saying.setProblem(t("feedback.empty"));
    const kind = asking ? "ask_back" : "comment";
    if (!(await saying.send({ kind, text }, name, asking ? "feedback.asked" : "feedback.sent"))) return;
    setText("");
    setAsking(false);
  };

  return (
    <form
      className="tp-stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!saying.busy) void send();
      }}
    >
      <TextArea
        label={t(asking ? "feedback.askQuestion" : "feedback.words", { name })}
        hint={t(asking ? "feedback.askHint" : "feedback.wordsHint", { name })}
        error={saying.problem}
        value={text}
        maxLength={MAX_WORDS}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="tp-row">
        <Button type="submit" look={entry.rights.markSeen ? "secondary" : "primary"} busy={saying.busy}>
          {saying.busy ? t("feedback.busy") : t(asking ? "feedback.askSend" : "feedback.send")}
        </Button>
        {entry.rights.askBack && (
          <QuietButton icon={asking ? undefined : "ask-back"} onClick={() => setAsking(!asking)}>
            {t(asking ? "feedback.cancel" : "feedback.ask")}
          </QuietButton>
        )}
      </div>
    </form>
  );
}

function SeenButton({ entry, onNext }: Props) {
  const t = useT();
  const toast = useToast();
  const seen = useMarkSeen(entry.id);
  const name = entry.pupil.givenName;

  const mark = async () => {
    try {
      await seen.mutateAsync();
    } catch (problem) {
      const changed = problem instanceof ApiProblem && problem.status === 409;
      return toast({ text: t(changed ? "feedback.changed" : "feedback.failed") });
    }
    toast({ text: t("feedback.seenDone", { name }) });
    onNext?.();
  };

  return (
    <div className="tp-stack feedback__seen">
      <Button icon="eye" wide busy={seen.isPending} onClick={mark}>
        {t(onNext ? "feedback.seenNext" : "feedback.seen")}
      </Button>
      <p className="tp-small tp-soft">{t("feedback.seenHint", { name })}</p>
    </div>
  );
}

/** Under 12, child and teacher choose together whether home sees it. */
function Together({ entry }: { entry: Entry }) {
  const t = useT();
  const toast = useToast();
  const audience = useAudience(entry);
  const rings = entry.rights.audience.map(String) as ("1" | "2")[];

  const choose = async (ring: string) => {
    try {
      await audience.mutateAsync(Number(ring));
      toast({ text: t("feedback.audienceDone") });
    } catch (problem) {
      const changed = problem instanceof ApiProblem && problem.status === 412;
      toast({ text: t(changed ? "feedback.changed" : "feedback.failed") });
    }
  };

  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="together">
      <div>
        <h2 id="together">{t("feedback.audience")}</h2>
        <p>{t("feedback.audienceHint", { name: entry.pupil.givenName })}</p>
      </div>
      <ChoiceGrid
        label={t("feedback.audience")}
        hideLabel
        list
        options={rings.map((ring) => ({ value: ring, label: t(`feedback.audience.${ring}`) }))}
        value={String(audience.isPending ? audience.variables : entry.ring) as "1" | "2"}
        onChange={choose}
      />
    </section>
  );
}
