import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";
import { isUnsent, readDrafts } from "~/offline";

export type Session = Schema<"SessionOut">;
export type PutAwayState = "archived" | "trashed";

const SESSIONS = ["sessions"] as const;

/** Where this person is signed in. */
export function useSessions() {
  return useQuery({
    queryKey: SESSIONS,
    queryFn: async () => (await body(api.GET("/v1/sessions"))).items,
  });
}

/** Signs out on another device. */
export function useEndSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body(api.DELETE("/v1/sessions/{session_id}", { params: { path: { session_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: SESSIONS }),
  });
}

/** A new password, by who knows the old one; other devices sign in again. */
export function useChangePassword() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Schema<"PasswordChange">) => body(api.PUT("/v1/me/password", { body: change })),
    onSuccess: () => queries.invalidateQueries({ queryKey: SESSIONS }),
  });
}

/** What the pupil put away, or threw away. */
export function usePutAway(state: PutAwayState) {
  return useQuery({
    queryKey: ["my", "entries", state],
    queryFn: async () => (await body(api.GET("/v1/me/entries", { params: { query: { state } } }))).items,
  });
}

/** How many drafts on this device did not reach the school yet. */
export function useUnsaved(personId: string): number {
  const drafts = useQuery({
    queryKey: ["drafts", personId],
    queryFn: () => readDrafts(personId),
    networkMode: "always",
  });
  return drafts.data?.filter(isUnsent).length ?? 0;
}

/** Brings an entry back to where it was. */
export function useRestore() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body(api.POST("/v1/entries/{entry_id}/restore", { params: { path: { entry_id: id } } })),
    onSettled: () => queries.invalidateQueries(),
  });
}
