import { Link } from "wouter";
import { useT } from "~/i18n";
import { schoolYear } from "~/i18n/dates";
import { EmptyState, ErrorState, LinkButton, Loading } from "~/ui";
import { groupName } from "~/ui/groupName";
import { byStudyYear, type SchoolGroup, type StudyYear } from "./levels";
import { type School, useSchool } from "./useSchool";
import "./school.css";

type SchoolName = Pick<School, "id" | "name">;

type Props = {
  id: string;
  /** The schools between which this dean switches. */
  schools: readonly SchoolName[];
};

/** The dean's school: its groups by year and name, in counts that rank nobody. */
export function SchoolScreen({ id, schools }: Props) {
  const t = useT();
  const school = useSchool(id);
  return (
    <div className="tp-page tp-page--wide tp-stack">
      {schools.length > 1 && (
        <nav className="tp-filter" aria-label={t("school.switch")}>
          {schools.map((one) => (
            <Link
              key={one.id}
              href={`/school/${one.id}`}
              className="tp-filter__pill"
              aria-current={one.id === id ? "page" : undefined}
            >
              {one.name}
            </Link>
          ))}
        </nav>
      )}
      {school.isPending && <Loading />}
      {school.isError && (
        <>
          <h1 className="tp-hidden">{t("nav.school")}</h1>
          <ErrorState error={school.error} onRetry={() => school.refetch()} />
        </>
      )}
      {school.isSuccess && (
        <>
          <header>
            <h1 tabIndex={-1}>{school.data.name}</h1>
            <p className="tp-soft">
              {t("school.facts", {
                pupils: school.data.pupilCount,
                groups: school.data.groups.length,
                kind: school.data.groups.every(({ level }) => level === "po") ? "po" : "other",
                year: schoolYear(school.data.schoolYear),
              })}
            </p>
          </header>
          <p className="tp-row">
            <LinkButton to="/zoek" look="secondary" icon="search">
              {t("search.title")}
            </LinkButton>
            <LinkButton to={`/school/${id}/vragen`} look="secondary" icon="question">
              {t("questions.title")}
            </LinkButton>
            <LinkButton to={`/omkijken/${id}`} look="secondary" icon="heart">
              {t("school.care")}
            </LinkButton>
            <LinkButton to={`/cijfers/school/${id}`} look="secondary" icon="chart">
              {t("school.counts")}
            </LinkButton>
            {school.data.groups.some(({ level, studyYear }) => level === "vmbo" && studyYear > 2) && (
              <LinkButton to={`/dossiers/${id}`} look="secondary" icon="file">
                {t("school.dossiers")}
              </LinkButton>
            )}
          </p>
          <Groups groups={school.data.groups} />
        </>
      )}
    </div>
  );
}

function Groups({ groups }: { groups: readonly SchoolGroup[] }) {
  const t = useT();
  if (groups.length === 0) return <EmptyState>{t("school.empty")}</EmptyState>;
  return (
    <div className="school__years">
      {byStudyYear(groups).map((year) => (
        <YearOfGroups key={year.studyYear} year={year} />
      ))}
    </div>
  );
}

function YearOfGroups({ year: { studyYear, level, groups } }: { year: StudyYear }) {
  const t = useT();
  const id = `year-${studyYear}`;
  return (
    <section className="tp-stack" aria-labelledby={id}>
      <h2 id={id}>{t(level === "po" ? "school.yearPo" : "school.year", { year: studyYear })}</h2>
      <ul className="school__groups">
        {groups.map((group) => (
          <li key={group.id}>
            <GroupCard group={group} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function GroupCard({ group }: { group: SchoolGroup }) {
  const t = useT();
  return (
    <article className="tp-card school__group">
      <h3>
        <Link href={`/klas/${group.id}`}>{groupName(group, t)}</Link>
        <span className="tp-small tp-soft"> {t(`school.level.${group.level}`)}</span>
      </h3>
      <p className="tp-small">
        {group.mentors.length > 0
          ? t("school.mentor", { names: group.mentors.join(", ") })
          : t("school.noMentor")}
      </p>
      <ul className="tp-small tp-soft">
        <li>{t("school.groupPupils", { count: group.pupilCount })}</li>
        <li>{t("school.groupShared", { count: group.sharedThisYear })}</li>
        <li>{t("school.groupReview", { count: group.toReview })}</li>
      </ul>
    </article>
  );
}
