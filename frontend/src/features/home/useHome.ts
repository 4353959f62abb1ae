import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";
import { today } from "~/i18n/dates";
import { type Draft, readDrafts } from "~/offline";

export type Card = Schema<"EntryCard">;
export type Year = Schema<"PortfolioYear">;

const FIRST = 12;

/** The pupil's own timeline, newest first, a page at a time. */
export function usePortfolio(pupilId: string) {
  return useInfiniteQuery({
    queryKey: ["portfolio", pupilId, "own"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(
        api.GET("/v1/pupils/{pupil_id}/portfolio", {
          params: { path: { pupil_id: pupilId }, query: { limit: FIRST, cursor: pageParam } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** The newest looks, once the timeline is there. */
export function useNewestLooks() {
  return useQuery({
    queryKey: ["my", "looks", "newest"],
    queryFn: async () => (await body(api.GET("/v1/me/looks", { params: { query: { limit: 3 } } }))).items,
  });
}

/** Drafts on this device: they stay findable without a network. */
export function useOwnDrafts(personId: string): readonly Draft[] {
  const drafts = useQuery({
    queryKey: ["drafts", personId],
    queryFn: () => readDrafts(personId),
    networkMode: "always",
    staleTime: 0,
  });
  return drafts.data ?? [];
}

/** A draft in which nothing was told yet: it stands above the timeline, to go on with. */
export function isUnfinished(card: Card): boolean {
  return card.state === "draft" && (card.title === "" || card.excerpt === "");
}

/** A draft of something that still comes: what was thought of it so far. */
export function isExpected({ kind, happenedOn }: { kind: string; happenedOn?: string | null }): boolean {
  return kind === "experience" && (happenedOn ?? "") > today();
}

/** The rest by school year, newest first, each with what is known of that year. */
export function byYear(cards: readonly Card[], years: readonly Year[]): { year: Year; cards: Card[] }[] {
  const groups = new Map<number, Card[]>();
  for (const card of cards) groups.set(card.schoolYear, [...(groups.get(card.schoolYear) ?? []), card]);
  return [...groups].map(([schoolYear, inYear]) => ({
    year: years.find((one) => one.schoolYear === schoolYear) ?? {
      schoolYear,
      schoolName: null,
      groupName: null,
      level: null,
      studyYear: null,
      entryCount: inYear.length,
    },
    cards: inYear,
  }));
}
