import { expect, it } from "vitest";
import { changedParts } from "~/features/entry/versions";
import { type Evidence, isSurprise } from "~/features/picture/landscape";

const told = (expectation: object | null) => isSurprise({ expectation } as Evidence);

it("a flag stands where the pupil wrote what surprised or what was different, as before or as now", () => {
  expect(told({ before: "Saai.", after: "Mooi.", listChoice: "on" })).toBe(true);
  expect(told({ surprised: "Er was muziek." })).toBe(true);
  expect(told({ before: "Saai.", after: "" })).toBe(false);
  expect(told({ lookingForward: "not_nice", listChoice: "on", why: "Leuk" })).toBe(false);
  expect(told(null)).toBe(false);
});

it("a version of before there were more fields differs only in what was filled in", () => {
  const before = {
    title: "Stage",
    details: { kind: "experience", logbook: [{ on: "2026-11-23", text: "Banden" }] },
  };
  const day = { on: "2026-11-23", text: "Banden", hours: null, attachmentIds: [] };
  const now = { title: "Mijn stage", details: { kind: "experience", logbook: [day], expectation: null } };
  expect(changedParts(now, before)).toEqual(["title"]);
  const longer = { ...now, details: { ...now.details, logbook: [{ ...day, hours: 8 }] } };
  expect(changedParts(longer, now)).toEqual(["details"]);
});
