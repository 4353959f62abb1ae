import { expect, it } from "vitest";
import { type Evidence, isSurprise } from "~/features/picture/landscape";

const told = (expectation: object | null) => isSurprise({ expectation } as Evidence);

it("a flag stands where the pupil wrote what surprised or what was different, as before or as now", () => {
  expect(told({ before: "Saai.", after: "Mooi.", listChoice: "on" })).toBe(true);
  expect(told({ surprised: "Er was muziek." })).toBe(true);
  expect(told({ before: "Saai.", after: "" })).toBe(false);
  expect(told({ lookingForward: "not_nice", listChoice: "on", why: "Leuk" })).toBe(false);
  expect(told(null)).toBe(false);
});
