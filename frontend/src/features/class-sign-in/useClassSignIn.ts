import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";
import { save } from "~/api/save";

export type GroupSignIn = Schema<"GroupSignIn">;
export type Pupil = Schema<"GroupSignInPupil">;
export type Window = Schema<"ClassWindowOut">;

const WATCH_MS = 3_000;

const keyOf = (groupId: string) => ["group-sign-in", groupId] as const;
const at = (groupId: string) => ({ params: { path: { group_id: groupId } } });
const of = (pupilId: string) => ({ params: { path: { pupil_id: pupilId } } });

/** How this class comes in; looked at again every few seconds while its window is open. */
export function useGroupSignIn(groupId: string) {
  return useQuery({
    queryKey: keyOf(groupId),
    queryFn: () => body(api.GET("/v1/groups/{group_id}/sign-in", at(groupId))),
    refetchInterval: ({ state }) => (state.data?.window ? WATCH_MS : false),
  });
}

/** Opens the window of this class, or closes it. */
export function useClassWindow(groupId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (open: boolean) =>
      open
        ? body(api.PUT("/v1/groups/{group_id}/class-window", at(groupId)))
        : body(api.DELETE("/v1/groups/{group_id}/class-window", at(groupId))),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(groupId) }),
  });
}

/** New cards for these pupils, or for the whole class, as a file to print. It is made once and kept nowhere. */
export function useNewCards(groupId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ pupilIds, fileName }: { pupilIds: string[] | null; fileName: string }) => {
      const sheet = await body(
        api.POST("/v1/groups/{group_id}/cards", { ...at(groupId), body: { pupilIds }, parseAs: "blob" }),
      );
      save(sheet as unknown as Blob, fileName);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(groupId) }),
  });
}

/** The card that a pupil lost works no longer. */
export function useRevokeCard(groupId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (pupilId: string) => body(api.DELETE("/v1/pupils/{pupil_id}/card", of(pupilId))),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(groupId) }),
  });
}

/** The pupil chooses a new PIN the next time. */
export function useResetPin(groupId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (pupilId: string) => body(api.DELETE("/v1/pupils/{pupil_id}/pin", of(pupilId))),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(groupId) }),
  });
}
