import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { readDraft } from "./drafts";
import { sendEntry, uploadGate } from "./gate";
import { Retrier, sendDrafts } from "./outbox";
import { UploadQueue, type UploadView } from "./uploads";

/** Runs `work` in one tab at a time. */
function alone(name: string, work: () => Promise<void>): Promise<void> {
  return navigator.locks.request(name, work);
}

/** All that travels between this device and the server for one person. */
export class Sync {
  readonly uploads: UploadQueue;
  readonly #drafts: Retrier;
  readonly #files: Retrier;
  readonly #channel: BroadcastChannel;

  constructor(personId: string, onSent: () => void) {
    this.#drafts = new Retrier(() =>
      alone(`drafts:${personId}`, async () => {
        await sendDrafts(personId, sendEntry);
        onSent();
      }),
    );
    this.uploads = new UploadQueue(
      personId,
      uploadGate(async (entryId) => {
        const draft = await readDraft(personId, entryId);
        if (!draft || draft.version !== null) return;
        await this.#drafts.nudge();
        if ((await readDraft(personId, entryId))?.version == null)
          throw new Error("the entry has not arrived yet");
      }),
    );
    this.#files = new Retrier(() =>
      alone(`files:${personId}`, async () => {
        await this.uploads.run();
        this.#channel.postMessage("files");
        onSent();
      }),
    );
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
  };

  /** Tries to send the drafts; resolves when this try is over. */
  sendNow(): Promise<void> {
    return this.#drafts.nudge();
  }

  readonly #onVisible = (): void => {
    if (document.visibilityState === "visible") this.nudge();
  };

  stop(): void {
    removeEventListener("online", this.nudge);
    document.removeEventListener("visibilitychange", this.#onVisible);
    this.#drafts.stop();
    this.#files.stop();
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
    const sync = new Sync(personId, () => {
      for (const key of ["portfolio", "entry", "put-away"])
        void queries.invalidateQueries({ queryKey: [key] });
    });
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
