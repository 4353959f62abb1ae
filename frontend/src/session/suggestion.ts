import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";

export type Suggestion = Schema<"Suggestion">;

const KEY = ["my", "suggestion"] as const;

/** One kind of work that was not seen, with something planned; and what one does not want to be pointed to. */
export function useSuggestion(own = true) {
  return useQuery({
    queryKey: KEY,
    enabled: own,
    queryFn: () => body(api.GET("/v1/me/suggestion")),
  });
}

/** Says "niet voor mij" to a kind of work, or takes it back. */
export function useChooseField() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ field, notForMe }: { field: Schema<"WorkField">; notForMe: boolean }) =>
      api.PUT("/v1/me/fields/{field}", { params: { path: { field } }, body: { notForMe } }),
    onSettled: () => cache.invalidateQueries({ queryKey: KEY }),
  });
}
