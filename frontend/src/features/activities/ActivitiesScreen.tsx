import { Link } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { daysInWords, today } from "~/i18n/dates";
import { Chip, EmptyState, ErrorState, LinkButton, Loading, QuietLink, WorkFieldChip } from "~/ui";
import { groupName } from "~/ui/groupName";
import { type ActivityRow, useActivities, useOwnSchool } from "./useActivities";
import "./activities.css";

/** What is planned, and what was done this school year. */
export default function ActivitiesScreen() {
  const t = useT();
  const activities = useActivities(useOwnSchool().schoolId);
  const coming = activities.data?.filter((one) => (one.endsOn ?? one.happensOn) >= today()).reverse() ?? [];
  const past = activities.data?.filter((one) => (one.endsOn ?? one.happensOn) < today()) ?? [];
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <h1 tabIndex={-1}>{t("activities.title")}</h1>
      <p className="tp-row">
        <LinkButton to="/activiteiten/nieuw" icon="plus">
          {t("activities.new")}
        </LinkButton>
        <QuietLink to="/agenda" icon="calendar">
          {t("agenda.title")}
        </QuietLink>
        <QuietLink to="/organisaties" icon="school">
          {t("organisations.title")}
        </QuietLink>
      </p>
      {activities.isPending && <Loading />}
      {activities.isError && <ErrorState error={activities.error} onRetry={() => activities.refetch()} />}
      {activities.data?.length === 0 && <EmptyState>{t("activities.empty")}</EmptyState>}
      {coming.length > 0 && <Rows title={t("activities.coming")} rows={coming} />}
      {past.length > 0 && <Rows title={t("activities.past")} rows={past} />}
    </div>
  );
}

function Rows({ title, rows }: { title: string; rows: readonly ActivityRow[] }) {
  const t = useT();
  const language = useLanguage();
  return (
    <section className="tp-stack" aria-label={title}>
      <h2>{title}</h2>
      <ul className="tp-stack">
        {rows.map((row) => (
          <li key={row.id} className="tp-card activities__row">
            <h3>
              <Link href={`/activiteiten/${row.id}`}>{row.title}</Link>
            </h3>
            <p>
              {daysInWords(row.happensOn, row.endsOn, language)} ·{" "}
              {row.groups.map((group) => groupName(group, t)).join(", ")}
            </p>
            <p className="tp-row">
              {row.state !== "published" && (
                <Chip tone={row.state === "draft" ? "wait" : "stop"}>
                  {t(`activities.state.${row.state}`)}
                </Chip>
              )}
              {row.workFields.map((field) => (
                <WorkFieldChip key={field} field={field} />
              ))}
              {row.state === "published" && (
                <span className="tp-small tp-soft">
                  {t("activities.shared", { shared: row.shared, pupils: row.pupils })}
                </span>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
