import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";

export type RosterImport = Schema<"ImportOut">;

const AGAIN_MS = 1_000;

/** The newest imports of the school. */
export function useImports(schoolId: string) {
  return useQuery({
    queryKey: ["roster-imports", schoolId],
    queryFn: () =>
      body(api.GET("/v1/schools/{school_id}/roster-imports", { params: { path: { school_id: schoolId } } })),
  });
}

const busy = (state: RosterImport["state"] | undefined) => state === "reading" || state === "applying";

/** One import; while the worker has it in hand it is asked again and again. */
export function useImport(id: string) {
  return useQuery({
    queryKey: ["roster-import", id],
    queryFn: () => body(api.GET("/v1/roster-imports/{import_id}", { params: { path: { import_id: id } } })),
    refetchInterval: ({ state }) => (busy(state.data?.state) ? AGAIN_MS : false),
  });
}

/** Sends a file and has it compared; resolves to the import's id. `onSent` tells how far it is, from 0 to 1. */
export function useSendRoster(schoolId: string, onSent: (part: number) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (file: File): Promise<string> => {
      const plan = await body(
        api.POST("/v1/schools/{school_id}/roster-imports", {
          params: { path: { school_id: schoolId } },
          body: { name: file.name.slice(0, 200), size: file.size },
        }),
      );
      const etag = await put(plan.url, file, onSent);
      await api.POST("/v1/roster-imports/{import_id}/read", {
        params: { path: { import_id: plan.id } },
        body: { etag },
      });
      return plan.id;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["roster-imports", schoolId] }),
  });
}

/** `fetch` does not tell how much has gone out. */
function put(url: string, file: File, onSent: (part: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.upload.onprogress = (event) => onSent(event.loaded / event.total);
    request.onload = () =>
      request.status < 300
        ? resolve(request.getResponseHeader("ETag") ?? "")
        : reject(new TypeError("refused"));
    request.onerror = () => reject(new TypeError("no network"));
    request.send(file);
  });
}

/** Has it done. */
export function useApply(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (asked: Schema<"ImportApply">) =>
      api.POST("/v1/roster-imports/{import_id}/apply", { params: { path: { import_id: id } }, body: asked }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["roster-import", id] }),
  });
}
