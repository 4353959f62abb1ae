import { useState } from "react";
import { useT } from "~/i18n";
import { REACTIONS, type Reaction } from "~/reactions";
import { Button, ChoiceGrid, Icon, QuietButton, TextArea } from "~/ui";
import { SaidList } from "./SaidList";
import { type Entry, MAX_WORDS } from "./useFeedback";
import { useSaying, useTakingBack } from "./useSaying";
import "./feedback.css";

const WORDS = {
  sent: "feedback.react.sent",
  undo: "feedback.react.undo",
  undone: "feedback.react.undone",
  undoLate: "feedback.react.undoLate",
  failed: "feedback.react.failed",
} as const;

/** A parent's encouragement: one of a few kind sentences by one tap, with or without own words. */
export function HomePanel({ entry }: { entry: Entry }) {
  const t = useT();
  const takeBack = useTakingBack(WORDS);
  return (
    <section className="tp-sheet tp-stack" aria-labelledby="react">
      <h2 id="react">
        {entry.rights.react ? t("feedback.react.title", { name: entry.pupil.givenName }) : t("feedback.said")}
      </h2>
      <SaidList entry={entry} onTakeBack={takeBack} />
      {entry.rights.react && <ReactBox entry={entry} />}
    </section>
  );
}

/** One tap says it; whoever wants to, writes something with it. */
function ReactBox({ entry }: { entry: Entry }) {
  const t = useT();
  const name = entry.pupil.givenName;
  const saying = useSaying(entry.id, WORDS);
  const [writing, setWriting] = useState(false);
  return (
    <div className="tp-stack">
      <p className="tp-soft">{t("feedback.react.tap", { name })}</p>
      <ul className="feedback__taps">
        {REACTIONS.map((reaction) => (
          <li key={reaction}>
            <Button
              look="secondary"
              icon="heart"
              wide
              busy={saying.busy}
              onClick={() => void saying.send({ kind: "reaction", reaction, text: "" }, name)}
            >
              {t(`reaction.${reaction}`)}
            </Button>
          </li>
        ))}
      </ul>
      {saying.problem && !writing && (
        <p className="tp-field__error" role="alert">
          {saying.problem}
        </p>
      )}
      {writing ? (
        <WithWords entry={entry} onSent={() => setWriting(false)} />
      ) : (
        <p>
          <QuietButton icon="pencil" onClick={() => setWriting(true)}>
            {t("feedback.react.more")}
          </QuietButton>
        </p>
      )}
    </div>
  );
}

function WithWords({ entry, onSent }: { entry: Entry; onSent: () => void }) {
  const t = useT();
  const name = entry.pupil.givenName;
  const saying = useSaying(entry.id, WORDS);
  const [reaction, setReaction] = useState<Reaction>();
  const [text, setText] = useState("");

  const send = async () => {
    if (!reaction) return saying.setProblem(t("feedback.react.missing"));
    if (await saying.send({ kind: "reaction", reaction, text }, name)) onSent();
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
        label={t("feedback.react.words")}
        hint={t("feedback.react.hint", { name })}
        dir="auto"
        value={text}
        maxLength={MAX_WORDS}
        error={saying.problem}
        onChange={(event) => setText(event.target.value)}
      />
      <ChoiceGrid
        label={t("feedback.react.with")}
        options={REACTIONS.map((code) => ({
          value: code,
          label: t(`reaction.${code}`),
          sign: <Icon name="heart" />,
        }))}
        value={reaction}
        onChange={setReaction}
      />
      <Button type="submit" busy={saying.busy}>
        {saying.busy ? t("feedback.react.busy") : t("feedback.react.send", { name })}
      </Button>
    </form>
  );
}
