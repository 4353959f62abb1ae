import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { ApiProblem, api, body, ifMatch, type Schema } from "~/api/client";
import { useLanguage } from "~/i18n";
import { contentOf, isUnsent, readDraft, removeDraft } from "~/offline";
import { questionsAtHand, questionsOf } from "~/session/questions";
import type { PastAnswer } from "~/ui";
import type { EntryContent } from "./content";
import type { Question } from "./questions";

export type Entry = Schema<"EntryPage">;

/** Where writing starts: with nothing, with what this device holds, or with what the server has. */
export type Start =
  | { found: "nothing" }
  | { found: "gone" }
  | { found: "put-away" }
  | { found: "draft"; content: EntryContent; version: number | null; ring: number; entry: Entry | null };

const startKey = (entryId: string) => ["flow", entryId] as const;

function getEntry(entryId: string): Promise<Entry> {
  return body(api.GET("/v1/entries/{entry_id}", { params: { path: { entry_id: entryId } } }));
}

/**
 * Reads where to start. Words on this device that the server does not have go first; without network the device
 * has the last word; else the server has it, and the device lets go of its older copy.
 */
async function readStart(personId: string, entryId: string, isNew: boolean): Promise<Start> {
  const draft = await readDraft(personId, entryId);
  const here = draft && {
    found: "draft" as const,
    content: draft.content as EntryContent,
    version: draft.version,
    ring: draft.ring ?? 0,
  };
  if (!draft && isNew) return { found: "nothing" };
  if (here && draft.version === null) return { ...here, entry: null };
  try {
    const entry = await getEntry(entryId);
    if (!entry.rights.edit) return { found: "put-away" };
    const unsent = draft && (draft.refusal || isUnsent(draft));
    if (here && unsent) return { ...here, ring: entry.ring, entry };
    await removeDraft(personId, entryId);
    return {
      found: "draft",
      content: contentOf(entry) as EntryContent,
      version: entry.version,
      ring: entry.ring,
      entry,
    };
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return { found: "gone" };
    if (here) return { ...here, entry: null };
    throw error;
  }
}

/** Where writing this entry starts; read once, and again when a conflict was settled. */
export function useStart(personId: string, entryId: string, isNew: boolean) {
  const unknown = useRef(isNew);
  return useQuery({
    queryKey: startKey(entryId),
    queryFn: () => {
      const begun = readStart(personId, entryId, unknown.current);
      unknown.current = false;
      return begun;
    },
    networkMode: "always",
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** A file that is looked at is asked for again so often. */
const LOOKED_AT_MS = 2_000;

/** The files of an entry as the server has them, once `arrived` of them came in from here; again while it looks. */
export function useInspected(entryId: string, arrived: number): Entry["attachments"] | undefined {
  const found = useQuery({
    queryKey: ["flow", entryId, "files", arrived],
    enabled: arrived > 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
    queryFn: async () => (await getEntry(entryId)).attachments,
    refetchInterval: ({ state }) => state.data?.some((file) => file.state === "received") && LOOKED_AT_MS,
  });
  return found.data;
}

/** The entry as the server has it now: the other side of a conflict. */
export function useTheirs(entryId: string, wanted: boolean) {
  return useQuery({
    queryKey: ["flow", entryId, "theirs"],
    enabled: wanted,
    gcTime: 0,
    queryFn: () => getEntry(entryId),
  });
}

export type Schooling = Pick<Schema<"PupilSelf">, "band" | "level">;

/**
 * The questions of product and school that fit this pupil, this kind and this form. Another entry starts further on in
 * the set. In a dead spot those that were there stay, or this device has some of before.
 */
export function useQuestions(entryId: string, details: EntryContent["details"]): readonly Question[] {
  const language = useLanguage();
  const queries = useQueryClient();
  const rotation = Number.parseInt(entryId.slice(-2), 16);
  const { kind } = details;
  const form = (details.kind === "experience" && details.form) || null;
  const { data, isPlaceholderData, isError, fetchStatus } = useQuery({
    ...questionsOf(kind, form, rotation, language),
    placeholderData: keepPreviousData,
  });
  // With a network the right ones come in a moment, and what is on screen by then would stay.
  const cut = isError || fetchStatus === "paused";
  const known = isPlaceholderData ? undefined : data;
  const asked = known ?? (cut ? questionsAtHand(queries, kind, form, language) : undefined) ?? data;
  return asked?.items ?? [];
}

/** What this pupil said before to these questions; read before it is shown, so that it is there without network. */
export function useEarlier(
  entryId: string,
  questionIds: readonly string[],
  wanted: boolean,
): readonly PastAnswer[] {
  const questionId = [...questionIds].sort();
  const earlier = useQuery({
    queryKey: ["flow", entryId, "earlier", ...questionId],
    enabled: wanted && questionId.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    queryFn: () =>
      body(api.GET("/v1/me/answers", { params: { query: { questionId, beforeEntry: entryId } } })),
  });
  return earlier.data?.items ?? [];
}

/** Shares an entry as far as `ring`, if it is still at `version`. */
export async function share(entryId: string, version: number, ring: number): Promise<void> {
  await api.PUT("/v1/entries/{entry_id}/audience", {
    params: { path: { entry_id: entryId } },
    headers: ifMatch(version),
    body: { ring },
  });
}

/** Says in words what can be seen or heard in a file. */
export async function sayWhatItShows(attachmentId: string, alt: string): Promise<void> {
  await api.PATCH("/v1/attachments/{attachment_id}", {
    params: { path: { attachment_id: attachmentId } },
    body: { alt },
  });
}

/** Puts captions (WebVTT) with one's own film; none takes them away. */
export async function writeCaptions(attachmentId: string, vtt: string): Promise<void> {
  await api.PUT("/v1/attachments/{attachment_id}/captions", {
    params: { path: { attachment_id: attachmentId } },
    body: { vtt },
  });
}

/** All that lists this entry asks for it again. */
export function useFresh(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    for (const key of ["portfolio", "entry", "picture", "my", "drafts"])
      void queries.invalidateQueries({ queryKey: [key] });
  }, [queries]);
}
