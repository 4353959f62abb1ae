import { useState } from "react";
import { useT } from "~/i18n";
import { Button, ChoiceGrid, Icon, TextArea } from "~/ui";
import { SaidList } from "./SaidList";
import { type Entry, MAX_WORDS, type Reaction } from "./useFeedback";
import { useSaying, useTakingBack } from "./useSaying";
import "./feedback.css";

const WORDS = {
  sent: "feedback.react.sent",
  undo: "feedback.react.undo",
  undone: "feedback.react.undone",
  undoLate: "feedback.react.undoLate",
  failed: "feedback.react.failed",
} as const;

const REACTIONS = Object.keys({
  proud: true,
  well_done: true,
  tell_me_more: true,
  brave: true,
  saw_you_grow: true,
} satisfies Record<Reaction, true>) as Reaction[];

/** A parent's encouragement: one of a few, with or without words. */
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

function ReactBox({ entry }: { entry: Entry }) {
  const t = useT();
  const name = entry.pupil.givenName;
  const saying = useSaying(entry.id, WORDS);
  const [reaction, setReaction] = useState<Reaction>();
  const [text, setText] = useState("");

  const send = async () => {
    if (!reaction) return saying.setProblem(t("feedback.react.missing"));
    if (!(await saying.send({ kind: "reaction", reaction, text }, name))) return;
    setReaction(undefined);
    setText("");
  };

  return (
    <form
      className="tp-stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!saying.busy) void send();
      }}
    >
      <ChoiceGrid
        label={t("feedback.react.choose")}
        options={REACTIONS.map((code) => ({
          value: code,
          label: t(`reaction.${code}`),
          sign: <Icon name="heart" />,
        }))}
        value={reaction}
        onChange={setReaction}
      />
      <TextArea
        label={t("feedback.react.words")}
        hint={t("feedback.react.hint", { name })}
        dir="auto"
        value={text}
        maxLength={MAX_WORDS}
        error={saying.problem}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" busy={saying.busy}>
        {saying.busy ? t("feedback.react.busy") : t("feedback.react.send", { name })}
      </Button>
    </form>
  );
}
