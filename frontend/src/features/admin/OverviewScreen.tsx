import { Link } from "wouter";
import { useT } from "~/i18n";
import { schoolYear } from "~/i18n/dates";
import { EmptyState, ErrorState, FilterPills, Icon, Loading, Note, QuietLink } from "~/ui";
import { Changes } from "./Changes";
import { chooseSchool, useOwnSchool, useOwnSchools } from "./ownSchool";
import { Block } from "./parts";
import { type Overview, useOverview } from "./useAdmin";
import "./admin.css";

/** What needs doing at the school, and what was done last. */
export default function OverviewScreen() {
  const t = useT();
  const overview = useOverview();
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <SchoolChoice />
      {overview.isPending && <Loading />}
      {overview.isError && (
        <>
          <h1 className="tp-hidden">{t("admin.title")}</h1>
          <ErrorState error={overview.error} onRetry={() => overview.refetch()} />
        </>
      )}
      {overview.data && <Loaded overview={overview.data} />}
    </div>
  );
}

function SchoolChoice() {
  const t = useT();
  const schools = useOwnSchools();
  const { id } = useOwnSchool();
  if (schools.length < 2) return null;
  return (
    <FilterPills
      label={t("school.switch")}
      value={id}
      onChange={chooseSchool}
      options={schools.map((school) => ({ value: school.id, label: school.name }))}
    />
  );
}

function Loaded({ overview }: { overview: Overview }) {
  const t = useT();
  return (
    <>
      <header>
        <h1 tabIndex={-1}>{overview.school.name}</h1>
        <p className="tp-soft">{t("admin.year", { year: schoolYear(overview.schoolYear) })}</p>
      </header>
      <Doors overview={overview} />
      <p className="tp-row">
        <QuietLink to="/beheer/import" icon="file">
          {t("admin.import")}
        </QuietLink>{" "}
        <QuietLink to="/beheer/gegevens" icon="question">
          {t("privacy.office.link")}
        </QuietLink>
        <QuietLink to={`/cijfers/school/${overview.school.id}`} icon="chart">
          {t("school.counts")}
        </QuietLink>
      </p>
      <div className="tp-columns">
        <div className="tp-stack">
          <ToDo overview={overview} />
          <Note icon="lock">
            <p>{t("office.noContent")}</p>
          </Note>
          <Note icon={overview.virusScan ? "check" : "file"} tone={overview.virusScan ? undefined : "wait"}>
            <p>{t(overview.virusScan ? "admin.virusScan.on" : "admin.virusScan.off")}</p>
          </Note>
        </div>
        <Block id="changes" title={t("admin.latest")}>
          <Changes acts={overview.acts} withNames />
        </Block>
      </div>
    </>
  );
}

/** Who and what there is, each a way to the list. */
function Doors({ overview }: { overview: Overview }) {
  const t = useT();
  const doors = [
    { count: overview.pupils, to: "/beheer/mensen?wie=pupil", label: t("admin.kind.pupil") },
    { count: overview.staff, to: "/beheer/mensen?wie=staff", label: t("admin.kind.staff") },
    { count: overview.guardians, to: "/beheer/mensen?wie=guardian", label: t("admin.kind.guardian") },
    { count: overview.groups, to: "/beheer/groepen", label: t("admin.groups") },
  ];
  return (
    <ul className="admin__doors">
      {doors.map(({ count, to, label }) => (
        <li key={to} className="tp-card admin__door">
          <Link href={to}>
            <b>{count}</b> <span>{label}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function ToDo({ overview }: { overview: Overview }) {
  const t = useT();
  const things = [
    { count: overview.noGroup, to: "/beheer/mensen?wie=no_group", icon: "together", id: "noGroup" },
    { count: overview.noWayIn, to: "/beheer/mensen?wie=no_way_in", icon: "tag", id: "noWayIn" },
    { count: overview.groupsWithoutTeacher, to: "/beheer/groepen", icon: "school", id: "noTeacher" },
    { count: overview.guardiansToConfirm, to: "/beheer/ouders", icon: "heart", id: "parents" },
    { count: overview.closed, to: "/beheer/mensen?wie=closed", icon: "lock", id: "closed" },
  ] as const;
  const open = things.filter(({ count }) => count > 0);
  return (
    <section className="tp-stack" aria-labelledby="todo">
      <h2 id="todo">{t("admin.todo")}</h2>
      {open.length === 0 && <EmptyState>{t("admin.todo.none")}</EmptyState>}
      <ul className="admin__todo">
        {open.map(({ count, to, icon, id }) => (
          <li key={id} className="tp-card admin__thing">
            <Icon name={icon} />
            <Link href={to}>{t(`admin.todo.${id}`, { count })}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
