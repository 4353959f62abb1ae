import { type FormEvent, useState } from "react";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { Button, Dialog, Field, Icon, type IconName, OwnWords, QuietButton, TextField, useToast } from "~/ui";
import { EvidenceList } from "./EvidenceList";
import type { Picture } from "./landscape";
import { useChooseWord, useGiveWord, useTakeBack } from "./usePicture";

type Word = Picture["words"][number];
const VOICES = ["pupil", "school", "home"] as const;
const SIGNS: Record<(typeof VOICES)[number], IconName> = { pupil: "me", school: "school", home: "begin" };

/** Words for what somebody can and likes: who said so, and what shows it. */
export function Words({ picture }: { picture: Picture }) {
  const t = useT();
  const own = picture.viewer === "self";
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const word = picture.words.find(({ key }) => key === open);
  return (
    <section className="tp-stack" aria-labelledby="words">
      <div>
        <h2 id="words">{t(own ? "picture.words" : "picture.wordsOf", { name: picture.pupil.givenName })}</h2>
        <p className="tp-soft">{t("picture.wordsHint")}</p>
      </div>
      <ul className="picture__words">
        {picture.words.map((one) => (
          <li key={one.key}>
            <button
              type="button"
              className="tp-card picture__word"
              data-hidden={one.hidden}
              aria-expanded={one.key === open}
              onClick={() => setOpen(one.key === open ? null : one.key)}
            >
              <OwnWords>{one.word}</OwnWords>
              <span className="picture__voices">
                {VOICES.filter((voice) => one.said.some((said) => said.voice === voice)).map((voice) => (
                  <span key={voice} className="picture__voice" data-voice={voice}>
                    <Icon name={SIGNS[voice]} />
                    {voice === "pupil" && !own ? picture.pupil.givenName : t(`picture.voice.${voice}`)}
                  </span>
                ))}
                {one.hidden && <span className="picture__voice">{t("picture.hidden")}</span>}
              </span>
            </button>
          </li>
        ))}
        <li>
          <QuietButton icon="plus" onClick={() => setAdding(true)}>
            {t("picture.addWord")}
          </QuietButton>
        </li>
      </ul>
      {word && <Behind key={word.key} word={word} picture={picture} />}
      <Dialog title={t("picture.addWord")} open={adding} onClose={() => setAdding(false)}>
        <NewWord picture={picture} onDone={() => setAdding(false)} />
      </Dialog>
    </section>
  );
}

/** What shows a word, and what can be done with it. */
function Behind({ word, picture }: { word: Word; picture: Picture }) {
  const t = useT();
  const toast = useToast();
  const choose = useChooseWord(picture.pupil.id);
  const takeBack = useTakeBack(picture.pupil.id);
  const [naming, setNaming] = useState(false);
  const shown = picture.entries.filter(({ id }) => word.said.some((said) => said.entryId === id)).reverse();
  const mine = word.said.find((said) => said.wordId);
  const others = [
    ...new Set(word.said.flatMap((said) => (said.by && said.voice !== "pupil" ? [said.by.name] : []))),
  ];
  const hide = (hidden: boolean) => choose.mutateAsync({ key: word.key, hidden });
  const hideWord = async () => {
    await hide(true);
    toast({ text: t("picture.hid", { word: word.word }), action: () => void hide(false) });
  };
  return (
    <section className="tp-card tp-stack picture__behind" aria-label={word.word}>
      {others.length > 0 && <p>{t("picture.saidBy", { names: others.join(", ") })}</p>}
      <EvidenceList entries={shown} />
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
      {mine?.wordId && (
        <QuietButton icon="undo" onClick={() => takeBack.mutate(mine.wordId ?? "")}>
          {t("picture.takeBack")}
        </QuietButton>
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

/** A word, and the entry that shows it. */
function NewWord({ picture, onDone }: { picture: Picture; onDone: () => void }) {
  const t = useT();
  const toast = useToast();
  const give = useGiveWord(picture.pupil.id);
  const newest = [...picture.entries].reverse();
  const [word, setWord] = useState("");
  const [entryId, setEntryId] = useState(newest[0]?.id ?? "");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!word.trim()) return;
    await give.mutateAsync({ entryId, word: word.trim() });
    toast({ text: t("picture.added", { word: word.trim() }) });
    onDone();
  };
  return (
    <form className="tp-stack" onSubmit={submit}>
      <TextField
        label={t("picture.whichWord")}
        hint={t("picture.whichWordHint")}
        value={word}
        maxLength={40}
        onChange={(event) => setWord(event.target.value)}
        error={give.error instanceof ApiProblem ? give.error.message : undefined}
      />
      <Field label={t("picture.whereShown")}>
        {(control) => (
          <select
            {...control}
            className="utrecht-textbox utrecht-textbox--html-input"
            value={entryId}
            onChange={(event) => setEntryId(event.target.value)}
          >
            {newest.map((entry) => (
              <option key={entry.id} value={entry.id}>
                {entry.title || t(`kind.${entry.kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Button type="submit" busy={give.isPending}>
        {t("picture.addWordGo")}
      </Button>
    </form>
  );
}
