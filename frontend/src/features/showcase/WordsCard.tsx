import { useState } from "react";
import { useT } from "~/i18n";
import { Button, Dialog, Icon, LinkButton, OwnWords } from "~/ui";
import { MOST } from "./content";
import { Check } from "./EditScreen";
import { SIGNS } from "./PageShown";
import type { Material, WordPick } from "./useShowcase";

type Word = Material["words"][number];

/** Words of the talent picture, with the voices that may be heard. */
export function WordsCard({
  words,
  picks,
  onChange,
}: {
  words: readonly Word[];
  picks: readonly WordPick[];
  onChange: (picks: WordPick[]) => void;
}) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const known = new Map(words.map((word) => [word.key, word]));
  return (
    <section className="tp-card tp-stack" aria-labelledby="word-card">
      <div>
        <h2 id="word-card" className="etalage__panel">
          {t("showcase.words")}
        </h2>
        <p className="tp-small tp-soft">{t("showcase.wordsText")}</p>
      </div>
      {picks.length > 0 && (
        <ul className="etalage__picked">
          {picks.map(({ key, voices }) => {
            const there = known.get(key);
            const heard = voices.filter((voice) => there?.voices.includes(voice));
            return (
              <li key={key} className="etalage__word">
                <strong>
                  <OwnWords>{there?.word ?? key}</OwnWords>
                </strong>
                <span className="tp-small">
                  {heard.length === 0 && t("showcase.notShown")}
                  {heard.map((voice) => (
                    <span key={voice} className="etalage__voice">
                      <Icon name={SIGNS[voice]} />
                      {t(`showcase.voice.${voice}`)}
                    </span>
                  ))}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {words.length === 0 ? (
        <div className="etalage__none">
          <p>{t("showcase.noWords")}</p>
          <LinkButton to="/kaart" look="secondary" icon="map">
            {t("showcase.toMap")}
          </LinkButton>
        </div>
      ) : (
        <div>
          <Button look="secondary" icon={picks.length > 0 ? "pencil" : "plus"} onClick={() => setOpen(true)}>
            {t(picks.length > 0 ? "showcase.otherWords" : "showcase.pickWords")}
          </Button>
        </div>
      )}
      <Dialog title={t("showcase.pickWords")} open={open} onClose={() => setOpen(false)}>
        <Picking words={words} picks={picks} onChange={onChange} />
        <Button onClick={() => setOpen(false)}>{t("showcase.ready")}</Button>
      </Dialog>
    </section>
  );
}

function Picking({
  words,
  picks,
  onChange,
}: {
  words: readonly Word[];
  picks: readonly WordPick[];
  onChange: (picks: WordPick[]) => void;
}) {
  const t = useT();
  const full = picks.length >= MOST.words;
  return (
    <div className="tp-stack">
      <p className="tp-small">{t("showcase.pickWordsText", { max: MOST.words })}</p>
      <ul className="etalage__choices">
        {words.map(({ key, word, voices }) => {
          const pick = picks.find((one) => one.key === key);
          const others = picks.filter((one) => one.key !== key);
          return (
            <li key={key} className="etalage__choice" data-picked={pick ? true : undefined}>
              <label className="etalage__check">
                <input
                  type="checkbox"
                  checked={pick !== undefined}
                  disabled={!pick && full}
                  onChange={() => onChange(pick ? others : [...picks, { key, voices: [...voices] }])}
                />
                <strong>
                  <OwnWords>{word}</OwnWords>
                </strong>
              </label>
              {pick && voices.length > 1 && (
                <fieldset className="etalage__voices">
                  <legend className="tp-small">{t("showcase.whoseVoice", { word })}</legend>
                  {voices.map((voice) => (
                    <Check
                      key={voice}
                      label={t(`showcase.voice.${voice}`)}
                      checked={pick.voices.includes(voice)}
                      onChange={(heard) => {
                        const next = voices.filter((one) =>
                          one === voice ? heard : pick.voices.includes(one),
                        );
                        onChange(
                          next.length === 0
                            ? others
                            : picks.map((one) => (one.key === key ? { key, voices: next } : one)),
                        );
                      }}
                    />
                  ))}
                </fieldset>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
