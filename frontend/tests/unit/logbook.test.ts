import { describe, expect, it } from "vitest";
import { blankContent, type DetailsOf, withLogbook } from "~/features/entry-flow/content";
import { hoursOfDay, roomOn, usualHours } from "~/features/entry-flow/hours";
import { inOrder, isWritten, type LogDay, runningLogbook, totalOf, workingDays } from "~/logbook";

const stage = blankContent("experience").details as DetailsOf<"experience">;
const MONDAY = "2026-11-23";
const WEDNESDAY = "2026-11-25";

describe("a logbook", () => {
  it("adds hours up, and counts two lines on one day as one", () => {
    const days: LogDay[] = [
      { on: MONDAY, hours: 4, text: "Winkel" },
      { on: MONDAY, hours: 3.5, text: "Magazijn" },
      { on: WEDNESDAY, hours: 9, text: "" },
      { on: "2026-11-26", text: "" },
      { text: "Ik weet de dag niet meer" },
    ];
    expect(totalOf(days)).toEqual({ hours: 16.5, days: 3 });
    expect(totalOf([])).toEqual({ hours: 0, days: 0 });
  });

  it("reads a day that was kept before there were hours and photos", () => {
    expect(isWritten({ on: MONDAY, text: "Banden" })).toBe(true);
    expect(isWritten({ on: MONDAY })).toBe(false);
    expect(isWritten({ on: MONDAY, text: " ", attachmentIds: ["a"] })).toBe(true);
  });

  it("goes from the first day to the last, and what has no day comes after", () => {
    const days: LogDay[] = [
      { text: "?" },
      { on: WEDNESDAY },
      { on: MONDAY, text: "1" },
      { on: MONDAY, text: "2" },
    ];
    expect(inOrder(days).map(({ at }) => at)).toEqual([2, 3, 1, 0]);
  });

  it("makes the hours of the whole, and lets go of them with the last day", () => {
    const typed = { ...stage, hours: 40 };
    expect(withLogbook(typed, [{ text: "Banden" }]).hours).toBe(40);
    const filled = withLogbook(typed, [{ hours: 7.5 }, { hours: 8.25 }]);
    expect(filled.hours).toBe(15.75);
    expect(withLogbook(filled, [{ text: "Banden" }]).hours).toBeNull();
  });

  it("begins a stage with its working days", () => {
    expect(workingDays("2026-11-26", "2026-12-01")).toEqual([
      "2026-11-26",
      "2026-11-27",
      "2026-11-30",
      "2026-12-01",
    ]);
    expect(workingDays("2026-11-28", null)).toEqual(["2026-11-28"]);
    expect(workingDays("2026-08-01", "2027-07-31")).toHaveLength(60);
  });

  it("runs for two weeks after its last day, and as long as the stage does", () => {
    const told = (happenedOn: string | null, endedOn: string | null, ...logbook: LogDay[]) => ({
      happenedOn,
      endedOn,
      details: withLogbook(stage, logbook),
    });
    expect(runningLogbook(told("2026-10-01", null, { on: MONDAY }), "2026-12-07")).not.toBeNull();
    expect(runningLogbook(told("2026-10-01", null, { on: MONDAY }), "2026-12-08")).toBeNull();
    expect(runningLogbook(told("2026-09-01", "2027-01-31", {}), WEDNESDAY)).not.toBeNull();
    const [open, done] = [{ on: MONDAY }, { on: MONDAY, text: "Banden" }];
    expect(runningLogbook(told("2026-11-01", "2026-11-24", open), WEDNESDAY)).not.toBeNull();
    expect(runningLogbook(told("2026-11-01", "2026-11-24", done), WEDNESDAY)).toBeNull();
    expect(runningLogbook(told("2026-12-01", null, { on: "2026-12-01" }), WEDNESDAY)).toBeNull();
    expect(runningLogbook(told(MONDAY, null), WEDNESDAY)).toBeNull();
    expect(runningLogbook(blankContent("result"), WEDNESDAY)).toBeNull();
  });
});

describe("hours of a day", () => {
  it("go by the quarter, with a comma or a point", () => {
    expect(["7,5", "7.25", "0,25", "24"].map((text) => hoursOfDay(text))).toEqual([7.5, 7.25, 0.25, 24]);
    expect(["7,3", "0", "-1", "24,25", "acht", ""].map((text) => hoursOfDay(text))).toEqual(
      Array(6).fill(null),
    );
  });

  it("leave room for another line on the same day only", () => {
    const days: LogDay[] = [{ on: MONDAY, hours: 20 }, { on: MONDAY }, { on: WEDNESDAY }, {}];
    expect([1, 2, 3].map((at) => roomOn(days, at))).toEqual([4, 24, 24]);
  });

  it("begin with those of the day before", () => {
    const days: LogDay[] = [
      { on: MONDAY, hours: 7 },
      { on: "2026-11-24", hours: 8 },
    ];
    expect([usualHours(days, WEDNESDAY), usualHours(days, "2026-11-24"), usualHours([], MONDAY)]).toEqual([
      8, 7, 1,
    ]);
  });
});
