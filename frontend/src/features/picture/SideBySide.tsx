import { useT } from "~/i18n";
import type { WorkField } from "~/ui";
import { type Evidence, islandsOf } from "./landscape";

interface SideBySideProps {
  entries: readonly Evidence[];
  years: readonly number[];
  yearName: (year: number) => string;
  /** A tap on a kind of work in a year. */
  onChoose: (field: WorkField, year: number) => void;
}

/** Year beside year: which kinds of work each year brought, and what was new then. */
export function SideBySide({ entries, years, yearName, onChoose }: SideBySideProps) {
  const t = useT();
  const islands = islandsOf(entries);
  return (
    <ol className="picture__years">
      {years.map((year) => {
        const seen = islands.filter((island) => island.years.includes(year));
        return (
          <li key={year} className="tp-card tp-stack">
            <h2>{yearName(year)}</h2>
            {seen.length === 0 && <p className="tp-soft">{t("picture.nothingYet")}</p>}
            <ul className="picture__yearFields">
              {seen.map(({ field, years: of, surprisedIn }) => (
                <li key={field}>
                  <button type="button" data-field={field} onClick={() => onChoose(field, year)}>
                    <span className="tp-chip" data-field={field}>
                      {t(`field.${field}`)}
                    </span>
                    <span className="tp-small tp-soft">
                      {[
                        of[0] === year && t("picture.newThen"),
                        surprisedIn.includes(year) && t("picture.different"),
                      ]
                        .filter(Boolean)
                        .join(", ")}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}
