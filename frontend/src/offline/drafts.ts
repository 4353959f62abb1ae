import { type Draft, device, type EntryContent } from "./database";

/** The draft of an entry on this device, if there is one. */
export async function readDraft(personId: string, entryId: string): Promise<Draft | undefined> {
  return (await device()).get("drafts", [personId, entryId]);
}

/** Whether the server does not have the newest words. */
export function isUnsent({ revision, syncedRevision }: Draft): boolean {
  return revision !== syncedRevision;
}

export async function readDrafts(personId: string): Promise<Draft[]> {
  return (await device()).getAllFromIndex("drafts", "person", personId);
}

/** Reads, changes and writes one draft in one transaction; `change` returns nothing to leave it. */
async function update(
  personId: string,
  entryId: string,
  change: (draft: Draft | undefined) => Draft | undefined,
): Promise<Draft | undefined> {
  const transaction = (await device()).transaction("drafts", "readwrite");
  const draft = change(await transaction.store.get([personId, entryId]));
  if (draft) await transaction.store.put(draft);
  await transaction.done;
  return draft;
}

/** What a first change builds on: the words, and the server's version of them (`null` when it has none). */
export type Base = Pick<Draft, "content" | "version">;

/** Keeps what was typed, on top of what is here by now: another tab may have written other parts. */
export async function changeDraft(
  personId: string,
  entryId: string,
  part: Partial<EntryContent>,
  base: Base,
): Promise<Draft> {
  const saved = await update(personId, entryId, (draft) => {
    const blank: Draft = { personId, entryId, ...base, revision: 0, syncedRevision: 0, savedAt: 0 };
    const { refusal, ...before } = draft ?? blank;
    const kept = refusal?.kind === "conflict" ? { refusal } : {};
    const content = { ...before.content, ...part };
    return { ...before, ...kept, content, revision: before.revision + 1, savedAt: Date.now() };
  });
  return saved as Draft;
}

/** Keeps an entry that starts here, whole. */
export function saveDraft(personId: string, entryId: string, content: EntryContent): Promise<Draft> {
  return changeDraft(personId, entryId, content, { content, version: null });
}

/** Keeps what the server has, unless something waits here that it does not have. */
export async function keepClean(
  personId: string,
  entryId: string,
  base: Base & Pick<Draft, "ring">,
): Promise<void> {
  await update(personId, entryId, (draft) => {
    if (draft && (isUnsent(draft) || draft.sending || draft.refusal)) return;
    const revision = draft?.revision ?? 0;
    return { personId, entryId, ...base, revision, syncedRevision: revision, savedAt: Date.now() };
  });
}

/** What must go to the server next: what was sent before and not answered, else the newest words. */
export async function takeForSending(personId: string, entryId: string): Promise<Draft | undefined> {
  return update(personId, entryId, (draft) => {
    if (!draft || draft.refusal || (!draft.sending && draft.revision === draft.syncedRevision)) return;
    return { ...draft, sending: draft.sending ?? { content: draft.content, revision: draft.revision } };
  });
}

/** The server has it. */
export async function markSent(
  personId: string,
  entryId: string,
  version: number,
): Promise<Draft | undefined> {
  return update(personId, entryId, (draft) => {
    if (!draft?.sending) return;
    const { sending, ...rest } = draft;
    return { ...rest, version, syncedRevision: sending.revision };
  });
}

/** The server did not take it; kept here until the pupil changes it or settles the conflict. */
export async function markRefused(
  personId: string,
  entryId: string,
  refusal: NonNullable<Draft["refusal"]>,
): Promise<void> {
  await update(personId, entryId, (draft) => {
    if (!draft) return;
    const { sending: _, ...rest } = draft;
    return { ...rest, refusal };
  });
}

/** Settles a conflict: these words, on top of the server's version. */
export async function keepMine(personId: string, entryId: string, version: number): Promise<void> {
  await update(personId, entryId, (draft) => {
    if (!draft) return;
    const { refusal: _, ...rest } = draft;
    return { ...rest, version, revision: draft.revision + 1 };
  });
}

/** The entry is settled (shared, thrown away, or the server's words win): the device lets go of it. */
export async function removeDraft(personId: string, entryId: string): Promise<void> {
  await (await device()).delete("drafts", [personId, entryId]);
}
