import { describe, expect, it } from "vitest";
import {
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
import { pickQuestions, type Question, withAnswer } from "~/features/entry-flow/questions";

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

describe("questions", () => {
  it("asks two, one a competency", () => {
    expect(pickQuestions(SET, [], 2).map(({ id }) => id)).toEqual(["a", "c"]);
  });

  it("keeps an answered question in the words in which it was asked", () => {
    const old: Question = { id: "old", version: 3, competency: "qualities", text: "Hoe ging het?" };
    const answers = withAnswer([], old, { text: "Goed" });
    expect(pickQuestions(SET, answers, 2)).toEqual([old, SET[2]]);
  });

  it("changes the answer to a question and leaves the others", () => {
    const first = withAnswer(withAnswer([], SET[0] as Question, { text: "ja" }), SET[2] as Question, {
      skipped: true,
    });
    const changed = withAnswer(first, SET[0] as Question, { text: "nee" });
    expect(changed.map(({ text, skipped }) => [text, skipped])).toEqual([
      ["nee", false],
      ["", true],
    ]);
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
