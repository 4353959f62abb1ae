import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";

export type PupilRow = Schema<"PupilRow">;

/** Pupils whom this member of staff may see, by parts of their name; the server folds accents and case. */
export function useSearch(query: string) {
  return useInfiniteQuery({
    queryKey: ["pupils", query],
    enabled: query !== "",
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(api.GET("/v1/pupils", { params: { query: { query, limit: 20, cursor: pageParam } } })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
