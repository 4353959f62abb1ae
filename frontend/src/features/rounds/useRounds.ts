import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, ifMatch, type Schema } from "~/api/client";

export type ClassRounds = Schema<"GroupRounds">;
export type RoundPupil = ClassRounds["pupils"][number];
export type RoundTalk = Schema<"RoundTalk">;
export type RoundContent = Schema<"RoundContent">;
export type Kind = RoundContent["kind"];
export type AgreedStep = Schema<"AgreedStep">;

export const KINDS: readonly Kind[] = ["progress", "career", "sector_profile", "study", "transfer"];

const KEY = "rounds";

/** The classes of a school that one guides, with their talks of this year in numbers. */
export function useSchoolRounds(schoolId: string) {
  return useQuery({
    queryKey: [KEY, "school", schoolId],
    queryFn: () =>
      body(api.GET("/v1/schools/{school_id}/conversations", { params: { path: { school_id: schoolId } } })),
  });
}

/** One class by pupil, with what planning asks. */
export function useClassRounds(groupId: string) {
  return useQuery({
    queryKey: [KEY, "class", groupId],
    queryFn: () =>
      body(api.GET("/v1/groups/{group_id}/conversations", { params: { path: { group_id: groupId } } })),
  });
}

/** After planning, or taking back, everything that shows talks is read anew. */
function useChange<Value, Out>(send: (value: Value) => Promise<Out>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () =>
      Promise.all(
        [KEY, "conversations", "calendar", "agreed-steps"].map((key) =>
          cache.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  });
}

export function usePlanRound(groupId: string) {
  return useChange((content: RoundContent) =>
    body(
      api.POST("/v1/groups/{group_id}/conversations", {
        params: { path: { group_id: groupId } },
        body: content,
      }),
    ),
  );
}

export function useTakeBack(groupId: string) {
  return useChange((ids: string[]) =>
    body(
      api.POST("/v1/groups/{group_id}/conversations/take-back", {
        params: { path: { group_id: groupId } },
        body: { ids },
      }),
    ),
  );
}

/** What one agreed to do in talks, from its day on. */
export function useAgreedSteps() {
  return useQuery({
    queryKey: ["agreed-steps"],
    queryFn: () => body(api.GET("/v1/me/agreed-steps")),
  });
}

export function useStepState() {
  return useChange(
    ({ step, state, version }: { step: AgreedStep; state: "done" | "open"; version: number }) =>
      body(
        api.PUT("/v1/conversations/{conversation_id}/steps/{step_id}/state", {
          params: { path: { conversation_id: step.conversationId, step_id: step.id } },
          headers: ifMatch(version),
          body: { state },
        }),
      ),
  );
}
