import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, idempotencyKey, ifMatch, type Schema } from "~/api/client";

export type Entry = Schema<"EntryPage">;
export type Said = Schema<"FeedbackOut">;
export type Words = Schema<"FeedbackIn">;

/** How long something said can be taken back, as the server keeps it. */
export const TAKE_BACK_MS = 10 * 60_000;

/** As many characters as the server keeps. */
export const MAX_WORDS = 2_000;

/** Asks again for all that shows what was said or seen. */
function useFresh() {
  const cache = useQueryClient();
  return () =>
    Promise.all(
      ["entry", "review-queue", "group", "portfolio", "home"].map((key) =>
        cache.invalidateQueries({ queryKey: [key] }),
      ),
    );
}

/** Says something about an entry; the id in `words` makes a second try the same thing said. */
export function useSay(entryId: string) {
  const fresh = useFresh();
  return useMutation({
    mutationFn: (words: Words) =>
      body(
        api.POST("/v1/entries/{entry_id}/feedback", {
          params: { path: { entry_id: entryId } },
          headers: idempotencyKey(words.id),
          body: words,
        }),
      ),
    onSettled: fresh,
  });
}

/** Takes back what one has just said. */
export function useTakeBack() {
  const fresh = useFresh();
  return useMutation({
    mutationFn: (feedbackId: string) =>
      api.DELETE("/v1/feedback/{feedback_id}", { params: { path: { feedback_id: feedbackId } } }),
    onSettled: fresh,
  });
}

/** The teacher has looked at it. */
export function useMarkSeen(entryId: string) {
  const fresh = useFresh();
  return useMutation({
    mutationFn: () => api.PUT("/v1/entries/{entry_id}/seen", { params: { path: { entry_id: entryId } } }),
    onSettled: fresh,
  });
}

/** Chooses, together with a child under 12, whether home sees it. */
export function useAudience(entry: Entry) {
  const fresh = useFresh();
  return useMutation({
    mutationFn: (ring: number) =>
      body(
        api.PUT("/v1/entries/{entry_id}/audience", {
          params: { path: { entry_id: entry.id } },
          headers: ifMatch(entry.version),
          body: { ring },
        }),
      ),
    onSettled: fresh,
  });
}
