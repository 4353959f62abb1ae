import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "wouter";
import { api, body, type Schema } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { useMe } from "~/session";
import { EmptyState, ErrorState, Icon, Loading, QuietLink, WORK_FIELDS } from "~/ui";
import { groupName } from "~/ui/groupName";
import "./care.css";

type Row = Schema<"CareRow">;

/** The dean's look around: by group, for how many pupils something can be done. Ranks nobody. */
export default function CareScreen() {
  const t = useT();
  const language = useLanguage();
  const own = useMe().roles.find(({ role }) => role === "dean")?.school?.id;
  const { schoolId = own ?? "" } = useParams<{ schoolId?: string }>();
  const care = useQuery({
    queryKey: ["care", "school", schoolId],
    queryFn: () =>
      body(api.GET("/v1/schools/{school_id}/care", { params: { path: { school_id: schoolId } } })),
  });
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <p>
        <QuietLink to={schoolId === own ? "/school" : `/school/${schoolId}`} icon="back">
          {t("care.toSchool")}
        </QuietLink>
      </p>
      <header>
        <h1 tabIndex={-1}>{t("care.title")}</h1>
        {care.data && (
          <p className="tp-soft">{t("care.intro", { day: dayInWords(care.data.termStartedOn, language) })}</p>
        )}
      </header>
      {care.isPending && <Loading />}
      {care.isError && <ErrorState error={care.error} onRetry={() => care.refetch()} />}
      {care.data?.groups.length === 0 && <EmptyState>{t("care.empty")}</EmptyState>}
      {care.data && care.data.groups.length > 0 && (
        <ul className="care__groups">
          {care.data.groups.map((row) => (
            <li key={row.id}>
              <GroupCard row={row} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function GroupCard({ row }: { row: Row }) {
  const t = useT();
  const { quiet, open, waiting } = row;
  const unseen = WORK_FIELDS.filter((field) => !row.fields.includes(field));
  const calm = quiet + open + waiting === 0;
  return (
    <article className="tp-card care__group" data-calm={calm || undefined}>
      <h2>
        <Link href={`/klas/${row.id}`}>{groupName(row, t)}</Link>
        <span className="tp-small tp-soft"> {t("care.pupils", { count: row.pupilCount })}</span>
      </h2>
      {calm ? (
        <p className="tp-row tp-row--nowrap care__well">
          <Icon name="check" />
          <span>{t("care.well")}</span>
        </p>
      ) : (
        <ul>
          {quiet > 0 && <li>{t("care.quiet", { count: quiet })}</li>}
          {open > 0 && <li>{t("care.open", { count: open })}</li>}
          {waiting > 0 && <li>{t("care.waiting", { count: waiting })}</li>}
        </ul>
      )}
      <p className="tp-small tp-soft">
        {unseen.length === 0
          ? t("care.allSeen")
          : unseen.length > 6
            ? t("care.seen", { count: row.fields.length })
            : t("care.unseen", { fields: unseen.map((field) => t(`field.${field}`)).join(", ") })}
      </p>
    </article>
  );
}
