import { Link } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { Drawing, OwnWords } from "~/ui";
import type { Evidence } from "./landscape";

/** Entries that show something, each a way to the entry itself. */
export function EvidenceList({ entries }: { entries: readonly Evidence[] }) {
  const t = useT();
  const language = useLanguage();
  return (
    <ul className="picture__evidence">
      {entries.map(({ id, kind, title, on, state, feeling, workFields }) => (
        <li key={id}>
          <Link href={`/verhaal/${id}`}>
            <Drawing kind={kind} field={workFields[0]} />
            <span>
              <b>
                <OwnWords>{title || t(`kind.${kind}`)}</OwnWords>
              </b>
              <small>
                {[
                  dayInWords(on, language),
                  feeling && t(`feeling.${feeling}`),
                  state === "draft" && t("picture.draft"),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
