import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";

export type Item = Schema<"CalendarItem">;
export type Address = Schema<"CalendarAddress">;

/** What comes between two days, the last included. */
export function useCalendar(from: string, until: string) {
  return useQuery({
    queryKey: ["calendar", from, until],
    queryFn: async () =>
      (await body(api.GET("/v1/me/calendar", { params: { query: { from, until } } }))).items,
  });
}

const FEED = ["calendar-feed"] as const;

/** Since when there is an address for calendar apps, if there is one. */
export function useFeed() {
  return useQuery({
    queryKey: FEED,
    queryFn: async () => (await body(api.GET("/v1/me/calendar-feed"))).madeAt,
  });
}

/** Makes a new address; the one before stops working. */
export function useRenew() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => body(api.POST("/v1/me/calendar-feed")),
    onSuccess: ({ madeAt }) => cache.setQueryData(FEED, madeAt),
  });
}

export function useWithdraw() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE("/v1/me/calendar-feed"),
    onSuccess: () => cache.setQueryData(FEED, null),
  });
}
