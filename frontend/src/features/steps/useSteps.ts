import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { v7 as newId } from "uuid";
import { api, body, type Schema } from "~/api/client";
import { changeStep, keepStep, type StepChange, type StepContent, sendStep, useCurrentSync } from "~/offline";
import { useMe } from "~/session";

export type Step = Schema<"Step">;

/** The pupil's own steps; nobody else sees them. */
export function useSteps() {
  return useQuery({ queryKey: ["steps"], queryFn: () => body(api.GET("/v1/me/steps")) });
}

/** What the story is called that a step comes from; unknown in a dead spot. */
export function useStoryTitle(entryId: string | null): string | undefined {
  const story = useQuery({
    queryKey: ["entry", entryId],
    enabled: entryId !== null,
    queryFn: () => body(api.GET("/v1/entries/{entry_id}", { params: { path: { entry_id: entryId ?? "" } } })),
  });
  return story.data?.title;
}

/** Keeps a new step on the device, and sends it as soon as that can be. */
export function useNewStep(): (content: StepContent) => Promise<void> {
  const me = useMe();
  const sync = useCurrentSync();
  return async (content) => {
    await keepStep(me.id, { id: newId(), text: content.text, version: null }, { content });
    sync?.nudge();
  };
}

/** A change of one step, from the version that was read; in a dead spot it waits on the device (`null`). */
export function useStep() {
  const me = useMe();
  const sync = useCurrentSync();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ step, ...change }: { step: Pick<Step, "id" | "text" | "version"> } & StepChange) =>
      changeStep(me.id, step, change, sendStep),
    onSuccess: (receipt) => receipt ?? sync?.nudge(),
    onSettled: () =>
      Promise.all(["steps", "today", "calendar"].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
  });
}
