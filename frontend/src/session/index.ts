import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { ApiProblem, api, body, type Schema } from "~/api/client";
import { forgetDevice } from "~/offline/database";
import { keepWho, keptWho } from "./kept";
import { useLeave } from "./schoolAccounts";

export type Me = Schema<"Me">;
export type FactorDue = Schema<"FactorDue">;

export const ME = ["me"] as const;
export const DUE = ["factor-due"] as const;

/** Who is signed in; `null` when nobody is, or when a second factor is owed first. In a dead spot: who was, on a device of one's own. */
export function useSession() {
  return useQuery({
    queryKey: ME,
    staleTime: 5 * 60_000,
    networkMode: "always",
    refetchOnReconnect: "always",
    queryFn: async ({ client }): Promise<Me | null> => {
      try {
        const me = await body(api.GET("/v1/me"));
        keepWho(me);
        return me;
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 401) {
          keepWho(null);
          client.setQueryData(
            DUE,
            owesFactor(error) ? await body(api.GET("/v1/sessions/current/factor")) : null,
          );
          return null;
        }
        const kept = error instanceof TypeError ? keptWho() : null;
        if (kept) return kept;
        throw error;
      }
    },
  });
}

/** Whether a second factor is owed before anything else opens. */
export function owesFactor(error: unknown): boolean {
  return error instanceof ApiProblem && error.type.endsWith("/factor-needed");
}

/** What is owed by whoever came in so far; `null` where nothing is. */
export function useFactorDue(): FactorDue | null {
  return useQuery<FactorDue | null>({ queryKey: DUE, queryFn: () => null, enabled: false }).data ?? null;
}

/** The signed-in person, on screens that only such a person reaches. */
export function useMe(): Me {
  const { data } = useSession();
  if (!data) throw new Error("a screen for a signed-in person was shown to nobody");
  return data;
}

/** Changes one's own settings; the answer is the new "me". */
export function useChangeMe() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Schema<"MeChange">) => body(api.PATCH("/v1/me", { body: change })),
    onSuccess: (me) => queries.setQueryData(ME, me),
  });
}

/**
 * Somebody signed in, or did so far: nothing that was read for who was here before is shown to this person. The screens
 * watch both `ME` and what is due, which change in place; only the rest is dropped.
 */
export function useWelcome(): (welcome: Me | FactorDue) => void {
  const queries = useQueryClient();
  return useCallback(
    (welcome) => {
      dropRest(queries);
      const me = "due" in welcome ? null : welcome;
      queries.setQueryData(ME, me);
      queries.setQueryData(DUE, "due" in welcome ? welcome : null);
      keepWho(me);
    },
    [queries],
  );
}

/** A second factor was set up on the way in: on to the page that was asked for. */
export function useFinish(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(async () => {
    await queries.refetchQueries({ queryKey: ME });
    queries.setQueryData(DUE, null);
  }, [queries]);
}

/** Goes back from a sign-in that still owes a second factor. */
export function useGoBack(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(async () => {
    try {
      await api.DELETE("/v1/sessions/current/factor");
    } finally {
      // One that cannot be reached ends by itself within minutes.
      queries.setQueryData(DUE, null);
    }
  }, [queries]);
}

function dropRest(queries: QueryClient): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] && queryKey[0] !== DUE[0] });
}

/** Turns to nobody here; a shared device forgets everything of who was signed in. */
export function useForget(): () => Promise<void> {
  const queries = useQueryClient();
  const leave = useLeave();
  return useCallback(async () => {
    const me = queries.getQueryData<Me | null>(ME);
    // Where the browser has cleared the site's storage at the server's word, there is nothing left to forget.
    if (me?.device === "shared") await forgetDevice(me.id).catch(() => {});
    dropRest(queries);
    queries.setQueryData(ME, null);
    leave(me?.schoolAccount);
    keepWho(null);
  }, [queries, leave]);
}

/** Ends this session, or all. */
export function useSignOut(): (everywhere?: boolean) => Promise<void> {
  const forget = useForget();
  return useCallback(
    async (everywhere = false) => {
      try {
        if (everywhere) await api.DELETE("/v1/sessions");
        else await api.DELETE("/v1/sessions/current");
      } catch (error) {
        // A session that had ended by itself is one less to end.
        if (!(error instanceof ApiProblem && error.status === 401)) throw error;
      }
      await forget();
    },
    [forget],
  );
}
