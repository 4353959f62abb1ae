import { useState } from "react";
import { useT } from "~/i18n";
import { Dialog, Icon, type IconName, OwnWords, QuietButton } from "~/ui";
import { BehindWord, type Word } from "./BehindWord";
import type { Picture } from "./landscape";
import { NewWord } from "./NewWord";

const VOICES = ["pupil", "school", "home", "outside"] as const;
const SIGNS: Record<(typeof VOICES)[number], IconName> = {
  pupil: "me",
  school: "school",
  home: "begin",
  outside: "globe",
};
const FIRST = 20;
/** So few that folding them away helps nobody. */
const ENOUGH = 26;

interface WordsProps {
  picture: Picture;
  yearName: (year: number) => string;
  printing: boolean;
}

/** Words for what somebody can and likes: who said so, and what shows it. */
export function Words({ picture, yearName, printing }: WordsProps) {
  const t = useT();
  const own = picture.viewer === "self";
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const [all, setAll] = useState(false);
  const { words } = picture;
  const word = words.find(({ key }) => key === open);
  const shown = all || printing || words.length <= ENOUGH ? words : words.slice(0, FIRST);
  return (
    <section className="tp-stack" aria-labelledby="words">
      <div>
        <h2 id="words">{t(own ? "picture.words" : "picture.wordsOf", { name: picture.pupil.givenName })}</h2>
        <p className="tp-soft">{t("picture.wordsHint")}</p>
      </div>
      {words.length === 0 && <p>{t("picture.noWords")}</p>}
      {words.length > 0 && (
        <ul className="picture__words">
          {shown.map((one) => (
            <li key={one.key}>
              <button
                type="button"
                className="tp-card picture__word"
                data-hidden={one.hidden}
                aria-expanded={one.key === open}
                onClick={() => setOpen(one.key === open ? null : one.key)}
              >
                <OwnWords>{one.word}</OwnWords>
                <Voices word={one} picture={picture} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {word && <BehindWord key={word.key} word={word} picture={picture} yearName={yearName} />}
      <div className="tp-row">
        {shown.length < words.length && (
          <QuietButton icon="down" onClick={() => setAll(true)}>
            {t("picture.moreWords", { count: words.length - shown.length })}
          </QuietButton>
        )}
        <QuietButton icon="plus" onClick={() => setAdding(true)}>
          {t("picture.addWord")}
        </QuietButton>
      </div>
      <Dialog title={t("picture.addWord")} open={adding} onClose={() => setAdding(false)}>
        <NewWord picture={picture} yearName={yearName} onDone={() => setAdding(false)} />
      </Dialog>
    </section>
  );
}

/** From where a word came, each as a sign and a word; outside with who it was. */
export function Voices({ word, picture }: { word: Word; picture: Picture }) {
  const t = useT();
  const inWords = (voice: (typeof VOICES)[number]) => {
    if (voice === "pupil" && picture.viewer !== "self") return picture.pupil.givenName;
    const role = word.said.find((said) => said.voice === voice)?.saidBy;
    return role ? t("picture.voice.outsideBy", { role }) : t(`picture.voice.${voice}`);
  };
  return (
    <span className="picture__voices">
      {VOICES.filter((voice) => word.said.some((said) => said.voice === voice)).map((voice) => (
        <span key={voice} className="picture__voice" data-voice={voice}>
          <Icon name={SIGNS[voice]} />
          {inWords(voice)}
        </span>
      ))}
      {word.hidden && <span className="picture__voice">{t("picture.hidden")}</span>}
    </span>
  );
}
