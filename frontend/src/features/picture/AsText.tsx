import { Link } from "wouter";
import { useT } from "~/i18n";
import { OwnWords, WorkFieldChip } from "~/ui";
import { type Island, isSurprise } from "./landscape";
import { useMedia } from "./useMedia";

/** The chart as a table: the same content, to read or to have read aloud. */
export function AsText({
  islands,
  yearName,
}: {
  islands: readonly Island[];
  yearName: (year: number) => string;
}) {
  const t = useT();
  const wide = useMedia("(min-width: 64rem), print");
  const seen = islands.filter((island) => island.entries.length > 0);
  const open = islands.filter((island) => island.entries.length === 0);
  return (
    <details className="tp-card picture__text" open={wide}>
      <summary>{t("picture.asText")}</summary>
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
                <ul>
                  {entries.map((entry) => (
                    <li key={entry.id}>
                      <Link href={`/verhaal/${entry.id}`}>
                        <OwnWords>{entry.title || t(`kind.${entry.kind}`)}</OwnWords>
                      </Link>
                      {isSurprise(entry) && ` – ${t("picture.different")}`}
                    </li>
                  ))}
                </ul>
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
