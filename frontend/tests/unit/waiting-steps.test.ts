import { beforeEach, describe, expect, it } from "vitest";
import { ApiProblem } from "~/api/problem";
import { asLeftHere } from "~/features/steps/onDevice";
import { device, forgetDevice, type StepContent, type StepState } from "~/offline/database";
import { changeStep, dropStep, keepStep, readSteps, type SendStep, sendSteps } from "~/offline/steps";

const YARA = "yara";
const STEP = "0198c000-0000-7000-8000-000000000001";
const OTHER = "0198c000-0000-7000-8000-000000000002";

function words(text: string): StepContent {
  return { text, dueOn: null, remindOn: null, entryId: null };
}

/** A school with steps: the same words or the same place again are no change, other ones need the right version. */
class School {
  readonly steps = new Map<string, { content: StepContent; state: StepState; version: number }>();
  asked = 0;
  loseNextAnswer = false;

  send: SendStep = async (id, { content, state }, version) => {
    this.asked += 1;
    let step = this.steps.get(id);
    if (!step) {
      if (!content) throw new ApiProblem(404, {});
      step = { content, state: "open", version: 1 };
      this.steps.set(id, step);
    }
    let known = version;
    if (content && content.text !== step.content.text) {
      if (known !== step.version) throw new ApiProblem(412, { detail: "Dit is intussen veranderd." });
      Object.assign(step, { content, version: step.version + 1 });
    }
    if (content) known = step.version;
    if (state && state !== step.state) {
      if (known !== step.version) throw new ApiProblem(412, { detail: "Dit is intussen veranderd." });
      Object.assign(step, { state, version: step.version + 1 });
    }
    if (this.loseNextAnswer) {
      this.loseNextAnswer = false;
      throw new TypeError("no network");
    }
    return { id, version: step.version, state: step.state };
  };

  has(id: string, text: string): { id: string; text: string; version: number } {
    this.steps.set(id, { content: words(text), state: "open", version: 1 });
    return { id, text, version: 1 };
  }
}

const noNetwork: SendStep = async () => {
  throw new TypeError("no network");
};

const made = (text: string, id = STEP) =>
  keepStep(YARA, { id, text, version: null }, { content: words(text) });

beforeEach(async () => (await device()).clear("steps"));

describe("a step written on this device", () => {
  it("waits without a network and arrives once, also when the answer was lost", async () => {
    const school = new School();
    school.loseNextAnswer = true;
    await made("Oom Karel bellen");
    await expect(sendSteps(YARA, noNetwork)).rejects.toThrow();
    await expect(sendSteps(YARA, school.send)).rejects.toThrow();
    expect(await readSteps(YARA)).toHaveLength(1);
    await sendSteps(YARA, school.send);
    expect([school.steps.size, school.steps.get(STEP)?.version]).toEqual([1, 1]);
    expect(await readSteps(YARA)).toEqual([]);
  });

  it("goes in the order it was written, and one that is refused does not hold up the next", async () => {
    const school = new School();
    await made("Vol", STEP);
    await made("Past nog", OTHER);
    await sendSteps(YARA, async (id, change, version) => {
      if (id === STEP) throw new ApiProblem(409, { detail: "Je hebt al vijftig stappen open." });
      return school.send(id, change, version);
    });
    const [left, ...more] = await readSteps(YARA);
    expect(left?.refusal).toEqual({ kind: "refused", text: "Je hebt al vijftig stappen open." });
    expect(more).toEqual([]);
    await sendSteps(YARA, noNetwork);
    await dropStep(YARA, STEP);
    expect(await readSteps(YARA)).toEqual([]);
  });

  it("is nobody else's, and is gone after sign-out on a shared device", async () => {
    await made("Van Yara");
    await keepStep("ravi", { id: OTHER, text: "Van Ravi", version: null }, { content: words("Van Ravi") });
    await forgetDevice(YARA);
    expect(await readSteps(YARA)).toEqual([]);
    expect((await readSteps("ravi")).map(({ text }) => text)).toEqual(["Van Ravi"]);
  });
});

describe("a change of a step", () => {
  it("goes at once where there is network, and leaves nothing here", async () => {
    const school = new School();
    const step = school.has(STEP, "Bellen");
    expect(await changeStep(YARA, step, { state: "done" }, school.send)).toMatchObject({ version: 2 });
    expect(await readSteps(YARA)).toEqual([]);
  });

  it("in a dead spot is kept, and the last one counts", async () => {
    const school = new School();
    const step = school.has(STEP, "Bellen");
    expect(await changeStep(YARA, step, { state: "done" }, noNetwork)).toBeNull();
    await changeStep(YARA, step, { state: "let_go" }, noNetwork);
    await changeStep(YARA, step, { content: words("Mailen") }, noNetwork);
    await sendSteps(YARA, school.send);
    expect(school.steps.get(STEP)).toMatchObject({ content: words("Mailen"), state: "let_go" });
    expect(await readSteps(YARA)).toEqual([]);
  });

  it("after one that waits goes behind it, also when there is network by now", async () => {
    const school = new School();
    const step = school.has(STEP, "Bellen");
    await changeStep(YARA, step, { state: "done" }, noNetwork);
    expect(await changeStep(YARA, step, { state: "open" }, school.send)).toBeNull();
    expect(school.asked).toBe(0);
    await sendSteps(YARA, school.send);
    expect(school.steps.get(STEP)?.state).toBe("open");
  });

  it("made while another is on its way is not lost", async () => {
    const school = new School();
    const step = school.has(STEP, "Bellen");
    await changeStep(YARA, step, { content: words("Mailen") }, noNetwork);
    await sendSteps(YARA, async (id, change, version) => {
      if (school.asked === 0) await keepStep(YARA, step, { state: "done" });
      return school.send(id, change, version);
    });
    expect(school.steps.get(STEP)).toMatchObject({ content: words("Mailen"), state: "done", version: 3 });
    expect(await readSteps(YARA)).toEqual([]);
  });

  it("of what was changed elsewhere is not made, and the pupil is told; a next one builds on what is there", async () => {
    const school = new School();
    const step = school.has(STEP, "Bellen");
    await changeStep(YARA, step, { content: words("Op de telefoon") }, noNetwork);
    await school.send(STEP, { content: words("Op de tablet") }, 1);
    await sendSteps(YARA, school.send);
    expect(school.steps.get(STEP)?.content.text).toBe("Op de tablet");
    expect((await readSteps(YARA))[0]?.refusal?.kind).toBe("conflict");
    await changeStep(YARA, { ...step, version: 2 }, { state: "done" }, school.send);
    expect(school.steps.get(STEP)?.state).toBe("done");
    expect(await readSteps(YARA)).toEqual([]);
  });

  it("shows on this device as if the school had it", () => {
    const step = { dueOn: null, remindOn: null, entryId: null, entryTitle: null, version: 1 };
    const alone = { who: "pupil" as const, conversationId: null };
    const open = [STEP, OTHER].map((id) => ({
      ...step,
      ...alone,
      id,
      text: id,
      state: "open" as const,
      endedAt: null,
    }));
    const kept = { personId: YARA, text: "", version: 1, revision: 1, savedAt: 1 };
    const shown = asLeftHere({ open, behind: [] }, [
      { ...kept, id: STEP, state: "done" },
      { ...kept, id: OTHER, state: "done", refusal: { kind: "conflict", text: "" } },
    ]);
    expect(shown.open.map(({ id, onDevice }) => [id, onDevice])).toEqual([[OTHER, undefined]]);
    expect(shown.behind.map(({ id, onDevice }) => [id, onDevice])).toEqual([[STEP, true]]);
  });
});
