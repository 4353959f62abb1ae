import { useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { useVersions } from "./useEntry";
import { changedParts, type Part, pairs } from "./versions";

/** What one's own entry said before: per version what changed, fetched when opened. */
export function Versions({ id, count }: { id: string; count: number }) {
  const t = useT();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const versions = useVersions(id, open);
  return (
    <details className="entry__versions" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("entry.versions", { n: count })}</summary>
      <ol className="tp-stack">
        {pairs(versions.data ?? []).map(({ version, before }) => (
          <li key={version.version} className="tp-card tp-stack">
            <h3>{t("entry.version", { when: dayInWords(dayOf(version.madeAt), language) })}</h3>
            {before ? (
              <Changes now={version.content} before={before.content} />
            ) : (
              <p>{t("entry.versionFirst")}</p>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

type Content = Record<string, unknown>;

function Changes({ now, before }: { now: Content; before: Content }) {
  const t = useT();
  const parts = changedParts(now, before);
  if (parts.length === 0) return <p>{t("entry.versionSame")}</p>;
  return (
    <dl className="tp-stack">
      {parts.map((part) => (
        <div key={part}>
          <dt>
            <b>{t(`entry.changed.${part}`)}</b>
          </dt>
          {isWords(part) && (
            <>
              <dd className="entry__words">
                <span className="tp-soft">{t("entry.was")}</span> {String(before[part] || t("entry.nothing"))}
              </dd>
              <dd className="entry__words">
                <span className="tp-soft">{t("entry.became")}</span> {String(now[part] || t("entry.nothing"))}
              </dd>
            </>
          )}
        </div>
      ))}
    </dl>
  );
}

/** Parts that are words themselves can be shown; of the others it is enough to say that they changed. */
function isWords(part: Part): boolean {
  return part === "title" || part === "body";
}
