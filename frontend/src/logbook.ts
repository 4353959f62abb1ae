import type { Schema } from "~/api/client";
import { addDays } from "~/i18n/dates";

/** A line of a logbook: what was done on a day. Two lines may stand on one day. */
export type LogDay = Partial<Schema<"LogbookDay">>;

export const DAYS_AT_MOST = 60;
/** So many days after its last day a logbook stays at hand; the server keeps the same. */
const STILL = 14;

/** Whether the line holds more than a date. */
export function isWritten({ text, hours, attachmentIds }: LogDay): boolean {
  return Boolean(text?.trim() || hours || attachmentIds?.length);
}

/** Hours add up; days of which nothing is written do not count, and two lines on one day are one day. */
export function totalOf(days: readonly LogDay[]): { hours: number; days: number } {
  const written = days.filter(isWritten);
  const dated = new Set(written.flatMap(({ on }) => on ?? []));
  return {
    hours: written.reduce((sum, { hours }) => sum + (hours ?? 0), 0),
    days: dated.size + written.filter(({ on }) => !on).length,
  };
}

/** Each line with its place in the logbook, the first day first; lines without a day come last. */
export function inOrder(days: readonly LogDay[]): { day: LogDay; at: number }[] {
  return days
    .map((day, at) => ({ day, at }))
    .sort((one, other) => (one.day.on ?? "9").localeCompare(other.day.on ?? "9") || one.at - other.at);
}

/** From Monday to Friday between two days; a single day is itself, also in a weekend. */
export function workingDays(from: string, to: string | null | undefined): string[] {
  if (!to || to <= from) return [from];
  const days: string[] = [];
  for (let day = from; day <= to && days.length < DAYS_AT_MOST; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday >= 1 && weekday <= 5) days.push(day);
  }
  return days;
}

type Told = Pick<Schema<"EntryContent">, "happenedOn" | "endedOn" | "details">;

/** The lines of a story's logbook; only an experience has one. */
export function logbookOf({ details }: Pick<Told, "details">): readonly LogDay[] {
  return details.kind === "experience" ? (details.logbook ?? []) : [];
}

/** The logbook of a story that runs today, as the server sees it too; none where there is nothing to add to. */
export function runningLogbook(told: Told, today: string): readonly LogDay[] | null {
  const { happenedOn, endedOn } = told;
  const days = logbookOf(told);
  if (days.length === 0 || (happenedOn && happenedOn > today)) return null;
  const since = addDays(today, -STILL);
  const soFar = days.filter(({ on }) => on && on <= today);
  const runs = !endedOn
    ? soFar.some(({ on = "" }) => on && on >= since)
    : endedOn >= today || (endedOn >= since && soFar.some((day) => !isWritten(day)));
  return runs ? days : null;
}
