import { useState } from "react";
import { Link } from "wouter";
import { useT } from "~/i18n";
import { OwnWords, QuietButton, WorkFieldChip } from "~/ui";
import { type Evidence, type Island, isSurprise, yearsOf } from "./landscape";
import { useMedia } from "./useMedia";

interface AsTextProps {
  /** As they are looked at: of all years, or of one. */
  islands: readonly Island[];
  /** What was never seen. */
  open: readonly Island[];
  yearName: (year: number) => string;
  printing: boolean;
  /** Closed until it is tapped, however wide the screen. */
  folded?: boolean;
}

/** The chart as a table: the same content, to read or to have read aloud. */
export function AsText({ islands, open, yearName, printing, folded = false }: AsTextProps) {
  const t = useT();
  const wide = useMedia("(min-width: 64rem)");
  const seen = islands.filter((island) => island.entries.length > 0);
  return (
    <details className="tp-card picture__text" open={(wide && !folded) || printing}>
      <summary>
        <h2>{t("picture.asText")}</h2>
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("picture.column.work")}</th>
            <th scope="col">{t("picture.column.when")}</th>
            <th scope="col">{t("picture.column.what")}</th>
          </tr>
        </thead>
        <tbody>
          {seen.map(({ field, years, entries }) => (
            <tr key={field}>
              <th scope="row">
                <WorkFieldChip field={field} />
              </th>
              <td>{years.map(yearName).join(", ")}</td>
              <td>
                {printing ? (
                  <InPrint entries={entries} yearName={yearName} />
                ) : (
                  <What entries={entries} work={t(`field.${field}`)} />
                )}
              </td>
            </tr>
          ))}
          {open.length > 0 && (
            <tr>
              <th scope="row">{t("picture.legend.open")}</th>
              <td colSpan={2}>{open.map(({ field }) => t(`field.${field}`)).join(", ")}</td>
            </tr>
          )}
        </tbody>
      </table>
    </details>
  );
}

const FEW = 3;
const ENOUGH = 6;

/** The newest; where there are many, all of them at a tap. */
function What({ entries, work }: { entries: readonly Evidence[]; work: string }) {
  const t = useT();
  const [all, setAll] = useState(false);
  const newest = [...entries].reverse();
  const shown = all || newest.length <= ENOUGH ? newest : newest.slice(0, FEW);
  return (
    <>
      <ul>
        {shown.map((entry) => (
          <li key={entry.id}>
            <Link href={`/verhaal/${entry.id}`}>
              <OwnWords>{entry.title || t(`kind.${entry.kind}`)}</OwnWords>
            </Link>
            {isSurprise(entry) && ` – ${t("picture.different")}`}
          </li>
        ))}
      </ul>
      {shown.length < newest.length && (
        <QuietButton onClick={() => setAll(true)}>
          {t("picture.moreOf", { count: newest.length - shown.length, work })}
        </QuietButton>
      )}
    </>
  );
}

/** On paper all of them, a line for each school year. */
function InPrint({
  entries,
  yearName,
}: {
  entries: readonly Evidence[];
  yearName: (year: number) => string;
}) {
  const t = useT();
  return (
    <ul>
      {yearsOf(entries).map((year) => (
        <li key={year}>
          <b>{yearName(year)}</b>
          {": "}
          {entries
            .filter((entry) => entry.schoolYear === year)
            .map((entry) => {
              const title = entry.title || t(`kind.${entry.kind}`);
              return isSurprise(entry) ? `${title} (${t("picture.different")})` : title;
            })
            .join("; ")}
        </li>
      ))}
    </ul>
  );
}
