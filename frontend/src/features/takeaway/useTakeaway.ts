import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";

export type Export = Schema<"ExportOut">;
export type Brought = Schema<"BringOut">;
export type Report = Schema<"BringReport">;
export type Elsewhere = Schema<"BroughtOut">;

const AGAIN_MS = 1_000;
const PARTS_AT_ONCE = 2;
const MOST_AT_STORY = 50;
/** The most that one file from the screen may be. */
export const MOST_GB = 2;

export const isUnderWay = (item: Export | undefined) => item?.state === "asked" || item?.state === "making";

/** One's own exports, the newest first; while one is being made it is asked again and again. */
export function useExports() {
  return useQuery({
    queryKey: ["exports"],
    queryFn: () => body(api.GET("/v1/me/exports")),
    select: ({ items }) => items,
    refetchInterval: ({ state }) => (isUnderWay(state.data?.items[0]) ? AGAIN_MS : false),
  });
}

export function useAskExport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => body(api.POST("/v1/me/exports")),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["exports"] }),
  });
}

export function useThrowAway() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      api.DELETE("/v1/me/exports/{export_id}", { params: { path: { export_id: id } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["exports"] }),
  });
}

/** Where the browser fetches it: the answer leads to the store. */
export const addressOf = (id: string) => `/v1/me/exports/${id}/file`;

export function useImports() {
  return useQuery({
    queryKey: ["imports"],
    queryFn: () => body(api.GET("/v1/me/imports")),
    select: ({ items }) => items,
  });
}

/** One import; while it is being brought in it is asked again and again. */
export function useImport(id: string) {
  return useQuery({
    queryKey: ["imports", id],
    queryFn: () => body(api.GET("/v1/me/imports/{import_id}", { params: { path: { import_id: id } } })),
    refetchInterval: ({ state }) => (state.data?.state === "reading" ? AGAIN_MS : false),
  });
}

/** Sends a file part by part and has it brought in; resolves to the import's id. `onSent`: how far, from 0 to 1. */
export function useBring(onSent: (part: number) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (file: File): Promise<string> => {
      const plan = await body(
        api.POST("/v1/me/imports", { body: { name: file.name.slice(0, 200), size: file.size } }),
      );
      const begins = plan.parts.map((_, place) =>
        plan.parts.slice(0, place).reduce((sum, p) => sum + p.size, 0),
      );
      const gone = new Map<number, number>();
      const parts: Schema<"SentPart">[] = [];
      const waiting = [...plan.parts];
      const worker = async () => {
        for (let part = waiting.shift(); part; part = waiting.shift()) {
          const { number, size, url } = part;
          const begin = begins[number - 1] ?? 0;
          const etag = await put(url, file.slice(begin, begin + size), (bytes) => {
            gone.set(number, bytes);
            onSent([...gone.values()].reduce((sum, each) => sum + each, 0) / file.size);
          });
          parts.push({ number, etag });
        }
      };
      await Promise.all(Array.from({ length: PARTS_AT_ONCE }, worker));
      await api.POST("/v1/me/imports/{import_id}/sent", {
        params: { path: { import_id: plan.id } },
        body: { parts },
      });
      return plan.id;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["imports"] }),
  });
}

/** `fetch` does not tell how much has gone out. */
function put(url: string, bytes: Blob, onProgress: (bytes: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () =>
      request.status < 300
        ? resolve(request.getResponseHeader("ETag") ?? "")
        : reject(new TypeError("refused"));
    request.onerror = () => reject(new TypeError("no network"));
    request.send(bytes);
  });
}

/** What others said elsewhere, a page at a time. */
export function useElsewhere() {
  return useInfiniteQuery({
    queryKey: ["brought-records"],
    queryFn: ({ pageParam }) =>
      body(api.GET("/v1/me/brought-records", { params: { query: { cursor: pageParam, limit: 50 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** What was said elsewhere at one story; of most there is nothing. */
export function useElsewhereAt(entryId: string) {
  return useQuery({
    queryKey: ["brought-records", entryId],
    queryFn: () =>
      body(api.GET("/v1/me/brought-records", { params: { query: { entryId, limit: MOST_AT_STORY } } })),
    select: ({ items }) => items,
  });
}

export function useForget() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      api.DELETE("/v1/me/brought-records/{record_id}", { params: { path: { record_id: id } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["brought-records"] }),
  });
}
