import { describe, expect, it } from "vitest";
import {
  ago,
  clockTime,
  dayAndMonth,
  dayInWords,
  dayOf,
  daysInWords,
  howLongAgo,
  megabytes,
  monthInWords,
  recently,
  schoolYear,
  schoolYearOf,
} from "~/i18n/dates";

const NOW = "2025-11-25"; // a Tuesday

describe("a date in words", () => {
  it("is a day and a month within this school year, with the year outside it", () => {
    expect(dayInWords("2025-11-12", "nl", NOW)).toBe("12 november");
    expect(dayInWords("2025-05-14", "nl", NOW)).toBe("14 mei 2025");
    expect(dayInWords("2025-11-12", "en", NOW)).toBe("12 November");
  });

  it("says a period as briefly as people do", () => {
    expect(daysInWords("2026-03-04", "2026-03-06", "nl", NOW)).toBe("4–6 maart");
    expect(daysInWords("2026-03-30", "2026-04-02", "nl", NOW)).toMatch(/^30 maart\s–\s2 april$/u);
    expect(daysInWords("2026-03-04", "2026-03-04", "nl", NOW)).toBe("4 maart");
    expect(daysInWords("2026-03-04", null, "nl", NOW)).toBe("4 maart");
  });

  it("is a leaf of a calendar", () => {
    expect(dayAndMonth("2025-12-03", "nl")).toEqual(["3", "dec"]);
    expect(dayAndMonth("2026-03-14", "nl")).toEqual(["14", "mrt"]);
    expect(dayAndMonth("2025-12-03", "en")).toEqual(["3", "Dec"]);
  });

  it("is near when it is near", () => {
    expect(recently("2025-11-25", "nl", NOW)).toBe("vandaag");
    expect(recently("2025-11-24", "nl", NOW)).toBe("gisteren");
    expect(recently("2025-11-23", "nl", NOW)).toBe("zondag");
    expect(recently("2025-11-19", "nl", NOW)).toBe("woensdag");
    expect(recently("2025-11-18", "nl", NOW)).toBe("18 november");
  });

  it("is further away when it is further away", () => {
    expect(howLongAgo("2025-11-24", "nl", NOW)).toBe("gisteren");
    expect(howLongAgo("2025-10-25", "nl", NOW)).toBe("4 weken geleden");
    expect(howLongAgo("2025-09-01", "nl", NOW)).toBe("2 maanden geleden");
    expect(howLongAgo("2024-11-20", "nl", NOW)).toBe("vorig jaar");
    expect(howLongAgo("2024-12-31", "nl", NOW)).toBe("10 maanden geleden");
    expect(howLongAgo("2023-11-25", "nl", NOW)).toBe("2 jaar geleden");
    expect(howLongAgo("2024-11-20", "en", NOW)).toBe("last year");
    expect(monthInWords("2025-03-04", "nl")).toBe("maart 2025");
  });

  it("tells how long ago in days, then in weeks", () => {
    expect(ago("2025-11-25", "nl", NOW)).toBe("vandaag");
    expect(ago("2025-11-24", "nl", NOW)).toBe("gisteren");
    expect(ago("2025-11-21", "nl", NOW)).toBe("4 dagen geleden");
    expect(ago("2025-10-14", "nl", NOW)).toBe("6 weken geleden");
  });
});

describe("the calendar of The Hague", () => {
  it("starts a school year on 1 August", () => {
    expect(schoolYearOf("2025-07-31")).toBe(2024);
    expect(schoolYearOf("2025-08-01")).toBe(2025);
    expect(schoolYear(2025)).toBe("2025–2026");
  });

  it("turns the day at midnight in Amsterdam, in summer and winter", () => {
    expect(dayOf("2025-11-24T22:59:00Z")).toBe("2025-11-24");
    expect(dayOf("2025-11-24T23:00:00Z")).toBe("2025-11-25");
    expect(dayOf("2025-06-24T22:00:00Z")).toBe("2025-06-25");
  });
});

it("figures are those of the reader's language", () => {
  expect(megabytes(4_200_000, "nl")).toBe("4,2");
  expect(megabytes(38_400_000, "nl")).toBe("38");
  expect(clockTime(23.7)).toBe("0:23");
});
