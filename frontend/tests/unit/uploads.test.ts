import { beforeEach, describe, expect, it } from "vitest";
import { ApiProblem } from "~/api/problem";
import { device } from "~/offline/database";
import { type UploadGate, UploadQueue } from "~/offline/uploads";

const PART = 4;

/** A store that keeps parts, counts what comes in, and can lose its network. */
class Store implements UploadGate {
  parts = new Map<string, Map<number, string>>();
  sizes = new Map<string, number>();
  completed: string[] = [];
  removed: string[] = [];
  sent = 0;
  most = 0;
  underway = 0;
  failAfter = Number.POSITIVE_INFINITY;
  /** Parts wait for each other until so many are on their way. */
  crowd = 0;
  #gather = () => {};
  readonly #gathered = new Promise<void>((resolve) => {
    this.#gather = resolve;
  });
  refuse: ApiProblem | undefined;

  start: UploadGate["start"] = async ({ id, size }) => {
    if (this.refuse) throw this.refuse;
    this.sizes.set(id, size);
    if (!this.parts.has(id)) this.parts.set(id, new Map());
    return this.read(id);
  };

  read: UploadGate["read"] = async (id) => {
    const there = this.parts.get(id) ?? new Map<number, string>();
    const count = Math.ceil((this.sizes.get(id) ?? 0) / PART);
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    return {
      id,
      state: this.completed.includes(id) ? "received" : "uploading",
      partSize: PART,
      uploaded: [...there].map(([number, text]) => ({ number, etag: text })),
      parts: numbers
        .filter((number) => !there.has(number))
        .map((number) => ({ number, url: `${id}#${number}` })),
    };
  };

  put: UploadGate["put"] = async (url, bytes, onProgress) => {
    this.underway += 1;
    this.most = Math.max(this.most, this.underway);
    if (this.underway >= this.crowd) this.#gather();
    await this.#gathered;
    try {
      const text = await bytes.text();
      if (this.sent >= this.failAfter) throw new TypeError("no network");
      this.sent += 1;
      onProgress(bytes.size);
      const [id = "", number] = url.split("#");
      this.parts.get(id)?.set(Number(number), text);
      return text;
    } finally {
      this.underway -= 1;
    }
  };

  complete: UploadGate["complete"] = async (id) => {
    this.completed.push(id);
  };

  remove: UploadGate["remove"] = async (id) => {
    this.removed.push(id);
  };

  whole(id: string): string {
    return [...(this.parts.get(id) ?? [])]
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text)
      .join("");
  }
}

const TEXT = "een film van de kraan";
const file = () => new Blob([TEXT], { type: "video/mp4" });

beforeEach(async () => {
  await (await device()).clear("uploads");
});

describe("a file on its way", () => {
  it("arrives in parts, in order, and is then let go of", async () => {
    const store = new Store();
    const queue = new UploadQueue("yara", store);
    await queue.add("a", "entry", file(), "kraan.mp4");
    await queue.run();
    expect(store.whole("a")).toBe(TEXT);
    expect(queue.snapshot()).toMatchObject([{ state: "done", sent: TEXT.length, blob: undefined }]);
    await queue.forgetDone("entry");
    expect(queue.snapshot()).toEqual([]);
  });

  it("goes on after a dead spot and a reload with only the parts that are missing", async () => {
    const store = new Store();
    store.failAfter = 2;
    const before = new UploadQueue("yara", store);
    await before.add("a", "entry", file(), "kraan.mp4");
    await expect(before.run()).rejects.toThrow();
    expect(store.completed).toEqual([]);
    store.failAfter = Number.POSITIVE_INFINITY;
    const after = new UploadQueue("yara", store);
    await after.run();
    expect(store.whole("a")).toBe(TEXT);
    expect(store.sent).toBe(Math.ceil(TEXT.length / PART));
    expect(store.completed).toEqual(["a"]);
  });

  it("shares the line: two files, three parts each", async () => {
    const store = new Store();
    store.crowd = 6;
    const queue = new UploadQueue("yara", store);
    for (const id of ["a", "b", "c"]) await queue.add(id, "entry", file(), id);
    await queue.run();
    expect(store.most).toBe(6);
    expect(store.completed.sort()).toEqual(["a", "b", "c"]);
  });

  it("stays where it is while paused", async () => {
    const store = new Store();
    const queue = new UploadQueue("yara", store);
    await queue.add("a", "entry", file(), "kraan.mp4");
    await queue.pause("a");
    await queue.run();
    expect(queue.snapshot()).toMatchObject([{ state: "paused" }]);
    expect(store.sent).toBe(0);
    await queue.resume("a");
    await queue.run();
    expect(queue.snapshot()).toMatchObject([{ state: "done" }]);
  });

  it("that the server does not take says why, and does not hold up the others", async () => {
    const store = new Store();
    store.refuse = new ApiProblem(415, { detail: "Dit soort bestand kan niet." });
    const queue = new UploadQueue("yara", store);
    await queue.add("a", "entry", file(), "virus.exe");
    await queue.run();
    store.refuse = undefined;
    await queue.add("b", "entry", file(), "kraan.mp4");
    await queue.run();
    expect(queue.snapshot()).toMatchObject([
      { state: "refused", refusal: "Dit soort bestand kan niet." },
      { state: "done" },
    ]);
  });

  it("that is taken out is gone here and at the server", async () => {
    const store = new Store();
    const queue = new UploadQueue("yara", store);
    await queue.add("a", "entry", file(), "kraan.mp4");
    await queue.run();
    await queue.remove("a");
    expect(store.removed).toEqual(["a"]);
    expect(queue.snapshot()).toEqual([]);
  });
});
