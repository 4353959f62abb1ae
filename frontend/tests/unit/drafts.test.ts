import { beforeEach, describe, expect, it } from "vitest";
import { ApiProblem } from "~/api/problem";
import { device, type EntryContent, forgetDevice } from "~/offline/database";
import { changeDraft, isUnsent, keepClean, keepMine, readDraft, saveDraft } from "~/offline/drafts";
import { sendDrafts, waitBefore } from "~/offline/outbox";

const YARA = "yara";
const ENTRY = "0198c000-0000-7000-8000-000000000001";

function words(body: string): EntryContent {
  return {
    title: "Bedrijfsbezoek haven",
    body,
    details: { kind: "reflection", about: "" },
    answers: [],
    competencies: [],
    workFields: [],
    tags: [],
  } as unknown as EntryContent;
}

/** A server that keeps one entry: the same words get the same receipt, other words need the right version. */
class Server {
  content: EntryContent | undefined;
  version = 0;
  made = 0;
  loseNextAnswer = false;

  send = async (_id: string, content: EntryContent, version: number | null): Promise<number> => {
    if (JSON.stringify(content) !== JSON.stringify(this.content)) {
      if (this.content && version !== this.version)
        throw new ApiProblem(412, { detail: "Dit is op een ander apparaat veranderd." });
      if (!this.content) this.made += 1;
      this.content = content;
      this.version += 1;
    }
    if (this.loseNextAnswer) {
      this.loseNextAnswer = false;
      throw new TypeError("no network");
    }
    return this.version;
  };
}

const noNetwork = async (): Promise<number> => {
  throw new TypeError("no network");
};

beforeEach(async () => {
  const database = await device();
  await database.clear("drafts");
  await database.clear("uploads");
  await database.clear("steps");
});

describe("a draft on this device", () => {
  it("takes what two tabs wrote in different places", async () => {
    const base = { content: words("Samen"), version: 3 };
    await changeDraft(YARA, ENTRY, { title: "In de ene" }, base);
    await changeDraft(YARA, ENTRY, { tags: ["in de andere"] }, base);
    expect(await readDraft(YARA, ENTRY)).toMatchObject({
      content: { title: "In de ene", body: "Samen", tags: ["in de andere"] },
      version: 3,
    });
  });

  it("keeps the newest words without a network", async () => {
    await saveDraft(YARA, ENTRY, words("Er werken"));
    await saveDraft(YARA, ENTRY, words("Er werken ook vrouwen"));
    await expect(sendDrafts(YARA, noNetwork)).rejects.toThrow();
    expect((await readDraft(YARA, ENTRY))?.content.body).toBe("Er werken ook vrouwen");
  });

  it("arrives once, also when the answer was lost and more was typed meanwhile", async () => {
    const server = new Server();
    server.loseNextAnswer = true;
    await saveDraft(YARA, ENTRY, words("Een"));
    await expect(sendDrafts(YARA, server.send)).rejects.toThrow();
    await saveDraft(YARA, ENTRY, words("Een twee"));
    await sendDrafts(YARA, server.send);
    expect(server.made).toBe(1);
    expect(server.content?.body).toBe("Een twee");
    const draft = await readDraft(YARA, ENTRY);
    expect(draft).toMatchObject({ version: 2, revision: 2, syncedRevision: 2 });
    expect(draft?.sending).toBeUndefined();
  });

  it("is not sent again when the server has it", async () => {
    const server = new Server();
    await saveDraft(YARA, ENTRY, words("Een"));
    await sendDrafts(YARA, server.send);
    await sendDrafts(YARA, noNetwork);
    expect(server.version).toBe(1);
  });

  it("overwrites nothing that was changed elsewhere, until the pupil says which words win", async () => {
    const server = new Server();
    await saveDraft(YARA, ENTRY, words("Een"));
    await sendDrafts(YARA, server.send);
    await server.send(ENTRY, words("Op de tablet"), 1);
    await saveDraft(YARA, ENTRY, words("Op de telefoon"));
    await sendDrafts(YARA, server.send);
    expect(server.content?.body).toBe("Op de tablet");
    expect((await readDraft(YARA, ENTRY))?.refusal?.kind).toBe("conflict");
    await keepMine(YARA, ENTRY, 2);
    await sendDrafts(YARA, server.send);
    expect(server.content?.body).toBe("Op de telefoon");
  });

  it("that was refused waits for other words, and keeps these", async () => {
    const refuse = async (): Promise<number> => {
      throw new ApiProblem(422, { detail: "De titel is te lang." });
    };
    await saveDraft(YARA, ENTRY, words("Een"));
    await sendDrafts(YARA, refuse);
    expect((await readDraft(YARA, ENTRY))?.refusal).toEqual({
      kind: "refused",
      text: "De titel is te lang.",
    });
    await saveDraft(YARA, ENTRY, words("Kort"));
    const server = new Server();
    await sendDrafts(YARA, server.send);
    expect(server.content?.body).toBe("Kort");
  });

  it("of a signed-out session stays for after sign-in", async () => {
    await saveDraft(YARA, ENTRY, words("Een"));
    const signedOut = async (): Promise<number> => {
      throw new ApiProblem(401, {});
    };
    await expect(sendDrafts(YARA, signedOut)).rejects.toThrow();
    const server = new Server();
    await sendDrafts(YARA, server.send);
    expect(server.made).toBe(1);
  });

  it("is nobody else's, and is gone after sign-out on a shared device", async () => {
    await saveDraft(YARA, ENTRY, words("Een"));
    await saveDraft("ravi", ENTRY, words("Van Ravi"));
    await forgetDevice(YARA);
    expect(await readDraft(YARA, ENTRY)).toBeUndefined();
    expect((await readDraft("ravi", ENTRY))?.content.body).toBe("Van Ravi");
  });
});

it("tries come further apart, up to a minute, and not all at once", () => {
  expect([1, 2, 3, 7, 12].map((count) => waitBefore(count, () => 1))).toEqual([
    1_000, 2_000, 4_000, 60_000, 60_000,
  ]);
  expect(waitBefore(3, () => 0)).toBe(2_000);
});

describe("a copy at hand", () => {
  it("is what the server has, and nothing to send", async () => {
    await keepClean(YARA, ENTRY, { content: words("Maandag"), version: 3 });
    await keepClean(YARA, ENTRY, { content: words("Dinsdag"), version: 4 });
    const copy = await readDraft(YARA, ENTRY);
    expect([copy?.content.body, copy?.version]).toEqual(["Dinsdag", 4]);
    expect(copy && isUnsent(copy)).toBe(false);
  });

  it("never takes the place of words that the server does not have", async () => {
    await keepClean(YARA, ENTRY, { content: words("Maandag"), version: 3 });
    await changeDraft(YARA, ENTRY, { body: "Woensdag" }, { content: words("Maandag"), version: 3 });
    await keepClean(YARA, ENTRY, { content: words("Dinsdag"), version: 4 });
    const draft = await readDraft(YARA, ENTRY);
    expect([draft?.content.body, draft?.version]).toEqual(["Woensdag", 3]);
  });

  it("that was gone on with in a dead spot meets a change from elsewhere as a conflict", async () => {
    const server = new Server();
    server.content = words("Maandag");
    server.version = 3;
    await keepClean(YARA, ENTRY, { content: words("Maandag"), version: 3 });
    await changeDraft(YARA, ENTRY, { body: "Woensdag" }, { content: words("Maandag"), version: 3 });
    server.content = words("Van de tablet");
    server.version = 4;
    await sendDrafts(YARA, server.send);
    expect((await readDraft(YARA, ENTRY))?.refusal?.kind).toBe("conflict");
    expect(server.content.body).toBe("Van de tablet");
  });
});
