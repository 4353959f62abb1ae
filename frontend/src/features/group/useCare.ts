import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { v7 as newId } from "uuid";
import { api, body, type Schema } from "~/api/client";

export type Care = Schema<"GroupCare">;
export type CarePupil = Schema<"CarePupil">;

/** For whom something can be done in a group, and what the class saw as a whole. */
export function useCare(groupId: string) {
  return useQuery({
    queryKey: ["care", groupId],
    queryFn: () => body(api.GET("/v1/groups/{group_id}/care", { params: { path: { group_id: groupId } } })),
  });
}

/** Reminding pupils of a group with one tap, and taking that back. */
export function useReminding(groupId: string) {
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: ["care"] });
  const remind = useMutation({
    // The id is made for each tap: a retry by hand finds who was reminded already.
    mutationFn: (pupilIds: string[]) =>
      body(
        api.PUT("/v1/reminders/{reminder_id}", {
          params: { path: { reminder_id: newId() } },
          body: { groupId, pupilIds },
        }),
      ),
    onSettled,
  });
  const takeBack = useMutation({
    mutationFn: (id: string) =>
      api.DELETE("/v1/reminders/{reminder_id}", { params: { path: { reminder_id: id } } }),
    onSettled,
  });
  return { remind, takeBack };
}
