import { describe, expect, it } from "vitest";
import { askedMonth, byDay, onDay, weeksOf } from "~/features/agenda/months";

describe("the months of an agenda", () => {
  it("begin on the Monday of their first week and end on a Sunday", () => {
    const weeks = weeksOf("2026-11");
    expect(weeks).toHaveLength(6);
    expect(weeks[0]?.[0]).toBe("2026-10-26");
    expect(weeks.at(-1)?.at(-1)).toBe("2026-12-06");
    expect(weeksOf("2027-02")).toHaveLength(4);
    expect(weeksOf("2026-03").flat()).toContain("2026-03-29");
  });

  it("are asked for in the address, and what is no month is this one", () => {
    expect(askedMonth("2027-01", "2026-11-26")).toBe("2027-01");
    for (const odd of [null, "", "2027-13", "1800-01", "9999-01", "2027-1", "januari"])
      expect(askedMonth(odd, "2026-11-26")).toBe("2026-11");
  });

  it("show what lasts some days on each of them, and once in the list", () => {
    const stage = { startsOn: "2026-10-28", endsOn: "2026-11-03" };
    const visit = { startsOn: "2026-11-03", endsOn: "2026-11-03" };
    expect(onDay([stage, visit], "2026-11-03")).toEqual([stage, visit]);
    expect(onDay([stage, visit], "2026-11-04")).toEqual([]);
    expect(byDay([stage, visit], "2026-11-01")).toEqual([
      ["2026-11-01", [stage]],
      ["2026-11-03", [visit]],
    ]);
  });
});
