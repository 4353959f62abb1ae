import { useQuery } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";

export type Group = Schema<"GroupPage">;
export type QueueItem = Schema<"QueueItem">;

/** The class overview of a teacher's own class, or of a class in the dean's school. */
export function useGroup(id: string) {
  return useQuery({
    queryKey: ["group", id],
    queryFn: () => body(api.GET("/v1/groups/{group_id}", { params: { path: { group_id: id } } })),
  });
}

const FIRST_WAITING = 4;

/** The oldest few that wait for this teacher, from all of their classes. */
export function useFirstWaiting() {
  return useQuery({
    queryKey: ["review-queue", "first"],
    queryFn: () => body(api.GET("/v1/review-queue", { params: { query: { limit: FIRST_WAITING } } })),
  });
}

/** How many pupils of a teacher's own class wait because their PIN was wrong too often. */
export function useLockedCount(groupId: string, enabled: boolean): number {
  const signIn = useQuery({
    queryKey: ["group-sign-in", groupId],
    queryFn: () =>
      body(api.GET("/v1/groups/{group_id}/sign-in", { params: { path: { group_id: groupId } } })),
    enabled,
  });
  return signIn.data?.pupils.filter((pupil) => pupil.lockedUntil).length ?? 0;
}
