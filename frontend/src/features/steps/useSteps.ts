import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { v7 as newId } from "uuid";
import { api, body, ifMatch, type Schema } from "~/api/client";
import { keepStep, type StepContent, useCurrentSync } from "~/offline";
import { useMe } from "~/session";

export type Step = Schema<"Step">;
export type StepState = Step["state"];

/** The pupil's own steps; nobody else sees them. */
export function useSteps() {
  return useQuery({ queryKey: ["steps"], queryFn: () => body(api.GET("/v1/me/steps")) });
}

/** Keeps a new step on the device, and sends it as soon as that can be. */
export function useNewStep(): (content: StepContent) => void {
  const me = useMe();
  const sync = useCurrentSync();
  return (content) => {
    keepStep(me.id, { id: newId(), content });
    sync?.nudge();
  };
}

/** Changes to one step, each from the version that was read. */
export function useStep() {
  const cache = useQueryClient();
  const fresh = () =>
    Promise.all(["steps", "today"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
  const move = useMutation({
    mutationFn: ({ step, state }: { step: Pick<Step, "id" | "version">; state: StepState }) =>
      body(
        api.PUT("/v1/me/steps/{step_id}/state", {
          params: { path: { step_id: step.id } },
          headers: ifMatch(step.version),
          body: { state },
        }),
      ),
    onSettled: fresh,
  });
  const change = useMutation({
    mutationFn: ({ step, content }: { step: Pick<Step, "id" | "version">; content: StepContent }) =>
      body(
        api.PUT("/v1/me/steps/{step_id}", {
          params: { path: { step_id: step.id } },
          headers: ifMatch(step.version),
          body: content,
        }),
      ),
    onSettled: fresh,
  });
  return { move, change };
}
