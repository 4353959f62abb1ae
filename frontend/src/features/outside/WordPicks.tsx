import { useT } from "~/i18n";
import dutch from "~/locales/nl/outside.json";

const CODES = [
  "curious",
  "patient",
  "precise",
  "helpful",
  "persistent",
  "calm",
  "creative",
  "social",
  "independent",
  "handy",
  "honest",
  "brave",
] as const;
const MAX = 3;

/** Words to choose from, read in one's own language. The pupil gets them in Dutch, beside the other words of the map. */
export function WordPicks({
  value,
  onChange,
}: {
  value: readonly string[];
  onChange: (words: string[]) => void;
}) {
  const t = useT();
  return (
    <fieldset className="tp-field">
      <legend className="tp-label" style={{ marginBlockEnd: "var(--tp-2)" }}>
        {t("outside.words")}
      </legend>
      <div className="tp-picks">
        {CODES.map((code) => {
          const word = dutch[`outside.word.${code}`];
          const picked = value.includes(word);
          return (
            <label key={code} className="tp-pick">
              <input
                type="checkbox"
                checked={picked}
                disabled={!picked && value.length >= MAX}
                onChange={() => onChange(picked ? value.filter((other) => other !== word) : [...value, word])}
              />
              {t(`outside.word.${code}`)}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
