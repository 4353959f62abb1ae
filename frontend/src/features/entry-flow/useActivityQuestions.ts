import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, api, body, type Schema } from "~/api/client";

export type AskedActivity = Pick<Schema<"Waiting">, "id" | "version" | "questions">;

/** School may have changed what it asks; what is answered keeps the words in which it was asked. */
const ASKED_ANEW_MS = 10 * 60_000;

async function read(id: string): Promise<AskedActivity | null> {
  try {
    return await body(api.GET("/v1/me/activities/{activity_id}", { params: { path: { activity_id: id } } }));
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

/**
 * The two questions that school asks about this activity, if any. What waits on the first screen is known already, so
 * they are there without network as well.
 */
export function useActivityQuestions(activityId: string | null | undefined): AskedActivity | null {
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: ["my", "activity", activityId],
    enabled: Boolean(activityId),
    staleTime: ASKED_ANEW_MS,
    placeholderData: () =>
      queries
        .getQueryData<Schema<"WaitingList">>(["my", "activities"])
        ?.items.find(({ id }) => id === activityId),
    queryFn: () => read(activityId ?? ""),
  });
  return found.data ?? null;
}
