import { useQuery, useQueryClient } from "@tanstack/react-query";
import { readProblem } from "~/api/problem";
import type { ActivityQuestion } from "./questions";

export type AskedActivity = { id: string; version: number; questions: readonly ActivityQuestion[] };
type Known = { id: string; version?: number; questions?: readonly ActivityQuestion[] };

const whole = (one: Known | undefined): AskedActivity | null =>
  one?.version && one.questions ? { id: one.id, version: one.version, questions: one.questions } : null;

async function read(id: string): Promise<AskedActivity | null> {
  const answer = await fetch(`/v1/me/activities/${id}`, { headers: { "X-Requested-By": "portfolio" } });
  if (answer.status === 404) return null;
  if (!answer.ok) throw await readProblem(answer);
  return whole(await answer.json());
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
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: () =>
      whole(queries.getQueryData<Known[]>(["my", "activities"])?.find(({ id }) => id === activityId)) ??
      undefined,
    queryFn: () => read(activityId ?? ""),
  });
  return found.data ?? null;
}
