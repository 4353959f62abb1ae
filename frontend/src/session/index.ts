import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { ApiProblem, api, body, type Schema } from "~/api/client";
import { forgetDevice } from "~/offline/database";
import { keepWho, keptWho } from "./kept";
import { useLeave } from "./schoolAccounts";

export type Me = Schema<"Me">;

export const ME = ["me"] as const;

/** Who is signed in; `null` when nobody is. In a dead spot: who was, on a device of one's own. */
export function useSession() {
  return useQuery({
    queryKey: ME,
    staleTime: 5 * 60_000,
    networkMode: "always",
    refetchOnReconnect: "always",
    queryFn: async (): Promise<Me | null> => {
      try {
        const me = await body(api.GET("/v1/me"));
        keepWho(me);
        return me;
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 401) {
          keepWho(null);
          return null;
        }
        const kept = error instanceof TypeError ? keptWho() : null;
        if (kept) return kept;
        throw error;
      }
    },
  });
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

/** Somebody signed in: nothing that was read for who was here before is shown to this person. */
export function useWelcome(): (me: Me) => void {
  const queries = useQueryClient();
  return useCallback(
    (me) => {
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
      queries.setQueryData(ME, me);
      keepWho(me);
    },
    [queries],
  );
}

/** Turns to nobody here; a shared device forgets everything of who was signed in. */
export function useForget(): () => Promise<void> {
  const queries = useQueryClient();
  const leave = useLeave();
  return useCallback(async () => {
    const me = queries.getQueryData<Me | null>(ME);
    // Where the browser has cleared the site's storage at the server's word, there is nothing left to forget.
    if (me?.device === "shared") await forgetDevice(me.id).catch(() => {});
    // The screens watch `ME`: it turns to nobody in place, and only the rest is dropped.
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
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
