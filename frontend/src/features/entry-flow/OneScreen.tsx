import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { useT } from "~/i18n";
import { readDraft } from "~/offline";
import { useMe } from "~/session";
import { ActionBar, Button, ErrorState, Loading, useToast } from "~/ui";
import { Bar } from "./Head";
import { NotHere } from "./NotHere";
import { Refused } from "./Refused";
import { useFresh, useStart } from "./useFlow";
import { type Beginning, useWriting, type Writing } from "./useWriting";
import "./entry-flow.css";

type Props = {
  entryId: string;
  /** What the page is called while there is nothing to show yet. */
  name: string;
  children: (writing: Writing, entry: Beginning["entry"]) => ReactNode;
  /** What is said when the server has it. */
  said: (ring: number) => string;
};

/** A part of an entry on one screen of its own, kept as the three steps are. */
export function OneScreen({ entryId, name, ...rest }: Props) {
  const me = useMe();
  const start = useStart(me.id, entryId, false);
  if (start.isPending) return <Loading />;
  if (start.isError) {
    return (
      <div className="tp-page">
        <h1 className="tp-hidden">{name}</h1>
        <ErrorState error={start.error} onRetry={() => start.refetch()} />
      </div>
    );
  }
  if (start.data.found !== "draft") {
    return <NotHere found={start.data.found === "put-away" ? "put-away" : "gone"} />;
  }
  const { content: initial, version, ring, entry } = start.data;
  return (
    <Sheet
      key={start.dataUpdatedAt}
      begin={{ entryId, initial, version, ring, entry }}
      onRestart={() => void start.refetch()}
      {...rest}
    />
  );
}

type SheetProps = Pick<Props, "children" | "said"> & { begin: Beginning; onRestart: () => void };

function Sheet({ begin, children, said, onRestart }: SheetProps) {
  const t = useT();
  const toast = useToast();
  const fresh = useFresh();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const writing = useWriting(begin);
  const { me, draft, online } = writing;

  const finish = async () => {
    setBusy(true);
    const kept = await writing.settle();
    setBusy(false);
    if (kept === null && (await readDraft(me.id, begin.entryId))?.refusal) return;
    fresh();
    toast({ text: kept === null ? t("flow.keptHere") : said(begin.ring) });
    go("/", { state: { arrived: begin.entryId } });
  };

  return (
    <div className="tp-page flow tp-stack">
      <Bar back="/" save={draft.state} online={online} />
      <Refused entryId={begin.entryId} writing={writing} onRestart={onRestart} />
      {children(writing, begin.entry)}
      <ActionBar>
        <Button busy={busy} onClick={finish}>
          {t("flow.ready")}
        </Button>
      </ActionBar>
    </div>
  );
}
