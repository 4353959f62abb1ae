import { useLanguage, useT } from "~/i18n";
import { schoolYear } from "~/i18n/dates";
import { OwnWords } from "~/ui";
import type { Summary } from "./useTransfers";
import { countOf, inWords } from "./words";

/** What goes along in short: counted in words, and the titles that this reader may know. */
export function SummaryView({ summary, untitled }: { summary: Summary; untitled?: string }) {
  const t = useT();
  const language = useLanguage();
  return (
    <div className="tp-stack">
      <p className="transfer__sum">
        {t("transfer.along", { what: inWords(countOf(summary), language, t) || t("transfer.nothingLeft") })}
      </p>
      {summary.stories.length > 0 && (
        <ul className="transfer__titles">
          {summary.stories.map(({ id, title, kind, schoolYear: year }) => (
            <li key={id}>
              <span>
                <OwnWords>{title}</OwnWords>
              </span>
              <span className="tp-small tp-soft">
                {t(`kind.${kind}`)} · {schoolYear(year)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {summary.untitled > 0 && untitled && <p className="tp-small">{untitled}</p>}
    </div>
  );
}
