import { describe, expect, it } from "vitest";
import { activityAt, freeSlots, meet, propose } from "~/features/rounds/slots";

const frame = {
  days: ["2026-12-03", "2026-12-01"],
  from: "09:00",
  until: "10:00",
  minutes: 20,
  taken: [],
  activities: [],
};

describe("times for a round of talks", () => {
  it("go from the first day to the last, one after the other", () => {
    expect(freeSlots(frame).map(({ onDay, atTime }) => `${onDay} ${atTime}`)).toEqual([
      "2026-12-01 09:00",
      "2026-12-01 09:20",
      "2026-12-01 09:40",
      "2026-12-03 09:00",
      "2026-12-03 09:20",
      "2026-12-03 09:40",
    ]);
  });

  it("leave out when the member of staff has a talk, and go on right after it", () => {
    const taken = [{ onDay: "2026-12-01", atTime: "09:10", minutes: 15 }];
    expect(freeSlots({ ...frame, days: ["2026-12-01"], taken }).map(({ atTime }) => atTime)).toEqual([
      "09:25",
    ]);
  });

  it("are not on top of what the class does", () => {
    const visit = { title: "Haven", happensOn: "2026-12-01", endsOn: null, startsAt: "09:30" };
    const slots = freeSlots({ ...frame, activities: [visit] });
    expect(slots.map(({ atTime }) => atTime)).toEqual(["09:00", "09:00", "09:20", "09:40"]);
    const days = { ...visit, endsOn: "2026-12-02", startsAt: null };
    expect(activityAt({ onDay: "2026-12-02", atTime: "14:00" }, 20, [days])).toBe(days);
  });

  it("are for each pupil in the order of the list, and who is left over has none", () => {
    const found = propose(["a", "b", "c", "d"], { ...frame, days: ["2026-12-01"] });
    expect([...found.keys()]).toEqual(["a", "b", "c"]);
  });

  it("may follow each other without a pause", () => {
    const first = { onDay: "2026-12-01", atTime: "09:00" };
    expect(meet(first, 20, { onDay: "2026-12-01", atTime: "09:20" }, 20)).toBe(false);
    expect(meet(first, 21, { onDay: "2026-12-01", atTime: "09:20" }, 20)).toBe(true);
  });
});
