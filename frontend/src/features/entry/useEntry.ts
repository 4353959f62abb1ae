import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, idempotencyKey, ifMatch, type Schema } from "~/api/client";

export type Entry = Schema<"EntryPage">;

/** A file that is being looked at is asked for again so often. */
const LOOKED_AT_MS = 3_000;

export const entryKey = (id: string) => ["entry", id] as const;

/** One entry with everything on it, for whoever may see it. */
export function useEntry(id: string) {
  return useQuery({
    queryKey: entryKey(id),
    queryFn: () => body(api.GET("/v1/entries/{entry_id}", { params: { path: { entry_id: id } } })),
    refetchInterval: ({ state }) =>
      state.data?.attachments.some((file) => file.state === "received") && LOOKED_AT_MS,
  });
}

/** What the pupil answered before to the questions of this entry, as far as this viewer may see it. */
export function useEarlierAnswers(id: string, enabled: boolean): readonly Schema<"EarlierAnswer">[] {
  const earlier = useQuery({
    queryKey: [...entryKey(id), "earlier"],
    enabled,
    queryFn: () =>
      body(api.GET("/v1/entries/{entry_id}/earlier-answers", { params: { path: { entry_id: id } } })),
  });
  return earlier.data?.items ?? [];
}

export function useVersions(id: string, enabled: boolean) {
  return useQuery({
    queryKey: [...entryKey(id), "versions"],
    enabled,
    queryFn: async () =>
      (await body(api.GET("/v1/entries/{entry_id}/versions", { params: { path: { entry_id: id } } }))).items,
  });
}

/** All that shows this entry asks for it again. */
export function useFreshEntry() {
  const cache = useQueryClient();
  return () =>
    Promise.all(
      ["entry", "portfolio", "picture", "my"].map((key) => cache.invalidateQueries({ queryKey: [key] })),
    );
}

export function useChooseRing(entry: Entry) {
  const fresh = useFreshEntry();
  return useMutation({
    mutationFn: (ring: number) =>
      api.PUT("/v1/entries/{entry_id}/audience", {
        params: { path: { entry_id: entry.id } },
        headers: ifMatch(entry.version),
        body: { ring },
      }),
    onSettled: fresh,
  });
}

/** Puts away, throws away and brings back; each can be undone by `restore`. */
export function usePutAway(id: string) {
  const fresh = useFreshEntry();
  const params = { path: { entry_id: id } };
  const archive = useMutation({
    mutationFn: () => api.POST("/v1/entries/{entry_id}/archive", { params }),
    onSettled: fresh,
  });
  const trash = useMutation({
    mutationFn: () => api.DELETE("/v1/entries/{entry_id}", { params }),
    onSettled: fresh,
  });
  const restore = useMutation({
    mutationFn: () => api.POST("/v1/entries/{entry_id}/restore", { params }),
    onSettled: fresh,
  });
  return { archive, trash, restore };
}

/** Says the pupil's answer; `said.id` makes a second try the same answer. */
export function useAnswer(id: string) {
  const fresh = useFreshEntry();
  return useMutation({
    mutationFn: (said: { id: string; text: string }) =>
      api.POST("/v1/entries/{entry_id}/feedback", {
        params: { path: { entry_id: id } },
        headers: idempotencyKey(said.id),
        body: { ...said, kind: "answer" },
      }),
    onSuccess: fresh,
  });
}
