import { useInfiniteQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { nextInQueue } from "./queue";

const QUEUE = ["review-queue", "all"] as const;

/** What waits for this teacher, oldest first. */
export function useReviewQueue(enabled = true) {
  return useInfiniteQuery({
    queryKey: QUEUE,
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(api.GET("/v1/review-queue", { params: { query: { limit: 20, cursor: pageParam } } })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** The way on from an entry that was opened from the queue; undefined while unknown or when it is the last. */
export function useNextInQueue(current: string, enabled: boolean): string | undefined {
  const queue = useReviewQueue(enabled);
  return nextInQueue(queue.data?.pages.flatMap((page) => page.items) ?? [], current);
}
