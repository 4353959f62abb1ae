import { useCallback, useEffect, useRef, useState } from "react";
import type { Draft, EntryContent } from "./database";
import { changeDraft, readDraft } from "./drafts";
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
  /** Typed and not yet written. */
  const typed = useRef<Partial<EntryContent>>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const base = useRef({ content: initial, version });
  const otherTabs = useRef<BroadcastChannel>(undefined);

  /** Shows what the device has, with what is being typed on top. */
  const show = useCallback((draft: Draft | undefined) => {
    setStored(draft);
    if (draft) base.current = { content: draft.content, version: draft.version };
    setContent({ ...base.current.content, ...typed.current });
  }, []);

  useEffect(() => {
    let left = false;
    void readDraft(personId, entryId).then((draft) => {
      if (!left) show(draft);
    });
    return () => {
      left = true;
    };
  }, [personId, entryId, show]);

  // The same entry in two tabs: each shows what the other wrote.
  useEffect(() => {
    const tabs = new BroadcastChannel(`draft:${personId}:${entryId}`);
    tabs.onmessage = () =>
      void readDraft(personId, entryId).then((draft) => otherTabs.current === tabs && draft && show(draft));
    otherTabs.current = tabs;
    return () => {
      otherTabs.current = undefined;
      tabs.close();
    };
  }, [personId, entryId, show]);

  const write = useCallback(async () => {
    clearTimeout(timer.current);
    const part = typed.current;
    if (!part) return;
    typed.current = undefined;
    show(await changeDraft(personId, entryId, part, base.current));
    otherTabs.current?.postMessage("written");
    if (!typed.current) setUnwritten(false);
  }, [personId, entryId, show]);

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
      typed.current = { ...typed.current, ...part };
      setContent((before) => ({ ...(before ?? base.current.content), ...part }));
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
    version: stored?.version ?? version,
    change,
    flush,
  };
}
