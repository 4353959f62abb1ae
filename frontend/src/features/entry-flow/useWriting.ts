import { onlineManager } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { isUnsent, readDraft, useDraft } from "~/offline";
import { saveDraft } from "~/offline/drafts";
import { useMe } from "~/session";
import type { EntryContent } from "./content";
import { useFiles } from "./useFiles";
import type { Entry } from "./useFlow";

/** Where writing an entry begins. */
export type Beginning = {
  entryId: string;
  initial: EntryContent;
  version: number | null;
  /** How far it is shared, as far as this device knows. */
  ring: number;
  /** As the server has it; none for a new entry or without network. */
  entry: Entry | null;
};

const NO_FILES: Entry["attachments"] = [];

/** An entry in hand: kept at every keystroke, with its files, with or without a network. */
export function useWriting({ entryId, initial, version, entry }: Omit<Beginning, "ring">) {
  const me = useMe();
  const online = useSyncExternalStore(onlineManager.subscribe, () => onlineManager.isOnline());
  const draft = useDraft(me.id, entryId, initial, version);
  const content = (draft.content ?? initial) as EntryContent;
  const change = useCallback((part: Partial<EntryContent>) => draft.change(part), [draft.change]);
  const ensureDraft = useCallback(async () => {
    if (version === null && !(await readDraft(me.id, entryId))) await saveDraft(me.id, entryId, initial);
  }, [me.id, entryId, version, initial]);
  const files = useFiles(entryId, entry?.attachments ?? NO_FILES, ensureDraft);

  /** Sends what is written; the version that the server then has, or none when it does not have it yet. */
  const settle = async (): Promise<number | null> => {
    const kept = await draft.flush();
    if (!kept) return draft.version;
    return kept.refusal || isUnsent(kept) ? null : kept.version;
  };

  return { me, online, draft, content, change, files, settle };
}

export type Writing = ReturnType<typeof useWriting>;
