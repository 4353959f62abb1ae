import { useQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";

export const NOTICE_COUNT = ["notice-count"] as const;
const EVERY_MS = 5 * 60_000;

/** How many notices are new, at most ten; asked again now and then, and when one comes back to the page. */
export function useUnread(signedIn: boolean): number {
  const count = useQuery({
    queryKey: NOTICE_COUNT,
    enabled: signedIn,
    staleTime: 60_000,
    refetchInterval: EVERY_MS,
    queryFn: () => body(api.GET("/v1/me/notice-count")),
  });
  return count.data?.unread ?? 0;
}
