import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";

export type Portfolio = Schema<"PortfolioPage">;
export type Card = Schema<"EntryCard">;
export type Year = Schema<"PortfolioYear">;

/** Somebody's timeline as far as this viewer may see it, newest first. */
export function usePortfolio(pupilId: string) {
  return useInfiniteQuery({
    queryKey: ["portfolio", pupilId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(
        api.GET("/v1/pupils/{pupil_id}/portfolio", {
          params: { path: { pupil_id: pupilId }, query: { limit: 20, cursor: pageParam } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** The entries under their school years, as far as they have come in. */
export function byYear(years: readonly Year[], cards: readonly Card[]): { year: Year; cards: Card[] }[] {
  return years
    .map((year) => ({ year, cards: cards.filter((card) => card.schoolYear === year.schoolYear) }))
    .filter((one) => one.cards.length > 0);
}

/** What the pupil took along to the school where one works. */
export function useTakenAlong(pupilId: string) {
  return useQuery({
    queryKey: ["pupil-transfers", pupilId],
    queryFn: () =>
      body(api.GET("/v1/pupils/{pupil_id}/transfers", { params: { path: { pupil_id: pupilId } } })),
  });
}
