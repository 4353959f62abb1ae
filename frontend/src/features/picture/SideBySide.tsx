import { useT } from "~/i18n";
import { WorkFieldChip } from "~/ui";
import { type Evidence, islandsOf, isSurprise } from "./landscape";

interface SideBySideProps {
  entries: readonly Evidence[];
  years: readonly number[];
  yearName: (year: number) => string;
}

/** Year beside year: which kinds of work each year brought, and what was new then. */
export function SideBySide({ entries, years, yearName }: SideBySideProps) {
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
              {seen.map(({ field, years: of, entries: there }) => (
                <li key={field}>
                  <WorkFieldChip field={field} />
                  <span className="tp-small tp-soft">
                    {[
                      of[0] === year && t("picture.newThen"),
                      there.some((entry) => entry.schoolYear === year && isSurprise(entry)) &&
                        t("picture.different"),
                    ]
                      .filter(Boolean)
                      .join(", ")}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}
