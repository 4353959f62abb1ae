import { useEffect, useState } from "react";
import { v7 as newId } from "uuid";
import { Redirect, useLocation, useParams } from "wouter";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import { ErrorState, Loading } from "~/ui";
import { blankContent, type Kind } from "./content";
import { Editor } from "./Editor";
import { addressOf, Head, STEPS, type Step } from "./Head";
import { NotHere } from "./NotHere";
import { StepWhat } from "./StepWhat";
import { type Start, useStart } from "./useFlow";
import "./entry-flow.css";

/** Adding or changing an entry in three steps, each at its own address. */
export default function FlowScreen() {
  const { entryId, step } = useParams<{ entryId?: string; step?: string }>();
  const [fresh] = useState(() => newId());
  if (!entryId) return <Redirect to={addressOf(fresh, "wat-deed-ik")} replace state={{ isNew: true }} />;
  const known = STEPS.find((one) => one === step);
  if (!known) return <Redirect to={addressOf(entryId, "wat-deed-ik")} replace />;
  return <Begun key={entryId} entryId={entryId} step={known} />;
}

function Begun({ entryId, step }: { entryId: string; step: Step }) {
  const t = useT();
  const me = useMe();
  const [isNew] = useState(() => Boolean(history.state?.isNew));
  const start = useStart(me.id, entryId, isNew);
  const [kind, setKind] = useState<Kind | null>(null);
  // The first choice makes way for the editor; who chose with the keyboard stays where they were.
  useEffect(() => {
    if (kind) document.querySelector<HTMLElement>(".flow :checked")?.focus({ preventScroll: true });
  }, [kind]);

  if (start.isPending) return <Loading />;
  if (start.isError) {
    return (
      <div className="tp-page">
        <h1 className="tp-hidden">{t("flow.new")}</h1>
        <ErrorState error={start.error} onRetry={() => start.refetch()} />
      </div>
    );
  }
  if (start.data.found === "gone" || start.data.found === "put-away")
    return <NotHere found={start.data.found} />;
  const begin = beginning(start.data, kind);
  if (!begin) return <FirstChoice entryId={entryId} step={step} onKind={setKind} />;
  return (
    <Editor
      key={start.dataUpdatedAt}
      entryId={entryId}
      step={step}
      initial={begin.content}
      version={begin.version}
      ring={begin.ring}
      entry={begin.entry}
      onRestart={() => start.refetch()}
    />
  );
}

function beginning(start: Start, kind: Kind | null) {
  if (start.found === "draft") return start;
  return kind ? { content: blankContent(kind), version: null, ring: 0, entry: null } : null;
}

/** Nothing is chosen yet, so there is nothing to keep either. */
function FirstChoice({
  entryId,
  step,
  onKind,
}: {
  entryId: string;
  step: Step;
  onKind: (kind: Kind) => void;
}) {
  const [, go] = useLocation();
  if (step !== "wat-deed-ik") return <Redirect to={addressOf(entryId, "wat-deed-ik")} replace />;
  return (
    <div className="tp-page tp-stack flow">
      <Head step={step} back="/" save={null} online onLater={() => go("/")} />
      <StepWhat content={null} onKind={onKind} onChange={() => {}} logbook={null} />
    </div>
  );
}
