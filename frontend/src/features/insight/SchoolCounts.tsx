import { Link, useParams } from "wouter";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import { EmptyState, QuietLink } from "~/ui";
import { CountsPage } from "./CountsPage";

/** A school's own figures, for its deans and admins: the school at this address, else the first of theirs. */
export default function SchoolCounts() {
  const t = useT();
  const { roles } = useMe();
  const deansSchools = roles.flatMap(({ role, school }) => (role === "dean" && school ? [school.id] : []));
  const own = roles.flatMap(({ role, school }) =>
    (role === "dean" || role === "admin") && school ? [school] : [],
  );
  const schools = own.filter((one, place) => own.findIndex(({ id }) => id === one.id) === place);
  const { schoolId = schools[0]?.id } = useParams<{ schoolId?: string }>();
  if (!schoolId) {
    return (
      <div className="tp-page">
        <h1 className="tp-hidden">{t("insight.title")}</h1>
        <EmptyState>{t("school.none")}</EmptyState>
      </div>
    );
  }
  return (
    <CountsPage
      key={schoolId}
      schoolId={schoolId}
      empty={t("insight.noneSchool")}
      above={
        <>
          <p>
            {deansSchools.includes(schoolId) ? (
              <QuietLink to={`/school/${schoolId}`} icon="back">
                {t("care.toSchool")}
              </QuietLink>
            ) : (
              <QuietLink to="/beheer" icon="back">
                {t("nav.admin")}
              </QuietLink>
            )}
          </p>
          {schools.length > 1 && (
            <nav className="tp-filter" aria-label={t("school.switch")}>
              {schools.map((one) => (
                <Link
                  key={one.id}
                  href={`/cijfers/school/${one.id}`}
                  className="tp-filter__pill"
                  aria-current={one.id === schoolId ? "page" : undefined}
                >
                  {one.name}
                </Link>
              ))}
            </nav>
          )}
        </>
      }
    />
  );
}
