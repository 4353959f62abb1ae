import { Link, useParams, useSearchParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayOf, recently } from "~/i18n/dates";
import { useMe } from "~/session";
import {
  EmptyState,
  ErrorState,
  FilterPills,
  Icon,
  type IconName,
  LinkButton,
  Loading,
  QuietLink,
} from "~/ui";
import { groupName } from "~/ui/groupName";
import { type SchoolDossiers, useSchoolDossiers } from "./useDossier";
import "./dossier.css";

type Row = SchoolDossiers["groups"][number]["pupils"][number];
type State = Row["state"];

const STATES = ["handed_in", "open", "returned", "done"] as const;
const SIGNS: Record<State, { icon: IconName; tone?: string }> = {
  open: { icon: "pencil" },
  handed_in: { icon: "eye", tone: "info" },
  returned: { icon: "ask-back", tone: "wait" },
  done: { icon: "check", tone: "ok" },
};

/** How the dossiers of years 3 and 4 stand, by class and name: nothing of what is in them, and no ranking. */
export default function SchoolDossiersScreen() {
  const t = useT();
  const me = useMe();
  const staff = me.roles.filter(({ role }) => role === "dean" || role === "teacher");
  const schools = staff
    .flatMap(({ school }) => (school ? [school] : []))
    .filter(({ id }, at, all) => all.findIndex((one) => one.id === id) === at);
  const { schoolId = schools[0]?.id } = useParams<{ schoolId?: string }>();
  const dossiers = useSchoolDossiers(schoolId);
  const isDean = staff.some(({ role, school }) => role === "dean" && school?.id === schoolId);
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <p>
        <QuietLink to={isDean ? `/school/${schoolId}` : "/klas"} icon="back">
          {t(isDean ? "dossier.list.toSchool" : "dossier.list.toClass")}
        </QuietLink>
      </p>
      <header>
        <h1 tabIndex={-1}>{t("dossier.list")}</h1>
        {dossiers.data && (
          <p className="tp-soft">{t("dossier.list.intro", { school: dossiers.data.school.name })}</p>
        )}
      </header>
      {!schoolId && <EmptyState>{t("school.none")}</EmptyState>}
      {schools.length > 1 && (
        <nav className="tp-filter" aria-label={t("school.switch")}>
          {schools.map((one) => (
            <Link
              key={one.id}
              href={`/dossiers/${one.id}`}
              className="tp-filter__pill"
              aria-current={one.id === schoolId ? "page" : undefined}
            >
              {one.name}
            </Link>
          ))}
        </nav>
      )}
      {schoolId && dossiers.isPending && <Loading />}
      {dossiers.isError && <ErrorState error={dossiers.error} onRetry={() => dossiers.refetch()} />}
      {dossiers.data && (
        <>
          <p>
            <LinkButton to={`/dossiers/${dossiers.data.school.id}/lijst`} look="secondary" icon="file">
              {t("dossier.asked")}
            </LinkButton>
          </p>
          <ToRead dossiers={dossiers.data} />
          <Groups dossiers={dossiers.data} />
        </>
      )}
    </div>
  );
}

function ToRead({ dossiers: { toRead } }: { dossiers: SchoolDossiers }) {
  const t = useT();
  const language = useLanguage();
  if (toRead.length === 0) return null;
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="to-read">
      <h2 id="to-read" className="dossier__panel">
        {t("dossier.list.toRead")}
      </h2>
      <ul className="tp-list">
        {toRead.map((one) => (
          <li key={one.handInId}>
            <div className="tp-grow">
              <Link href={`/dossier/${one.handInId}`}>{one.pupil.name}</Link>
              <p className="tp-small tp-soft">
                {one.groupName} · {recently(dayOf(one.handedInAt), language)}
                {one.noted && ` · ${t("dossier.list.noted")}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Groups({ dossiers: { groups } }: { dossiers: SchoolDossiers }) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const shown = STATES.find((state) => state === params.get("stand")) ?? "all";
  const all = groups.flatMap(({ pupils }) => pupils);
  if (groups.length === 0) return <EmptyState>{t("dossier.list.empty")}</EmptyState>;
  return (
    <>
      <FilterPills
        label={t("dossier.list.show")}
        options={[
          { value: "all", label: t("dossier.list.all"), count: all.length },
          ...STATES.map((value) => ({
            value,
            label: t(`dossier.state.${value}`),
            count: all.filter(({ state }) => state === value).length,
          })),
        ]}
        value={shown}
        onChange={(chosen) => setParams(chosen === "all" ? {} : { stand: chosen }, { replace: true })}
      />
      <div className="dossier__groups">
        {groups.map(({ group, pupils }) => {
          const rows = pupils.filter(({ state }) => shown === "all" || state === shown);
          if (rows.length === 0 && shown !== "all") return null;
          return (
            <section key={group.id} className="tp-card tp-stack" aria-labelledby={`group-${group.id}`}>
              <h2 id={`group-${group.id}`} className="dossier__panel">
                {groupName(group, t)}
              </h2>
              {rows.length === 0 && <p className="tp-soft">{t("dossier.list.none")}</p>}
              <ul className="dossier__rows">
                {rows.map((row) => (
                  <li key={row.pupil.id}>
                    <PupilRow row={row} />
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </>
  );
}

function PupilRow({ row: { pupil, state, handInId, since, readerWaits } }: { row: Row }) {
  const t = useT();
  const language = useLanguage();
  const { icon, tone } = SIGNS[state];
  return (
    <>
      <span className="dossier__who">
        {handInId ? <Link href={`/dossier/${handInId}`}>{pupil.name}</Link> : pupil.name}
        {readerWaits && <span className="tp-small tp-soft">{t("dossier.list.waits")}</span>}
      </span>
      <span className="dossier__state">
        <span className="tp-state" data-state={tone}>
          <Icon name={icon} />
          {t(`dossier.state.${state}`)}
        </span>
        {since && state !== "open" && (
          <span className="tp-small tp-soft">
            {t("dossier.list.since", { day: recently(dayOf(since), language) })}
          </span>
        )}
      </span>
    </>
  );
}
