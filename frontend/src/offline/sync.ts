import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { ApiProblem } from "~/api/problem";
import { ME } from "~/session";
import { alone, type Traffic, workInBackground } from "./background";
import { isUnsent, readDrafts } from "./drafts";
import { putFromPage, sendEntry, sendStep, uploadGate } from "./gate";
import { Retrier, sendDrafts } from "./outbox";
import { isWaiting, readSteps, sendSteps } from "./steps";
import { UploadQueue, type UploadView } from "./uploads";

/** All that travels between this device and the server for one person. */
export class Sync {
  readonly uploads: UploadQueue;
  readonly #drafts: Retrier;
  readonly #files: Retrier;
  readonly #steps: Retrier;
  readonly #channel: BroadcastChannel;
  readonly #personId: string;

  /** `onSignedOut`: the session ended elsewhere; what waits here goes on after the next sign-in. */
  constructor(personId: string, onSent: () => void, onSignedOut: () => void) {
    this.#personId = personId;
    const sending = (name: Traffic, work: () => Promise<void>) =>
      new Retrier(() =>
        alone(name, personId, async () => {
          try {
            await work();
          } catch (error) {
            if (error instanceof ApiProblem && error.status === 401) onSignedOut();
            throw error;
          }
          onSent();
        }),
      );
    this.#drafts = sending("drafts", () => sendDrafts(personId, sendEntry));
    this.uploads = new UploadQueue(
      personId,
      uploadGate(personId, putFromPage, () => this.#drafts.nudge()),
    );
    this.#files = sending("files", async () => {
      await this.uploads.run();
      this.#channel.postMessage("files");
    });
    this.#steps = sending("steps", async () => {
      // A step may come from a story that is on its way itself.
      await this.#drafts.nudge();
      await sendSteps(personId, sendStep);
    });
    this.#channel = new BroadcastChannel(`sync:${personId}`);
    this.#channel.onmessage = () => void this.uploads.load();
    addEventListener("online", this.nudge);
    document.addEventListener("visibilitychange", this.#onVisible);
    this.nudge();
  }

  /** Something was written or added: try now. */
  readonly nudge = (): void => {
    void this.#drafts.nudge();
    void this.#files.nudge();
    void this.#steps.nudge();
  };

  /** Tries to send the drafts; resolves when this try is over. */
  sendNow(): Promise<void> {
    return this.#drafts.nudge();
  }

  readonly #onVisible = (): void => {
    if (document.visibilityState === "visible") this.nudge();
    else void this.#leaveToWorker();
  };

  /** The app may be closed now: what still waits goes on without it. */
  async #leaveToWorker(): Promise<void> {
    const files = this.uploads.snapshot().some(({ state }) => state !== "done" && state !== "refused");
    const words = (await readDrafts(this.#personId)).some(isUnsent);
    const steps = (await readSteps(this.#personId)).some(isWaiting);
    if (files || words || steps) await workInBackground(this.#personId);
  }

  stop(): void {
    removeEventListener("online", this.nudge);
    document.removeEventListener("visibilitychange", this.#onVisible);
    this.#drafts.stop();
    this.#files.stop();
    this.#steps.stop();
    this.uploads.stop();
    this.#channel.close();
  }
}

let current: Sync | null = null;
const waiting = new Set<() => void>();

function set(sync: Sync | null): void {
  current = sync;
  for (const changed of waiting) changed();
}

/** Starts the traffic of the signed-in person, stops it at sign-out. Used once, by the app. */
export function useSync(personId: string | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!personId) return;
    const sync = new Sync(
      personId,
      () => {
        for (const key of ["portfolio", "entry", "my", "put-away", "steps", "today", "calendar"])
          void queries.invalidateQueries({ queryKey: [key] });
      },
      () => void queries.invalidateQueries({ queryKey: ME }),
    );
    set(sync);
    return () => {
      sync.stop();
      set(null);
    };
  }, [personId, queries]);
}

/** The traffic of the signed-in person; `null` for a moment after sign-in. */
export function useCurrentSync(): Sync | null {
  return useSyncExternalStore(
    (changed) => {
      waiting.add(changed);
      return () => waiting.delete(changed);
    },
    () => current,
  );
}

const NONE: readonly UploadView[] = [];
const silence = () => () => {};

/** The files of an entry that are on their way or have just arrived. */
export function useUploads(entryId: string): readonly UploadView[] {
  const sync = useCurrentSync();
  const all = useSyncExternalStore(
    sync?.uploads.subscribe ?? silence,
    sync?.uploads.snapshot ?? (() => NONE),
  );
  return all.filter((upload) => upload.entryId === entryId);
}
