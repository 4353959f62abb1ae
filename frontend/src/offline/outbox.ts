import { ApiProblem } from "~/api/problem";
import type { EntryContent } from "./database";
import { markRefused, markSent, readDrafts, takeForSending } from "./drafts";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** Sends an entry; answers with its new version. Throws `ApiProblem` when refused, anything else without network. */
export type SendEntry = (entryId: string, content: EntryContent, version: number | null) => Promise<number>;

/** The wait before try `count` (from 1): doubles to a minute, spread so that a class does not come back at once. */
export function waitBefore(count: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (count - 1));
  return full / 2 + (random() * full) / 2;
}

/** May it work later, unchanged? No network, a faltering server, too many at once, or signed out. */
export function isPassing(error: unknown): boolean {
  return (
    !(error instanceof ApiProblem) || error.status >= 500 || error.status === 429 || error.status === 401
  );
}

/** Sends one draft until the server has its newest words or says no. */
async function sendDraft(personId: string, entryId: string, send: SendEntry): Promise<void> {
  for (;;) {
    const draft = await takeForSending(personId, entryId);
    if (!draft?.sending) return;
    try {
      await markSent(personId, entryId, await send(entryId, draft.sending.content, draft.version));
    } catch (error) {
      if (isPassing(error)) throw error;
      const problem = error as ApiProblem;
      const kind = problem.status === 412 || problem.status === 428 ? "conflict" : "refused";
      await markRefused(personId, entryId, { kind, text: problem.message });
      return;
    }
  }
}

/** Sends all drafts of this person that the server does not have. Throws when it should be tried again later. */
export async function sendDrafts(personId: string, send: SendEntry): Promise<void> {
  let later: unknown;
  for (const { entryId } of await readDrafts(personId)) {
    try {
      await sendDraft(personId, entryId, send);
    } catch (error) {
      later = error;
    }
  }
  if (later) throw later;
}

/**
 * Runs `work` when nudged, and again after a growing wait when it throws. One run at a time in this tab; a nudge
 * during a run makes one more run.
 */
export class Retrier {
  readonly #work: () => Promise<void>;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Tries now. Resolves when this try is over, well or not. */
  nudge(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#running) this.#again = true;
    else if (!this.#stopped) {
      this.#running = this.#run().finally(() => {
        this.#running = undefined;
      });
    }
    return this.#running ?? Promise.resolve();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#work();
        this.#failures = 0;
      } catch {
        this.#failures += 1;
        if (!this.#stopped) this.#timer = setTimeout(() => this.nudge(), waitBefore(this.#failures));
      }
    } while (this.#again && !this.#stopped);
  }
}
