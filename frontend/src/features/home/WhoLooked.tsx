import type { Schema } from "~/api/client";
import { type Translate, useLanguage, useT } from "~/i18n";
import { recently } from "~/i18n/dates";
import { Avatar, QuietLink } from "~/ui";
import { useNewestLooks } from "./useHome";

/** Who looked last: a name, a day, and what. */
export default function WhoLooked() {
  const t = useT();
  const language = useLanguage();
  const { data: looks } = useNewestLooks();
  if (!looks) return null;
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="who-looked">
      <h2 id="who-looked">{t("home.looks")}</h2>
      {looks.length === 0 ? (
        <p>{t("home.looksNone")}</p>
      ) : (
        <>
          <ul className="tp-stack">
            {looks.map((look) => (
              <li key={`${look.on}-${look.viewerId}`} className="tp-row tp-row--nowrap">
                <Avatar id={look.viewerId} name={look.viewerName} />
                <span>
                  {look.viewerName}
                  <br />
                  <small>{lookInWords(look, recently(look.on, language), t)}</small>
                </span>
              </li>
            ))}
          </ul>
          <QuietLink to="/wie-keek-er">{t("home.looksAll")}</QuietLink>
        </>
      )}
    </section>
  );
}

/** "gisteren, 3 dingen", or the one thing by name. */
function lookInWords({ things }: Schema<"Look">, when: string, t: Translate): string {
  const entries = things.filter((thing) => thing.entryId);
  const [only] = entries;
  if (!only) return t("home.looksPortfolio", { when });
  if (entries.length === 1 && only.title) return t("home.looksThing", { when, title: only.title });
  return t("home.looksThings", { when, count: entries.length });
}
