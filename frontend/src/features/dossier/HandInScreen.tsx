import { useParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import { useMe } from "~/session";
import { ErrorState, Loading, Note, OwnWords, QuietLink } from "~/ui";
import { groupName } from "~/ui/groupName";
import { ClosePanel } from "./ClosePanel";
import { Pdf } from "./Pdf";
import { NotePanel, ReaderPanel } from "./ReaderPanels";
import { SnapshotView } from "./SnapshotView";
import { type HandIn, useHandedIn } from "./useDossier";
import "./dossier.css";

/** A dossier as it was handed in; beside it, for school, what can be done with it. */
export default function HandInScreen() {
  const t = useT();
  const { handInId = "" } = useParams<{ handInId: string }>();
  const found = useHandedIn(handInId);
  const own = found.data?.snapshot.pupil.id === useMe().id;
  const name = found.data?.snapshot.pupil.name;
  usePageTitle(name && !own ? t("dossier.of", { name }) : undefined);
  return (
    <div className="tp-page tp-page--wide tp-stack">
      {found.isPending && <Loading />}
      {found.isError && (
        <>
          <h1 className="tp-hidden">{t("dossier.title")}</h1>
          <ErrorState error={found.error} onRetry={() => found.refetch()} />
        </>
      )}
      {found.data && <Page handIn={found.data} own={own} />}
    </div>
  );
}

function Page({ handIn, own }: { handIn: HandIn; own: boolean }) {
  const t = useT();
  const language = useLanguage();
  const { snapshot } = handIn;
  return (
    <>
      <p>
        <QuietLink to={own ? "/loopbaandossier" : `/dossiers/${snapshot.school.id}`} icon="back">
          {t(own ? "dossier.backOwn" : "dossier.backList")}
        </QuietLink>
      </p>
      <header>
        <h1 tabIndex={-1}>{own ? t("dossier.title") : t("dossier.of", { name: snapshot.pupil.name })}</h1>
        <p className="tp-soft">
          {t("dossier.facts", {
            group: groupName(snapshot.group, t),
            day: dayInWords(dayOf(handIn.handedInAt), language),
          })}
        </p>
        {handIn.number > 1 && (
          <p className="tp-small tp-soft">{t("dossier.again", { number: handIn.number })}</p>
        )}
      </header>
      <Closed handIn={handIn} />
      {own && <Pdf handIn={handIn} />}
      {own ? (
        <SnapshotView handInId={handIn.id} snapshot={snapshot} />
      ) : (
        <div className="dossier__page">
          <SnapshotView handInId={handIn.id} snapshot={snapshot} />
          <div className="tp-stack dossier__beside">
            {handIn.rights.note && <NotePanel handIn={handIn} />}
            <ClosePanel handIn={handIn} />
            {handIn.rights.nameReader && <ReaderPanel handIn={handIn} />}
            <Pdf handIn={handIn} />
          </div>
        </div>
      )}
    </>
  );
}

/** How it ended, in words. */
function Closed({ handIn }: { handIn: HandIn }) {
  const t = useT();
  const language = useLanguage();
  const { state, closedAt, closedBy, reason } = handIn;
  if (state === "handed_in") return null;
  const day = closedAt ? dayInWords(dayOf(closedAt), language) : "";
  return (
    <Note tone={state === "done" ? "ok" : "wait"} icon={state === "done" ? "check" : "ask-back"}>
      <p>
        <strong>{t(`dossier.closed.${state}`, { day, name: closedBy ?? "" })}</strong>
      </p>
      {reason && (
        <p className="tp-quote">
          <OwnWords>{reason}</OwnWords>
        </p>
      )}
    </Note>
  );
}
