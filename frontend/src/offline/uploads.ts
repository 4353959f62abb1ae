import type { Schema } from "~/api/client";
import { ApiProblem } from "~/api/problem";
import { device, type Upload } from "./database";
import { isPassing } from "./outbox";

const FILES_AT_ONCE = 2;
const PARTS_AT_ONCE = 3;
const DONE_KEPT_MS = 24 * 3_600_000;

type Plan = Schema<"UploadPlan">;
type Part = Schema<"UploadedPart">;

/** What the queue needs of the outside world. All throw `ApiProblem` when refused, anything else without network. */
export interface UploadGate {
  /** Tells of a file; its entry is made known first. */
  start(upload: Upload): Promise<Plan>;
  /** What has arrived, and fresh addresses for the rest. */
  read(id: string): Promise<Plan>;
  /** Sends one part; answers with its ETag. */
  put(url: string, bytes: Blob, onProgress: (bytes: number) => void, signal: AbortSignal): Promise<string>;
  complete(id: string, parts: Part[]): Promise<void>;
  remove(id: string): Promise<void>;
}

/** SHA-256 in hex, by which the server knows that nothing changed on the way; null where the browser cannot count. */
async function sha256Of(bytes: Blob): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await bytes.arrayBuffer()));
  return [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A file as the screen shows it. */
export interface UploadView extends Omit<Upload, "state"> {
  state: Upload["state"] | "running" | "checking";
}

/** "Dit soort bestand kan niet. Wat wel kan: jpg …": what is wrong, and what to do. */
function inWords({ title, message }: ApiProblem): string {
  return title && title !== message ? `${title}. ${message}` : message;
}

/**
 * Files of one person on their way: two at once, three parts each, straight to the store. Every part that arrived
 * stays arrived over a pause, a dead spot or a reload: the store is asked what it has.
 */
export class UploadQueue {
  readonly #personId: string;
  readonly #gate: UploadGate;
  readonly #listeners = new Set<() => void>();
  readonly #active = new Map<string, AbortController>();
  readonly #moving = new Map<string, { state: "running" | "checking"; sent: number }>();
  #uploads: Upload[] = [];
  #view: readonly UploadView[] = [];

  constructor(personId: string, gate: UploadGate) {
    this.#personId = personId;
    this.#gate = gate;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): readonly UploadView[] => this.#view;

  /** Reads the queue from the device; another tab may have changed it. Lets go of what arrived long ago. */
  async load(now: number = Date.now()): Promise<void> {
    const database = await device();
    const all = await database.getAllFromIndex("uploads", "person", this.#personId);
    const old = all.filter((upload) => upload.state === "done" && now - upload.addedAt > DONE_KEPT_MS);
    for (const upload of old) await database.delete("uploads", upload.id);
    this.#uploads = all.filter((upload) => !old.includes(upload)).sort((a, b) => a.addedAt - b.addedAt);
    this.#tell();
  }

  /** Puts a file in the queue, bytes and all. `id` is a UUIDv7 made here. */
  async add(id: string, entryId: string, file: File | Blob, name: string): Promise<void> {
    const upload: Upload = {
      id,
      personId: this.#personId,
      entryId,
      name,
      mediaType: file.type || "application/octet-stream",
      size: file.size,
      blob: file,
      state: "waiting",
      announced: false,
      sent: 0,
      addedAt: Date.now(),
    };
    await (await device()).put("uploads", upload);
    this.#uploads = [...this.#uploads, upload];
    this.#tell();
  }

  async pause(id: string): Promise<void> {
    this.#active.get(id)?.abort();
    await this.#change(id, { state: "paused" });
  }

  async resume(id: string): Promise<void> {
    await this.#change(id, { state: "waiting", refusal: undefined });
  }

  /** Takes a file out, here and at the server. */
  async remove(id: string): Promise<void> {
    this.#active.get(id)?.abort();
    const upload = this.#uploads.find((one) => one.id === id);
    if (upload?.announced) await this.#gate.remove(id);
    await (await device()).delete("uploads", id);
    this.#uploads = this.#uploads.filter((one) => one.id !== id);
    this.#tell();
  }

  /** Lets go of the files of an entry that have arrived: from here on the entry itself shows them. */
  async forgetDone(entryId: string): Promise<void> {
    const database = await device();
    for (const upload of this.#uploads) {
      if (upload.entryId === entryId && upload.state === "done") await database.delete("uploads", upload.id);
    }
    await this.load();
  }

  /** Sends all that waits. Throws when something should be tried again later. */
  async run(): Promise<void> {
    await this.load();
    let later: unknown;
    const worker = async () => {
      for (let next = this.#next(); next; next = this.#next()) {
        const failure = await this.#send(next);
        if (failure) {
          later = failure;
          return;
        }
      }
    };
    await Promise.all(Array.from({ length: FILES_AT_ONCE }, worker));
    if (later) throw later;
  }

  /** Stops what moves, without a trace; the next run goes on from there. */
  stop(): void {
    for (const controller of this.#active.values()) controller.abort();
  }

  #next(): Upload | undefined {
    return this.#uploads.find((upload) => upload.state === "waiting" && !this.#active.has(upload.id));
  }

  /** Sends one file. Returns an error when it should be tried again later. */
  async #send(upload: Upload): Promise<unknown> {
    const controller = new AbortController();
    this.#active.set(upload.id, controller);
    try {
      await this.#transfer(upload, controller.signal);
      await this.#change(upload.id, { state: "done", sent: upload.size, blob: undefined });
    } catch (error) {
      if (controller.signal.aborted) return;
      if (isPassing(error)) return error;
      await this.#change(upload.id, { state: "refused", refusal: inWords(error as ApiProblem) });
    } finally {
      this.#active.delete(upload.id);
      this.#moving.delete(upload.id);
      this.#tell();
    }
  }

  async #transfer(upload: Upload, signal: AbortSignal): Promise<void> {
    this.#move(upload.id, "running", upload.sent);
    const plan = await this.#plan(upload);
    signal.throwIfAborted();
    await this.#change(upload.id, { announced: true });
    if (plan.state !== "uploading") return;
    const { blob } = upload;
    if (!blob) throw new ApiProblem(410, {});
    const arrived: Part[] = [...plan.uploaded];
    const partBytes = (number: number) => blob.slice((number - 1) * plan.partSize, number * plan.partSize);
    const underway = new Map<number, number>();
    const progress = () => {
      const whole = arrived.reduce((sum, part) => sum + partBytes(part.number).size, 0);
      const parts = [...underway.values()].reduce((sum, bytes) => sum + bytes, 0);
      this.#move(upload.id, "running", whole + parts);
      return whole;
    };
    progress();
    const missing = [...plan.parts];
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const lane = async () => {
      for (let part = missing.shift(); part; part = missing.shift()) {
        const { number, url } = part;
        const etag = await this.#gate.put(
          url,
          partBytes(number),
          (bytes) => {
            underway.set(number, bytes);
            progress();
          },
          either,
        );
        underway.delete(number);
        arrived.push({ number, etag });
        await this.#change(upload.id, { sent: progress() });
      }
    };
    const lanes = Array.from({ length: PARTS_AT_ONCE }, () =>
      lane().catch((error) => {
        failed.abort();
        throw error;
      }),
    );
    const outcomes = await Promise.allSettled(lanes);
    signal.throwIfAborted();
    const broken = outcomes.find((outcome) => outcome.status === "rejected");
    if (broken) throw broken.reason;
    this.#move(upload.id, "checking", upload.size);
    const whole = arrived.sort((a, b) => a.number - b.number);
    const counted: Part[] = [];
    // One after the other: a film is never in memory as a whole.
    for (const part of whole) counted.push({ ...part, sha256: await sha256Of(partBytes(part.number)) });
    await this.#gate.complete(upload.id, counted);
  }

  /** What is still to be sent. A server that let go of a file that waited for days is told of it anew. */
  async #plan(upload: Upload): Promise<Plan> {
    if (!upload.announced) return this.#gate.start(upload);
    try {
      return await this.#gate.read(upload.id);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) return this.#gate.start(upload);
      throw error;
    }
  }

  /** Writes a change of one file, unless it was taken out meanwhile. */
  async #change(id: string, change: Partial<Upload>): Promise<void> {
    const transaction = (await device()).transaction("uploads", "readwrite");
    const stored = await transaction.store.get(id);
    if (stored) {
      const changed = { ...stored, ...change };
      await transaction.store.put(changed);
      this.#uploads = this.#uploads.map((upload) => (upload.id === id ? changed : upload));
    }
    await transaction.done;
    this.#tell();
  }

  #move(id: string, state: "running" | "checking", sent: number): void {
    this.#moving.set(id, { state, sent });
    this.#tell();
  }

  #tell(): void {
    this.#view = this.#uploads.map((upload) => ({ ...upload, ...this.#moving.get(upload.id) }));
    for (const listener of this.#listeners) listener();
  }
}
