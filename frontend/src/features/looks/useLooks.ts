import { useInfiniteQuery } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";

export type Look = Schema<"Look">;

const PAGE = 40;

/** Who looked at what of mine, newest day first. */
export function useLooks() {
  return useInfiniteQuery({
    queryKey: ["my", "looks"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(api.GET("/v1/me/looks", { params: { query: { limit: PAGE, cursor: pageParam } } })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** The looks by day, in the order in which they came. */
export function byDay(looks: readonly Look[]): [day: string, looks: Look[]][] {
  const days = new Map<string, Look[]>();
  for (const look of looks) days.set(look.on, [...(days.get(look.on) ?? []), look]);
  return [...days];
}
