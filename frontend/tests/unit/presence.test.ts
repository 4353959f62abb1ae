import { expect, it } from "vitest";
import { needsTouch, presenceAt } from "../../src/app/presence";

const NINE = Date.parse("2026-11-24T09:00:00Z");
const minutes = (count: number) => NINE + count * 60_000;

it.each([
  [0, "here"],
  [8.4, "here"],
  [8.5, "asked"],
  [9.9, "asked"],
  [10, "gone"],
  [600, "gone"],
])("%s minutes without a sign of life on a shared device: %s", (quiet, presence) => {
  expect(presenceAt(minutes(quiet), NINE)).toBe(presence);
});

it("somebody who only types is made known to the server before it thinks they left", () => {
  expect(needsTouch(minutes(3), minutes(2), NINE)).toBe(false);
  expect(needsTouch(minutes(4), minutes(2), NINE)).toBe(true);
  expect(needsTouch(minutes(9), NINE, NINE)).toBe(false);
});
