import { useEffect, useState } from "react";
import type { Schema } from "~/api/client";
import type { ApiProblem } from "~/api/problem";
import { device, type StepContent, type StepState, type WaitingStep } from "./database";
import { isPassing } from "./outbox";

type Receipt = Schema<"StepReceipt">;

/** What is new about a step: the words and days, or where it stands, or both. */
export interface StepChange {
  content?: StepContent;
  state?: StepState;
}

/**
 * Sends a change that builds on `version`, or a new step (`null`). The same again gets the same answer. Throws
 * `ApiProblem` when refused, anything else without network.
 */
export type SendStep = (id: string, change: StepChange, version: number | null) => Promise<Receipt>;

/** One's steps that wait on this device, in the order they were written. */
export async function readSteps(personId: string): Promise<WaitingStep[]> {
  const steps = await (await device()).getAllFromIndex("steps", "person", personId);
  return steps.sort((one, other) => one.savedAt - other.savedAt);
}

/** Whether something of it can still be sent as it is. */
export function isWaiting({ refusal }: WaitingStep): boolean {
  return !refusal;
}

/** Reads, changes and writes one step in one transaction, and tells all tabs; `null` takes it off the device. */
async function update(
  personId: string,
  id: string,
  change: (step: WaitingStep | undefined) => WaitingStep | null | undefined,
): Promise<WaitingStep | null | undefined> {
  const transaction = (await device()).transaction("steps", "readwrite");
  const step = change(await transaction.store.get([personId, id]));
  if (step) await transaction.store.put(step);
  else if (step === null) await transaction.store.delete([personId, id]);
  await transaction.done;
  const tabs = new BroadcastChannel(channelOf(personId));
  tabs.postMessage("changed");
  tabs.close();
  return step;
}

const channelOf = (personId: string) => `steps:${personId}`;

/** Keeps what the pupil did here until the school has it; a reload or a flat battery does no harm. */
export async function keepStep(
  personId: string,
  { id, text, version }: { id: string; text: string; version: number | null },
  { content, state }: StepChange,
): Promise<void> {
  await update(personId, id, (kept) => {
    // What the school did not take is over: this builds on what it has now.
    const before =
      kept && !kept.refusal
        ? kept
        : { personId, id, text, version, revision: kept?.revision ?? 0, savedAt: Date.now() };
    return {
      ...before,
      ...(content && { content, text: content.text }),
      ...(state && { state }),
      revision: before.revision + 1,
    };
  });
}

/** Takes a step off this device. */
export async function dropStep(personId: string, id: string): Promise<void> {
  await update(personId, id, () => null);
}

/**
 * Sends a change of a step that the school has. Where that cannot be now, or where an earlier one still waits, it
 * is kept here and `null` comes back. Throws `ApiProblem` when refused.
 */
export async function changeStep(
  personId: string,
  step: { id: string; text: string; version: number },
  change: StepChange,
  send: SendStep,
): Promise<Receipt | null> {
  const kept = await (await device()).get("steps", [personId, step.id]);
  if (!kept || kept.refusal) {
    try {
      const receipt = await send(step.id, change, step.version);
      if (kept) await dropStep(personId, step.id);
      return receipt;
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
  }
  await keepStep(personId, step, change);
  return null;
}

/** Sends one step until the server has all of it or says no. */
async function sendOne(personId: string, id: string, send: SendStep): Promise<void> {
  for (;;) {
    const step = await update(personId, id, (kept) => {
      if (!kept || kept.refusal) return;
      const { content, state, revision } = kept;
      return { ...kept, sending: kept.sending ?? { content, state, revision } };
    });
    if (!step?.sending) return;
    const { content, state, revision } = step.sending;
    try {
      const { version } = await send(id, { content, state }, step.version);
      await update(personId, id, (kept) => {
        if (!kept) return;
        if (kept.revision === revision) return null;
        const { sending: _, ...rest } = kept;
        return { ...rest, version };
      });
    } catch (error) {
      if (isPassing(error)) throw error;
      const problem = error as ApiProblem;
      const kind = problem.status === 412 ? "conflict" : "refused";
      await update(personId, id, (kept) => {
        if (!kept) return;
        const { sending: _, ...rest } = kept;
        return { ...rest, refusal: { kind, text: problem.message } };
      });
      return;
    }
  }
}

/** Sends what waits, in the order it was written. Throws when it should be tried again later. */
export async function sendSteps(personId: string, send: SendStep): Promise<void> {
  for (const { id } of await readSteps(personId)) await sendOne(personId, id, send);
}

/** What waits on this device, also when another tab or the service worker changes it. */
export function useWaitingSteps(personId: string): readonly WaitingStep[] {
  const [steps, setSteps] = useState<readonly WaitingStep[]>([]);
  useEffect(() => {
    let left = false;
    const look = () => void readSteps(personId).then((found) => !left && setSteps(found));
    const tabs = new BroadcastChannel(channelOf(personId));
    tabs.onmessage = look;
    look();
    return () => {
      left = true;
      tabs.close();
    };
  }, [personId]);
  return steps;
}
