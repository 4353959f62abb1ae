import type { Schema } from "~/api/client";
import type { WaitingStep } from "~/offline";
import type { Step } from "./useSteps";

export type ShownStep = Step & { onDevice?: boolean };

interface Shown {
  open: readonly ShownStep[];
  behind: readonly ShownStep[];
}

/** The steps as the pupil left them on this device: what the school does not know yet counts already. */
export function asLeftHere(steps: Schema<"StepList">, waiting: readonly WaitingStep[]): Shown {
  const left = new Map(waiting.filter(({ refusal }) => !refusal).map((step) => [step.id, step]));
  const all = [...steps.open, ...steps.behind].map((step): ShownStep => {
    const here = left.get(step.id);
    if (!here) return step;
    const state = here.state ?? step.state;
    const endedAt = state === "open" ? null : (step.endedAt ?? new Date(here.savedAt).toISOString());
    return { ...step, ...here.content, entryId: step.entryId, state, endedAt, onDevice: true };
  });
  const ended = ({ endedAt }: ShownStep) => (endedAt ? Date.parse(endedAt) : 0);
  return {
    open: all.filter(({ state }) => state === "open"),
    behind: all.filter(({ state }) => state !== "open").sort((one, other) => ended(other) - ended(one)),
  };
}
