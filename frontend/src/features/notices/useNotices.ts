import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";
import { NOTICE_COUNT } from "~/session/notices";

export type Notice = Schema<"NoticeOut">;
export type NoticeKind = Schema<"NoticeKind">;
export type Setting = Schema<"NoticeKindSetting">;

const LIST = ["notices"] as const;
const SETTINGS = ["notice-settings"] as const;
const PAGE = 30;

/** What happened, the newest first, page by page. */
export function useNotices() {
  return useInfiniteQuery({
    queryKey: LIST,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(api.GET("/v1/me/notices", { params: { query: { limit: PAGE, cursor: pageParam } } })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

function useAfterwards() {
  const cache = useQueryClient();
  // Not waited for: what was tapped may be gone from the screen before it could say what it did.
  return () => {
    for (const queryKey of [LIST, NOTICE_COUNT]) void cache.invalidateQueries({ queryKey });
  };
}

/** One was read. */
export function useRead() {
  const onSettled = useAfterwards();
  return useMutation({
    mutationFn: (id: string) =>
      body(api.PUT("/v1/me/notices/{notice_id}/read", { params: { path: { notice_id: id } } })),
    onSettled,
  });
}

/** All up to the newest on the screen were read. */
export function useReadAll() {
  const onSettled = useAfterwards();
  return useMutation({
    mutationFn: (until: string) => body(api.POST("/v1/me/notices/read", { body: { until } })),
    onSettled,
  });
}

/** Takes that back. */
export function useUnreadAll() {
  const onSettled = useAfterwards();
  return useMutation({
    mutationFn: ({ readAt }: Schema<"ReadAllDone">) =>
      body(api.POST("/v1/me/notices/unread", { body: { readAt } })),
    onSettled,
  });
}

/** The kinds that there are for me, and which are on. */
export function useSettings() {
  return useQuery({
    queryKey: SETTINGS,
    queryFn: async () => (await body(api.GET("/v1/me/notice-settings"))).items,
  });
}

/** Switches a kind; shown at once, and put back where it does not work. */
export function useChoose() {
  const cache = useQueryClient();
  const afterwards = useAfterwards();
  return useMutation({
    mutationFn: ({ kind, inApp, byMail }: Setting) =>
      body(api.PUT("/v1/me/notice-settings/{kind}", { params: { path: { kind } }, body: { inApp, byMail } })),
    onMutate: async (changed) => {
      await cache.cancelQueries({ queryKey: SETTINGS });
      const before = cache.getQueryData<Setting[]>(SETTINGS);
      cache.setQueryData<Setting[]>(SETTINGS, (all) =>
        all?.map((one) => (one.kind === changed.kind ? changed : one)),
      );
      return { before };
    },
    onError: (_error, _changed, kept) => cache.setQueryData(SETTINGS, kept?.before),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: SETTINGS });
      afterwards();
    },
  });
}
