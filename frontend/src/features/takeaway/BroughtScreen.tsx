import { useParams } from "wouter";
import { type MessageId, useT } from "~/i18n";
import { ErrorState, LinkButton, Loading, Note, QuietLink } from "~/ui";
import { type Brought, type Report, useImport } from "./useTakeaway";
import "./takeaway.css";

/** One file that was brought: how far it is, and then what came in and what did not. */
export default function BroughtScreen() {
  const t = useT();
  const { importId = "" } = useParams<{ importId: string }>();
  const found = useImport(importId);
  return (
    <div className="tp-page tp-stack takeaway">
      <p>
        <QuietLink to="/alles-meenemen" icon="back">
          {t("takeaway.title")}
        </QuietLink>
      </p>
      <h1 tabIndex={-1}>{found.data ? <bdi>{found.data.name}</bdi> : t("takeaway.brought")}</h1>
      {found.isPending && <Loading cards={1} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => found.refetch()} />}
      {found.data && <Standing item={found.data} />}
    </div>
  );
}

function Standing({ item }: { item: Brought }) {
  const t = useT();
  if (item.state === "refused") {
    return (
      <>
        <Note tone="wait" icon="cross">
          <p>
            <b>{t("takeaway.refused")}</b>
          </p>
          <p>{t(`takeaway.refusal.${item.refusal ?? "failed"}` as MessageId)}</p>
        </Note>
        <div>
          <LinkButton look="secondary" icon="file" to="/alles-meenemen">
            {t("takeaway.refused.again")}
          </LinkButton>
        </div>
      </>
    );
  }
  if (item.state === "done" && item.report) return <Told report={item.report} />;
  return (
    <section className="tp-card tp-stack">
      <div className="tp-stack" role="status">
        <label htmlFor="bringing">
          {item.total > 0
            ? t("takeaway.bringing", { done: item.done, total: item.total })
            : t("takeaway.bringing.begin")}
        </label>
        <progress
          id="bringing"
          max={Math.max(item.total, 1)}
          value={item.total > 0 ? item.done : undefined}
        />
      </div>
      <p className="tp-small tp-soft">{t("takeaway.along.mayLeave")}</p>
    </section>
  );
}

function Told({ report }: { report: Report }) {
  const t = useT();
  const before = report.entriesBefore + report.filesBefore;
  const unknown = Object.entries(report.unknown);
  return (
    <>
      {report.of && <p>{t("takeaway.report.of", { name: report.of })}</p>}
      <Note tone="ok" icon="check">
        <p>
          <b>{t("takeaway.report.in", { stories: report.entries, files: report.files })}</b>
        </p>
        {report.entries > 0 && <p>{t("takeaway.report.drafts")}</p>}
        {report.files > 0 && <p>{t("takeaway.report.checked")}</p>}
        {report.records > 0 && <p>{t("takeaway.report.records", { count: report.records })}</p>}
        {before > 0 && (
          <p>{t("takeaway.report.before", { stories: report.entriesBefore, files: report.filesBefore })}</p>
        )}
        {report.shortened > 0 && <p>{t("takeaway.report.shortened", { count: report.shortened })}</p>}
      </Note>
      <OwnAgain parts={report.ownParts ?? {}} />
      <div className="tp-row">
        <LinkButton to="/">{t("takeaway.report.toPortfolio")}</LinkButton>
        {report.records > 0 && (
          <LinkButton look="secondary" to="/alles-meenemen/van-elders">
            {t("takeaway.elsewhere")}
          </LinkButton>
        )}
      </div>
      {report.skippedCount > 0 && <Skipped report={report} />}
      {unknown.length > 0 && (
        <details className="tp-card">
          <summary>{t("takeaway.report.unknown", { count: unknown.length })}</summary>
          <p>{t("takeaway.report.unknownWhat")}</p>
          <ul className="takeaway__names">
            {unknown.map(([name, count]) => (
              <li key={name}>
                <bdi>{name}</bdi> ({count})
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** What came in beside the stories, of which parts of the file it is made, and where it is to be found. */
const OWN = [
  { what: "steps", of: ["steps"], to: "/stappen", where: "steps.title" },
  { what: "choices", of: ["choiceMoments"], to: "/keuze", where: "choice.page" },
  { what: "words", of: ["words"], to: "/kaart", where: "picture.title" },
  { what: "aside", of: ["wordChoices", "fieldChoices"], to: "/kaart", where: "picture.title" },
  { what: "pages", of: ["showcasePages"], to: "/mijn-etalage", where: "showcase.mine" },
  { what: "papers", of: ["showcaseDocuments"], to: "/mijn-etalage", where: "showcase.mine" },
] as const;

/** What is the pupil's own again and works on here: a line each, with the way to it. */
function OwnAgain({ parts }: { parts: NonNullable<Report["ownParts"]> }) {
  const t = useT();
  const lines = OWN.map(({ of, ...line }) => ({
    ...line,
    count: of.reduce((sum, part) => sum + (parts[part] ?? 0), 0),
  })).filter(({ count }) => count > 0);
  if (lines.length === 0) return null;
  return (
    <section className="tp-card tp-stack" aria-labelledby="own">
      <h2 id="own">{t("takeaway.own")}</h2>
      <p>{t("takeaway.own.what")}</p>
      <ul className="tp-list">
        {lines.map(({ what, to, where, count }) => (
          <li key={what} className="takeaway__own">
            <span>{t(`takeaway.own.${what}`, { count })}</span>
            <QuietLink to={to} iconAfter="forward">
              {t(where)}
            </QuietLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Not taken, the same reason together: forty photos that are not there are one line to read. */
function Skipped({ report }: { report: Report }) {
  const t = useT();
  const whys = [...new Set(report.skipped.map(({ why }) => why))];
  return (
    <section className="tp-card tp-stack" aria-labelledby="skipped">
      <h2 id="skipped">{t("takeaway.report.skipped", { count: report.skippedCount })}</h2>
      {whys.map((why) => {
        const items = report.skipped.filter((each) => each.why === why);
        return (
          <div key={why}>
            <h3>{t(`takeaway.why.${why}` as MessageId)}</h3>
            <details>
              <summary>{t("takeaway.report.which", { count: items.length })}</summary>
              <ul className="takeaway__names">
                {items.map((each, place) => (
                  <li key={place}>
                    <bdi>{each.what || t("takeaway.report.unnamed")}</bdi>
                  </li>
                ))}
              </ul>
            </details>
          </div>
        );
      })}
    </section>
  );
}
