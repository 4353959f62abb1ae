import { useT } from "~/i18n";
import { useMe } from "~/session";
import { EmptyState, ErrorState, Loading, Note, QuietLink } from "~/ui";
import { PupilTalks } from "./PupilTalks";
import { TalkList } from "./TalkList";
import { useMyTalks } from "./useTalks";
import "./conversations.css";

/** The pupil's own talks; of staff those they hold; of a parent those of the children. */
export default function TalksScreen() {
  const me = useMe();
  return me.pupil ? <PupilTalks pupilId={me.id} /> : <MyTalks />;
}

function MyTalks() {
  const t = useT();
  const me = useMe();
  const talks = useMyTalks();
  const waits = talks.isPending && talks.fetchStatus === "paused";
  const atSchool = me.roles.length > 0;
  const data = talks.data;
  const none = data && data.coming.length + data.open.length + data.behind.length === 0;
  return (
    <div className="tp-page tp-stack">
      <header>
        <h1 tabIndex={-1}>{t("talks.title")}</h1>
        <p className="tp-soft">{t(atSchool ? "talks.introStaff" : "talks.introHome")}</p>
        {me.roles.some(({ role }) => role === "teacher" || role === "dean") && (
          <p>
            <QuietLink to="/gesprekken/klassen" icon="together">
              {t("rounds.title")}
            </QuietLink>
          </p>
        )}
      </header>
      {talks.isPending && !waits && <Loading cards={2} />}
      {waits && (
        <Note icon="no-network">
          <p>{t("talks.offline")}</p>
        </Note>
      )}
      {talks.isError && <ErrorState error={talks.error} onRetry={() => talks.refetch()} />}
      {none && <EmptyState>{t(atSchool ? "talks.emptyStaff" : "talks.emptyHome")}</EmptyState>}
      {data && <Parts lists={data} viewer="other" atHome={!atSchool} />}
    </div>
  );
}

/** What comes, what waits, what lies behind. */
export function Parts({
  lists,
  viewer,
  atHome = false,
}: {
  lists: Record<"coming" | "open" | "behind", Parameters<typeof TalkList>[0]["talks"]>;
  viewer: "self" | "other";
  atHome?: boolean;
}) {
  const t = useT();
  return (["open", "coming", "behind"] as const)
    .filter((part) => lists[part].length > 0)
    .map((part) => (
      <section key={part} className="tp-stack" aria-labelledby={`talks-${part}`}>
        <h2 id={`talks-${part}`}>
          {t(part === "open" && atHome ? "talks.part.openHome" : `talks.part.${part}`)}
        </h2>
        <TalkList talks={lists[part]} viewer={viewer} />
      </section>
    ));
}
