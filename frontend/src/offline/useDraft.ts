import { useCallback, useEffect, useRef, useState } from "react";
import type { Draft, EntryContent } from "./database";
import { readDraft, saveDraft } from "./drafts";
import { useCurrentSync } from "./sync";

const PAUSE_MS = 300;

/** `saving`: being written · `here`: on this device, not yet at the server · `saved`: at the server · `refused`. */
export type SaveState = "saving" | "here" | "saved" | "refused";

export interface DraftInHand {
  /** `undefined` while the device is read. */
  content: EntryContent | undefined;
  state: SaveState;
  refusal: Draft["refusal"];
  /** The server's version, once it has the entry. */
  version: number | null;
  change: (part: Partial<EntryContent>) => void;
  /** Writes and sends now; resolves with the draft as it then stands. */
  flush: () => Promise<Draft | undefined>;
}

function stateOf(draft: Draft | undefined): SaveState {
  if (draft?.refusal) return "refused";
  return !draft || draft.syncedRevision === draft.revision ? "saved" : "here";
}

/**
 * An entry that is being written. Every keystroke is on the device within 0.3 s, and on its way to the server.
 * `initial` is what the server has (or an empty entry), `version` its version; a draft on this device goes first.
 */
export function useDraft(
  personId: string,
  entryId: string,
  initial: EntryContent,
  version: number | null,
): DraftInHand {
  const sync = useCurrentSync();
  const [content, setContent] = useState<EntryContent>();
  const [stored, setStored] = useState<Draft>();
  const [unwritten, setUnwritten] = useState(false);
  const newest = useRef<EntryContent>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const start = useRef({ initial, version });

  useEffect(() => {
    let left = false;
    void readDraft(personId, entryId).then((draft) => {
      if (left) return;
      setStored(draft);
      setContent(draft?.content ?? start.current.initial);
    });
    return () => {
      left = true;
    };
  }, [personId, entryId]);

  const write = useCallback(async () => {
    clearTimeout(timer.current);
    const words = newest.current;
    if (!words) return;
    newest.current = undefined;
    setStored(await saveDraft(personId, entryId, words, start.current.version));
    if (!newest.current) setUnwritten(false);
  }, [personId, entryId]);

  const send = useCallback(async () => {
    await sync?.sendNow();
    const draft = await readDraft(personId, entryId);
    setStored(draft);
    return draft;
  }, [sync, personId, entryId]);

  const flush = useCallback(async () => {
    await write();
    return send();
  }, [write, send]);

  const change = useCallback(
    (part: Partial<EntryContent>) => {
      setContent((before) => {
        const after = { ...(before ?? start.current.initial), ...part };
        newest.current = after;
        return after;
      });
      setUnwritten(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), PAUSE_MS);
    },
    [flush],
  );

  // Leaving the page, the tab or the screen: what is in hand goes to the device at once.
  useEffect(() => {
    const leave = () => void write();
    const hide = () => document.visibilityState === "hidden" && leave();
    document.addEventListener("visibilitychange", hide);
    addEventListener("pagehide", leave);
    return () => {
      document.removeEventListener("visibilitychange", hide);
      removeEventListener("pagehide", leave);
      leave();
    };
  }, [write]);

  // The traffic may settle a draft later, for instance when the network comes back.
  useEffect(() => {
    if (stateOf(stored) !== "here") return;
    const look = setInterval(() => void readDraft(personId, entryId).then(setStored), 2_000);
    return () => clearInterval(look);
  }, [stored, personId, entryId]);

  return {
    content,
    state: unwritten ? "saving" : stateOf(stored),
    refusal: stored?.refusal,
    version: stored?.version ?? start.current.version,
    change,
    flush,
  };
}
