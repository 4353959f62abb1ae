import { Link, useSearchParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { Avatar, Icon, QuietButton } from "~/ui";
import type { Quiet } from "./pupils";

const FIRST = 5;

/** "Even geen nieuws": sea-coloured, kind, one action each. */
export function QuietPupils({ quiet, others }: { quiet: readonly Quiet[]; others: number }) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const all = params.has("stil");
  return (
    <section className="tp-sheet group__quiet tp-stack" aria-labelledby="quiet">
      <div>
        <h2 id="quiet">{t("group.quiet.title")}</h2>
        <p className="tp-small">{t("group.quiet.intro")}</p>
      </div>
      {quiet.length > 0 && (
        <ul className="tp-stack">
          {quiet.slice(0, all ? undefined : FIRST).map((one) => (
            <QuietPupil key={one.pupil.id} {...one} />
          ))}
        </ul>
      )}
      {!all && quiet.length > FIRST && (
        <QuietButton
          onClick={() =>
            setParams(
              (now) => {
                now.set("stil", "");
                return now;
              },
              { replace: true },
            )
          }
        >
          {t("group.quiet.all", { count: quiet.length })}
        </QuietButton>
      )}
      {others > 0 && (
        <p className="tp-row tp-row--nowrap group__well">
          <Icon name="check" />
          <span>
            {quiet.length === 0 ? t("group.quiet.nobody") : t("group.quiet.others", { count: others })}
          </span>
        </p>
      )}
    </section>
  );
}

function QuietPupil({ pupil, weeks }: Quiet) {
  const t = useT();
  const language = useLanguage();
  const last = pupil.lastSharedOn;
  return (
    <li className="group__quiet-pupil">
      <Avatar id={pupil.id} name={pupil.name} />
      <div className="tp-grow">
        <p>
          <b>{pupil.name}</b>
        </p>
        <p className="tp-small">
          {weeks !== null && `${t("group.quiet.weeks", { weeks })}. `}
          {last ? t("group.quiet.last", { day: dayInWords(last, language) }) : t("group.quiet.never")}
        </p>
      </div>
      <Link
        href={`/leerling/${pupil.id}`}
        className="tp-quiet"
        aria-label={t("group.quiet.lookOf", { name: pupil.name })}
      >
        {t("group.quiet.look")}
      </Link>
    </li>
  );
}
