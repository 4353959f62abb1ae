import { Link, useParams, useSearchParams } from "wouter";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import { EmptyState, ErrorState, FilterPills, Loading, QuietLink } from "~/ui";
import { CompetencySection } from "./CompetencySection";
import { BANDS, type Band, COMPETENCIES, usePackaged, useSchoolQuestions } from "./useQuestions";
import "./questions.css";

/** The schools where this person is dean or teacher, each once. */
function useOwnSchools() {
  const schools = useMe().roles.flatMap(({ role, school }) =>
    school && (role === "dean" || role === "teacher") ? [school] : [],
  );
  return schools.filter(({ id }, at) => schools.findIndex((one) => one.id === id) === at);
}

/** What pupils are asked: the school's own questions, with those of the product beside them. */
export default function QuestionsScreen() {
  const t = useT();
  const schools = useOwnSchools();
  const isDean = useMe().roles.some(({ role }) => role === "dean");
  const { schoolId = schools[0]?.id } = useParams<{ schoolId?: string }>();
  const own = useSchoolQuestions(schoolId);
  const packaged = usePackaged();
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <p>
        <QuietLink to={isDean ? (schoolId ? `/school/${schoolId}` : "/school") : "/klas"} icon="back">
          {t(isDean ? "questions.toSchool" : "questions.toClass")}
        </QuietLink>
      </p>
      <h1 tabIndex={-1}>{t("questions.title")}</h1>
      {!schoolId && <EmptyState>{t("school.none")}</EmptyState>}
      {schools.length > 1 && (
        <nav className="tp-filter" aria-label={t("school.switch")}>
          {schools.map((one) => (
            <Link
              key={one.id}
              href={`/school/${one.id}/vragen`}
              className="tp-filter__pill"
              aria-current={one.id === schoolId ? "page" : undefined}
            >
              {one.name}
            </Link>
          ))}
        </nav>
      )}
      {schoolId && (own.isPending || packaged.isPending) && <Loading />}
      {own.isError && <ErrorState error={own.error} onRetry={() => own.refetch()} />}
      {!own.isError && packaged.isError && (
        <ErrorState error={packaged.error} onRetry={() => packaged.refetch()} />
      )}
      {own.isSuccess && packaged.isSuccess && <Questions own={own.data} packaged={packaged.data} />}
    </div>
  );
}

type Props = {
  own: NonNullable<ReturnType<typeof useSchoolQuestions>["data"]>;
  packaged: NonNullable<ReturnType<typeof usePackaged>["data"]>;
};

function Questions({ own: { school, bands, mayChange, items }, packaged }: Props) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  // The ages that this school teaches; and those for which it once made a question.
  const taught = BANDS.filter(
    (band) => bands.includes(band) || items.some((question) => question.bands.includes(band)),
  );
  const offered = taught.length > 0 ? taught : BANDS;
  const band = offered.find((one) => one === params.get("leeftijd")) ?? offered[0] ?? "B";
  return (
    <>
      <p className="tp-lead">
        {t(mayChange ? "questions.lead" : "questions.leadReader", { school: school.name })}
      </p>
      {offered.length > 1 && (
        <FilterPills
          label={t("questions.age")}
          options={offered.map((value) => ({ value, label: t(`questions.band.${value}`) }))}
          value={band}
          onChange={(chosen: Band) => setParams({ leeftijd: chosen })}
        />
      )}
      {offered.length === 1 && <p className="tp-soft">{t(`questions.band.${band}`)}</p>}
      {items.length === 0 && mayChange && <p>{t("questions.empty")}</p>}
      {COMPETENCIES.map((competency) => (
        <CompetencySection
          key={`${competency} ${band}`}
          schoolId={school.id}
          mayChange={mayChange}
          band={band}
          bands={offered}
          competency={competency}
          own={items.filter((one) => one.competency === competency && one.bands.includes(band))}
          packaged={packaged.filter((one) => one.competency === competency && one.band === band)}
        />
      ))}
    </>
  );
}
