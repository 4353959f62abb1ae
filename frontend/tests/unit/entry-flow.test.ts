import { describe, expect, it } from "vitest";
import {
  type Answer,
  asKind,
  blankContent,
  type DetailsOf,
  expectationOf,
  hasOwnFields,
  isBoundary,
  tagsFrom,
  toggled,
} from "~/features/entry-flow/content";
import { misfit } from "~/features/entry-flow/files";
import {
  type Asking,
  another,
  arrange,
  askedAbout,
  isOpen,
  type Question,
  withAnswer,
} from "~/features/entry-flow/questions";

const question = (id: string, competency: Question["competency"]): Question => ({
  id,
  version: 1,
  competency,
  text: `${id}?`,
});
const SET = [
  question("a", "qualities"),
  question("b", "qualities"),
  question("c", "motives"),
  question("d", "steering"),
];

const NOTHING: Asking = { first: [], all: SET, answers: [], places: [], passed: [], count: 2 };
const ids = (questions: readonly Question[]) => questions.map(({ id }) => id);
const told = (id: string, text = "ja", answers: Answer[] = []) =>
  withAnswer(answers, SET.find((one) => one.id === id) as Question, { text });

describe("questions", () => {
  it("asks two, one a competency", () => {
    expect(ids(arrange(NOTHING))).toEqual(["a", "c"]);
  });

  it("keeps each in its place, whichever is answered first", () => {
    expect(ids(arrange({ ...NOTHING, places: ["a", "c"], answers: told("c") }))).toEqual(["a", "c"]);
  });

  it("keeps an answered question in the words in which it was asked, also when it is asked no more", () => {
    const old: Question = { id: "school-1", version: 3, competency: "qualities", text: "Hoe ging het?" };
    const answers = withAnswer([], old, { text: "Goed" });
    expect(arrange({ ...NOTHING, answers })).toEqual([old, SET[2]]);
    const changed = { ...old, version: 4, text: "En hoe ging het?" };
    expect(arrange({ ...NOTHING, all: [changed, ...SET], answers })[0]).toEqual(old);
  });

  it("lets go of an unanswered question that is asked no more", () => {
    expect(ids(arrange({ ...NOTHING, places: ["gone", "c"] }))).toEqual(["c", "a"]);
  });

  it("puts another of the same competency in the place of one, and leaves the other", () => {
    const shown = arrange(NOTHING);
    expect(another(shown[0] as Question, shown, NOTHING)?.id).toBe("b");
    const next = { ...NOTHING, places: ["b", "c"], passed: ["a"] };
    expect(ids(arrange(next))).toEqual(["b", "c"]);
    expect(another(SET[1] as Question, arrange(next), next)?.id).toBe("a");
  });

  it("takes one of a competency that is not on screen where there is no other of the same", () => {
    const shown = arrange(NOTHING);
    expect(another(shown[1] as Question, shown, NOTHING)?.id).toBe("d");
  });

  it("adds one more from yet another competency", () => {
    const answers = told("a", "ja", told("c"));
    expect(ids(arrange({ ...NOTHING, places: ["a", "c"], answers, count: 3 }))).toEqual(["a", "c", "d"]);
  });

  it("knows which wait for words", () => {
    const skipped = withAnswer([], SET[0] as Question, { skipped: true });
    expect(isOpen(SET[0] as Question, skipped)).toBe(false);
    expect(isOpen(SET[0] as Question, told("a", " "))).toBe(true);
    expect(isOpen(SET[2] as Question, skipped)).toBe(true);
  });

  it("changes the answer to a question and leaves the others", () => {
    const first = withAnswer(told("a"), SET[2] as Question, { skipped: true });
    const changed = withAnswer(first, SET[0] as Question, { text: "nee" });
    expect(changed.map(({ text, skipped }) => [text, skipped])).toEqual([
      ["nee", false],
      ["", true],
    ]);
  });
});

describe("questions that school gave along with an activity", () => {
  const activity = {
    id: "0190",
    version: 4,
    questions: [
      { competency: "qualities" as const, text: "Wat deed jij op de kraan?" },
      { competency: "qualities" as const, text: null },
    ],
  };

  it("are asked first, in own words or in the usual ones", () => {
    const first = askedAbout(activity, SET);
    const own = {
      id: "activity-0190-1",
      version: 4,
      competency: "qualities",
      text: "Wat deed jij op de kraan?",
    };
    expect(first).toEqual([own, SET[0]]);
    expect(ids(arrange({ ...NOTHING, first }))).toEqual(["activity-0190-1", "a"]);
  });

  it("are never the same question twice, and two at most", () => {
    const usual = { competency: "qualities" as const, text: null };
    expect(ids(askedAbout({ ...activity, questions: [usual, usual, usual] }, SET))).toEqual(["a", "b"]);
  });

  it("leave out a competency about which there is nothing to ask", () => {
    expect(askedAbout({ ...activity, questions: [{ competency: "networking", text: null }] }, SET)).toEqual(
      [],
    );
  });

  it("make room for another one when the pupil wants that", () => {
    const first = askedAbout(activity, SET);
    const asking = { ...NOTHING, first };
    expect(another(first[0] as Question, arrange(asking), asking)?.id).toBe("b");
  });
});

describe("an entry", () => {
  it("keeps what kinds share when another kind is chosen", () => {
    const visit = { ...blankContent("experience"), title: "Haven", workFields: ["transport" as const] };
    const made = asKind(visit, "work_sample");
    expect([made.title, made.workFields, made.details.kind]).toEqual(["Haven", ["transport"], "work_sample"]);
  });

  it("knows when choosing another kind would clear something", () => {
    const blank = blankContent("experience").details as DetailsOf<"experience">;
    expect(hasOwnFields(blank)).toBe(false);
    expect(hasOwnFields({ ...blank, organisation: "Kade 12" })).toBe(true);
  });

  it("is a boundary experience when something was expected of it", () => {
    const visit = blankContent("experience");
    const details = visit.details as DetailsOf<"experience">;
    expect(isBoundary(visit)).toBe(false);
    const expectation = { ...expectationOf(details), before: "Saai" };
    expect(isBoundary({ ...visit, details: { ...details, expectation } })).toBe(true);
  });

  it("takes five choices at most, and lets go of one", () => {
    expect(toggled([1, 2, 3, 4, 5], 6)).toEqual([1, 2, 3, 4, 5]);
    expect(toggled([1, 2, 3], 2)).toEqual([1, 3]);
  });

  it("reads own words between commas, each once", () => {
    expect(tagsFrom("haven, kraan,, haven ")).toEqual(["haven", "kraan"]);
  });
});

describe("a file", () => {
  it("is too large or empty before a byte of it is sent", () => {
    expect(misfit({ size: 0, type: "image/jpeg" })).toBe("empty");
    expect(misfit({ size: 30_000_001, type: "image/jpeg" })).toBe("too-large");
    expect(misfit({ size: 30_000_001, type: "video/mp4" })).toBeNull();
  });
});
