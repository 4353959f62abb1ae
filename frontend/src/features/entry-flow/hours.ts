import type { LogDay } from "~/logbook";

const MOST_HOURS = 2_000;
const DAY_HOURS = 24;
const QUARTERS = 4;

/** "2,5" as 2.5; null where nothing is written or it is no number of hours. */
export function hoursFrom(text: string): number | null {
  const hours = Number(text.trim().replace(",", "."));
  return hours > 0 && hours <= MOST_HOURS ? hours : null;
}

/** Hours of one day, by the quarter and no more than `most`; null for anything else. */
export function hoursOfDay(text: string, most: number = DAY_HOURS): number | null {
  const hours = hoursFrom(text);
  return hours !== null && hours <= most && Number.isInteger(hours * QUARTERS) ? hours : null;
}

/** How many hours still fit on the day of this line: another line may stand on the same day. */
export function roomOn(days: readonly LogDay[], at: number): number {
  const on = days[at]?.on;
  const others = days.filter((day, index) => index !== at && on && day.on === on);
  return Math.max(0, DAY_HOURS - others.reduce((sum, { hours }) => sum + (hours ?? 0), 0));
}

/** As many hours as on the last day before this line that has any; else one. */
export function usualHours(days: readonly LogDay[], on: string | null | undefined): number {
  const before = days
    .filter((day) => day.hours && day.on && (!on || day.on < on))
    .sort((one, other) => (other.on ?? "").localeCompare(one.on ?? ""));
  return before[0]?.hours ?? 1;
}
