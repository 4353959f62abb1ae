import { useMemo, useSyncExternalStore } from "react";
import { type ApiProblem, api, type Schema } from "~/api/client";
import { isPassing } from "./outbox";

export type StepContent = Schema<"StepContent">;

/** A step that was written on this device and that the school does not have yet. */
export interface WaitingStep {
  id: string;
  content: StepContent;
  /** Why the school did not take it. */
  refusal?: string;
}

const listeners = new Set<() => void>();
const keyOf = (personId: string) => `steps:${personId}`;

function parse(kept: string | null): WaitingStep[] {
  return kept ? (JSON.parse(kept) as WaitingStep[]) : [];
}

function change(personId: string, by: (steps: WaitingStep[]) => WaitingStep[]): void {
  const steps = by(parse(localStorage.getItem(keyOf(personId))));
  if (steps.length === 0) localStorage.removeItem(keyOf(personId));
  else localStorage.setItem(keyOf(personId), JSON.stringify(steps));
  for (const changed of listeners) changed();
}

/** Keeps a step on this device until the school has it; a reload or a flat battery does no harm. */
export function keepStep(personId: string, step: WaitingStep): void {
  change(personId, (steps) => [...steps.filter(({ id }) => id !== step.id), step]);
}

/** Takes a step off this device. */
export function dropStep(personId: string, id: string): void {
  change(personId, (steps) => steps.filter((step) => step.id !== id));
}

/** Sends what waits, in the order it was written. Throws when it should be tried again later. */
export async function sendSteps(personId: string): Promise<void> {
  for (const { id, content, refusal } of parse(localStorage.getItem(keyOf(personId)))) {
    if (refusal) continue;
    try {
      // The same id and words again give the same answer: an answer lost in a dead spot does no harm.
      await api.PUT("/v1/me/steps/{step_id}", { params: { path: { step_id: id } }, body: content });
      dropStep(personId, id);
    } catch (error) {
      if (isPassing(error)) throw error;
      keepStep(personId, { id, content, refusal: (error as ApiProblem).message });
    }
  }
}

/** What waits on this device, also when another tab changes it. */
export function useWaitingSteps(personId: string): readonly WaitingStep[] {
  const kept = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      addEventListener("storage", changed);
      return () => {
        listeners.delete(changed);
        removeEventListener("storage", changed);
      };
    },
    () => localStorage.getItem(keyOf(personId)),
  );
  return useMemo(() => parse(kept), [kept]);
}
