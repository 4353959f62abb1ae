import { useEffect } from "react";
import { useParams } from "wouter";
import { useT } from "~/i18n";
import { keepCopy } from "~/offline";
import { usePageTitle } from "~/routing";
import { useMe } from "~/session";
import { EmptyState, LinkButton, Note, OwnWords, QuietLink } from "~/ui";
import { addressOf } from "./Head";
import { LogbookDays } from "./LogbookDays";
import { OneScreen } from "./OneScreen";
import type { Entry } from "./useFlow";
import type { Writing } from "./useWriting";

/** Today's line of a logbook, from the phone, in a minute; the other days below it. */
export default function LogbookScreen() {
  const t = useT();
  const { entryId } = useParams<{ entryId: string }>();
  usePageTitle(t("flow.logbook"));
  return (
    <OneScreen
      key={entryId}
      entryId={entryId}
      name={t("flow.logbook")}
      said={(ring) => (ring > 0 ? t("flow.changed", { ring }) : t("flow.kept"))}
    >
      {(writing, entry) => <Days entryId={entryId} writing={writing} entry={entry} />}
    </OneScreen>
  );
}

function Days({ entryId, writing, entry }: { entryId: string; writing: Writing; entry: Entry | null }) {
  const t = useT();
  const me = useMe();
  const { content, files } = writing;
  // Tomorrow there may be no network: what is here now stays at hand.
  useEffect(() => {
    if (entry) void keepCopy(me.id, entry);
  }, [me.id, entry]);
  const details = content.details;
  if (details.kind !== "experience") {
    return (
      <>
        <h1>{t("flow.logbook")}</h1>
        <EmptyState
          action={<LinkButton to={addressOf(entryId, "wat-deed-ik")}>{t("flow.logWhole")}</LinkButton>}
        >
          {t("flow.logNotYet")}
        </EmptyState>
      </>
    );
  }
  const recognisable = me.pupil?.recognisable;
  return (
    <>
      <header>
        <p className="tp-soft">{t("flow.logbook")}</p>
        <h1 tabIndex={-1}>
          <OwnWords>{content.title || t("flow.untitled")}</OwnWords>
        </h1>
        {details.organisation && (
          <p className="tp-soft">
            <OwnWords>{details.organisation}</OwnWords>
          </p>
        )}
      </header>
      <LogbookDays writing={writing} withToday />
      {files.misfits.length > 0 && (
        <div role="status" className="tp-stack">
          {files.misfits.map(({ name, why }) => (
            <Note key={name} tone="wait">
              <p>
                <b>{name}</b> {t(`flow.refused.${why}`)}
              </p>
            </Note>
          ))}
        </div>
      )}
      {recognisable !== "yes" && (
        <Note icon="camera">
          <p>{t(recognisable === "no" ? "flow.faces.no" : "flow.faces.open")}</p>
        </Note>
      )}
      <QuietLink to={addressOf(entryId, "wat-deed-ik")} icon="pencil">
        {t("flow.logWhole")}
      </QuietLink>
    </>
  );
}
