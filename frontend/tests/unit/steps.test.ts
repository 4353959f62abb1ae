import { describe, expect, test } from "vitest";
import { dueOf, nextSeason, remindOf, whenOf } from "../../src/features/steps/when";
import { soon, weekEnd } from "../../src/i18n/dates";

describe("when a step may be done", () => {
  test("a week ends on Sunday, also on Sunday itself", () => {
    expect(["2026-11-23", "2026-11-24", "2026-11-29"].map(weekEnd)).toEqual(Array(3).fill("2026-11-29"));
  });

  test("before Christmas until 20 December, then before the summer", () => {
    expect(nextSeason("2026-12-20")).toEqual({ name: "christmas", day: "2026-12-20" });
    expect(nextSeason("2026-12-21")).toEqual({ name: "summer", day: "2027-07-10" });
    expect(nextSeason("2027-03-01")).toEqual({ name: "summer", day: "2027-07-10" });
    expect(nextSeason("2027-08-01")).toEqual({ name: "christmas", day: "2027-12-20" });
  });

  test("a choice gives a day and a day gives the choice back", () => {
    for (const when of ["week", "season", "none"] as const) {
      expect(whenOf(dueOf(when, "", "2026-11-24"), "2026-11-24")).toBe(when);
    }
    expect(whenOf("2026-12-01", "2026-11-24")).toBe("day");
    expect(dueOf("day", "", "2026-11-24")).toBeNull();
  });

  test("home shows a picked day on that day, and the end of a week some days before", () => {
    expect(remindOf("day", "2026-12-01", "2026-11-24")).toBe("2026-12-01");
    expect(remindOf("week", "2026-11-29", "2026-11-24")).toBe("2026-11-26");
    expect(remindOf("week", "2026-11-29", "2026-11-28")).toBe("2026-11-28");
    expect(remindOf("none", null, "2026-11-24")).toBeNull();
  });

  test("days near are said as people say them", () => {
    const said = ["2026-11-24", "2026-11-25", "2026-11-27", "2026-11-20", "2026-12-18"];
    expect(said.map((day) => soon(day, "nl", "2026-11-24"))).toEqual([
      "vandaag",
      "morgen",
      "vrijdag",
      "vrijdag",
      "vrijdag 18 december",
    ]);
  });
});
