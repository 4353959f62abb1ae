import { Link, useParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import { ErrorState, KindLabel, Loading, OwnWords, QuietLink } from "~/ui";
import { useHomeDossier } from "./useDossier";
import "./dossier.css";

/** A parent reads the child's dossier once it is good: own words, and the stories that home may see. */
export default function HomeDossierScreen() {
  const t = useT();
  const language = useLanguage();
  const { pupilId = "" } = useParams<{ pupilId: string }>();
  const { data, isPending, isError, error, refetch } = useHomeDossier(pupilId);
  usePageTitle(data && t("dossier.of", { name: data.pupil.givenName }));
  return (
    <div className="tp-page tp-stack">
      <p>
        <QuietLink to="/thuis" icon="back">
          {t("dossier.home.back")}
        </QuietLink>
      </p>
      {isPending && <Loading />}
      {isError && (
        <>
          <h1 className="tp-hidden">{t("dossier.title")}</h1>
          <ErrorState error={error} onRetry={() => refetch()} />
        </>
      )}
      {data && (
        <>
          <header>
            <h1 tabIndex={-1}>{t("dossier.of", { name: data.pupil.givenName })}</h1>
            <p>
              {t("dossier.home.lead", {
                name: data.pupil.givenName,
                school: data.school.name,
                day: dayInWords(dayOf(data.closedAt), language),
              })}
            </p>
            <p className="tp-small tp-soft">{t("dossier.home.rest")}</p>
          </header>
          {data.parts.map((part) => (
            <section
              key={part.competency}
              className="tp-card tp-stack"
              aria-labelledby={`home-${part.competency}`}
            >
              <h2 id={`home-${part.competency}`}>{t(`competency.${part.competency}`)}</h2>
              {part.text && (
                <div className="dossier__own">
                  <p className="dossier__text">
                    <OwnWords>{part.text}</OwnWords>
                  </p>
                </div>
              )}
              {part.entries.length === 0 ? (
                <p className="tp-soft">{t("dossier.home.none")}</p>
              ) : (
                <ul className="tp-list">
                  {part.entries.map((entry) => (
                    <li key={entry.id}>
                      <div className="tp-grow">
                        <Link href={`/verhaal/${entry.id}`}>
                          <OwnWords>{entry.title}</OwnWords>
                        </Link>
                        <p className="tp-small tp-soft dossier__facts">
                          <KindLabel kind={entry.kind} />
                          {entry.happenedOn && <span>{dayInWords(entry.happenedOn, language)}</span>}
                        </p>
                      </div>
                    </li>
                  ))}
                </ul>
              )}
            </section>
          ))}
        </>
      )}
    </div>
  );
}
