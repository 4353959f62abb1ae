import { Link, useLocation, useSearchParams } from "wouter";
import type { Schema } from "~/api/client";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import { EmptyState, ErrorState, FilterPills, Icon, Loading, Note, QuietLink } from "~/ui";
import { groupName } from "~/ui/groupName";
import { useSchoolRounds } from "./useRounds";
import "./rounds.css";

type Row = Schema<"RoundRow">;

/** The talks of this school year by class: planned, prepared, held, agreed. Classes by year and name; ranks nobody. */
export default function RoundsScreen() {
  const t = useT();
  const { roles } = useMe();
  const schools = roles.flatMap(({ role, school }) =>
    (role === "dean" || role === "teacher") && school ? [school] : [],
  );
  const once = schools.filter(({ id }, index) => schools.findIndex((one) => one.id === id) === index);
  const [params] = useSearchParams();
  const [, go] = useLocation();
  const schoolId = params.get("school") ?? once[0]?.id ?? "";
  const rounds = useSchoolRounds(schoolId);
  const offline = rounds.isPending && rounds.fetchStatus === "paused";
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <p>
        <QuietLink to="/gesprekken" icon="back">
          {t("rounds.mine")}
        </QuietLink>
      </p>
      <header>
        <h1 tabIndex={-1}>{t("rounds.title")}</h1>
        <p className="tp-soft">{t("rounds.intro")}</p>
      </header>
      {once.length > 1 && (
        <FilterPills
          label={t("rounds.school")}
          options={once.map(({ id, name }) => ({ value: id, label: name }))}
          value={schoolId}
          onChange={(id) => go(`/gesprekken/klassen?school=${id}`, { replace: true })}
        />
      )}
      {rounds.isPending && !offline && <Loading />}
      {offline && (
        <Note icon="no-network">
          <p>{t("rounds.offline")}</p>
        </Note>
      )}
      {rounds.isError && <ErrorState error={rounds.error} onRetry={() => rounds.refetch()} />}
      {rounds.data?.groups.length === 0 && <EmptyState>{t("rounds.empty")}</EmptyState>}
      {rounds.data && rounds.data.groups.length > 0 && (
        <ul className="rounds__groups">
          {rounds.data.groups.map((row) => (
            <li key={row.id}>
              <GroupCard row={row} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const STATES = ["planned", "prepared", "held", "agreed"] as const;

function GroupCard({ row }: { row: Row }) {
  const t = useT();
  return (
    <article className="tp-card tp-stack rounds__group">
      <h2>
        <Link href={`/gesprekken/klas/${row.id}`}>{groupName(row, t)}</Link>{" "}
        <span className="tp-soft rounds__count">{t("rounds.pupils", { count: row.pupilCount })}</span>
      </h2>
      {row.kinds.length > 0 && (
        <dl className="rounds__kinds">
          {row.kinds.map((one) => (
            <div key={one.kind}>
              <dt>{t(`rounds.kind.${one.kind}`)}</dt>
              <dd>
                {STATES.filter((state) => one[state] > 0)
                  .map((state) => t(`rounds.count.${state}`, { count: one[state] }))
                  .join(", ")}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {row.without > 0 ? (
        <p>{t("rounds.without", { count: row.without })}</p>
      ) : (
        <p className="tp-row tp-row--nowrap rounds__all">
          <Icon name="check" />
          <span>{t("rounds.all")}</span>
        </p>
      )}
    </article>
  );
}
