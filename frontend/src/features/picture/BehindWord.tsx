import { type FormEvent, useState } from "react";
import { useT } from "~/i18n";
import { Button, Dialog, QuietButton, TextField, useToast } from "~/ui";
import { ByYear } from "./ByYear";
import type { Picture } from "./landscape";
import { useChooseWord, useGiveWord, useTakeBack } from "./usePicture";

export type Word = Picture["words"][number];
type Said = Word["said"][number];

interface BehindWordProps {
  word: Word;
  picture: Picture;
  yearName: (year: number) => string;
}

/** Why a word is there: who said it and what shows it; and what can be done with it. */
export function BehindWord({ word, picture, yearName }: BehindWordProps) {
  const t = useT();
  const toast = useToast();
  const choose = useChooseWord(picture.pupil.id);
  const [naming, setNaming] = useState(false);
  const hide = (hidden: boolean) => choose.mutateAsync({ key: word.key, hidden });
  const hideWord = async () => {
    await hide(true);
    toast({ text: t("picture.hid", { word: word.word }), action: () => void hide(false) });
  };
  return (
    <section className="tp-card tp-stack picture__behind" aria-label={word.word}>
      {sayersOf(word).map((said) => (
        <Sayer key={sayerOf(said[0])} said={said} word={word} picture={picture} yearName={yearName} />
      ))}
      {picture.viewer === "self" && (
        <div className="tp-row">
          <QuietButton icon="pencil" onClick={() => setNaming(true)}>
            {t("picture.rename")}
          </QuietButton>
          {word.hidden ? (
            <QuietButton icon="eye" onClick={() => hide(false)}>
              {t("picture.unhide")}
            </QuietButton>
          ) : (
            <QuietButton icon="eye-off" onClick={hideWord}>
              {t("picture.hide")}
            </QuietButton>
          )}
        </div>
      )}
      <Dialog title={t("picture.rename")} open={naming} onClose={() => setNaming(false)}>
        <Rename
          word={word.word}
          onName={async (shownAs) => {
            await choose.mutateAsync({ key: word.key, shownAs, hidden: word.hidden });
            setNaming(false);
          }}
        />
      </Dialog>
    </section>
  );
}

function sayerOf({ voice, by, saidBy, themselves }: Said): string {
  return voice === "pupil" ? voice : `${voice} ${themselves} ${saidBy ?? by?.id}`;
}

/** What each person said of it, the pupil first. */
function sayersOf({ said }: Word): [Said, ...Said[]][] {
  const groups = new Map<string, [Said, ...Said[]]>();
  for (const one of said) {
    const group = groups.get(sayerOf(one));
    if (group) group.push(one);
    else groups.set(sayerOf(one), [one]);
  }
  return [...groups.values()].sort(([a], [b]) => Number(b.voice === "pupil") - Number(a.voice === "pupil"));
}

type SayerProps = BehindWordProps & { said: [Said, ...Said[]] };

/** One person, the entries at which it was said, and the way back for who said it. */
function Sayer({ said, word, picture, yearName }: SayerProps) {
  const t = useT();
  const toast = useToast();
  const takeBack = useTakeBack(picture.pupil.id);
  const give = useGiveWord(picture.pupil.id);
  const [{ voice, by, saidBy, themselves }] = said;
  const own = picture.viewer === "self";
  const mine = said.filter((one) => one.wordId);
  const words = {
    own: own ? "yes" : "no",
    name: voice === "school" || voice === "home" ? (by?.name ?? "") : picture.pupil.givenName,
    role: saidBy ?? "",
  };
  const giveAgain = () => {
    for (const { entryId } of mine) give.mutate({ entryId, word: word.word, saidBy });
  };
  const takeMine = async () => {
    for (const { wordId } of mine) if (wordId) await takeBack.mutateAsync(wordId);
    toast({ text: t("picture.tookBack", { word: word.word }), action: giveAgain });
  };
  const shown = picture.entries.filter(({ id }) => said.some((one) => one.entryId === id)).reverse();
  return (
    <div className="tp-stack">
      <p>{t(themselves ? "picture.said.themselves" : `picture.said.${voice}`, words)}</p>
      <ByYear entries={shown} yearName={yearName} />
      {mine.length > 0 && (
        <QuietButton icon="undo" onClick={takeMine}>
          {t("picture.takeBack")}
        </QuietButton>
      )}
    </div>
  );
}

function Rename({ word, onName }: { word: string; onName: (name: string) => Promise<void> }) {
  const t = useT();
  const [name, setName] = useState(word);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) void onName(name.trim());
  };
  return (
    <form className="tp-stack" onSubmit={submit}>
      <TextField
        label={t("picture.renameLabel")}
        value={name}
        maxLength={40}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit">{t("picture.keep")}</Button>
    </form>
  );
}
