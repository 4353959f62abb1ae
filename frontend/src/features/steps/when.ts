import { schoolYearOf, weekEnd } from "~/i18n/dates";

/** When a step may be done; `day` is one that the pupil picks. */
export type When = "week" | "season" | "day" | "none";

/** The holiday that comes next, and the last day before it: 20 December, or 10 July. */
export function nextSeason(today: string): { name: "christmas" | "summer"; day: string } {
  const year = schoolYearOf(today);
  const christmas = `${year}-12-20`;
  return today <= christmas
    ? { name: "christmas", day: christmas }
    : { name: "summer", day: `${year + 1}-07-10` };
}

/** The last day for it, for what was chosen; null for no day. */
export function dueOf(when: When, picked: string, today: string): string | null {
  if (when === "week") return weekEnd(today);
  if (when === "season") return nextSeason(today).day;
  return when === "day" && picked !== "" ? picked : null;
}

/** Which choice a day belongs to. */
export function whenOf(due: string | null, today: string): When {
  if (due === null) return "none";
  if (due === weekEnd(today)) return "week";
  return due === nextSeason(today).day ? "season" : "day";
}

const DAYS_BEFORE = 3;

/** From when home shows it: the day itself, some days before where it is for a week or longer. */
export function remindOf(when: When, due: string | null, today: string): string | null {
  if (due === null) return null;
  if (when === "day") return due;
  const early = new Date(Date.parse(`${due}T00:00:00Z`) - DAYS_BEFORE * 86_400_000)
    .toISOString()
    .slice(0, 10);
  return early < today ? today : early;
}
