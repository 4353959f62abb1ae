/** Dates in words. A `day` is an ISO date (`2025-11-12`) in Europe/Amsterdam; a `moment` is an ISO timestamp. */

const ZONE = "Europe/Amsterdam";
const DAY_MS = 86_400_000;

function utc(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = language === "en" ? "en-GB" : language;
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
}

/** The date in The Hague at a moment. */
export function dayOf(moment: Date | string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(new Date(moment));
}

export function today(): string {
  return dayOf(new Date());
}

/** `9:05`: the time in The Hague at a moment. */
export function timeOf(moment: string, language: string): string {
  const clock = { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: ZONE } as const;
  return format(language, clock).format(new Date(moment));
}

/** Whole days from `day` to `other`. */
export function daysBetween(day: string, other: string): number {
  return Math.round((utc(other).getTime() - utc(day).getTime()) / DAY_MS);
}

export function addDays(day: string, count: number): string {
  return new Date(utc(day).getTime() + count * DAY_MS).toISOString().slice(0, 10);
}

/** The year in which the school year of this day starts (1 August). */
export function schoolYearOf(day: string): number {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return month >= 8 ? year : year - 1;
}

/** `2025–2026` */
export function schoolYear(start: number): string {
  return `${start}–${start + 1}`;
}

/** `12 november`, with the year when that is not the school year of `now`. */
export function dayInWords(day: string, language: string, now: string = today()): string {
  const sameYear = schoolYearOf(day) === schoolYearOf(now);
  return format(language, { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }).format(
    utc(day),
  );
}

/** `maandag 16 november`, with the year when that is not the school year of `now`. */
export function weekdayInWords(day: string, language: string, now: string = today()): string {
  const sameYear = schoolYearOf(day) === schoolYearOf(now);
  return format(language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(utc(day));
}

/** `4–6 maart`, or one day. */
export function daysInWords(
  start: string,
  end: string | null | undefined,
  language: string,
  now: string = today(),
): string {
  if (!end || end === start) return dayInWords(start, language, now);
  const sameYear = schoolYearOf(start) === schoolYearOf(now) && schoolYearOf(end) === schoolYearOf(now);
  return format(language, {
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  }).formatRange(utc(start), utc(end));
}

/** `vandaag`, `gisteren`, `zondag` within the last six days, else `12 november`. */
export function recently(day: string, language: string, now: string = today()): string {
  const ago = daysBetween(day, now);
  if (ago === 0 || ago === 1 || ago === -1) {
    return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-ago, "day");
  }
  if (ago > 1 && ago < 7) return format(language, { weekday: "long" }).format(utc(day));
  return dayInWords(day, language, now);
}

/** `di 24 november`: a day that is near, with its day of the week. */
export function shortDayInWords(day: string, language: string): string {
  return format(language, { weekday: "short", day: "numeric", month: "long" }).format(utc(day));
}

/** `3` and `dec`: a day as a leaf of a calendar has it. */
export function dayAndMonth(day: string, language: string): [string, string] {
  const month = format(language, { month: "short" }).format(utc(day));
  return [format(language, { day: "numeric" }).format(utc(day)), month.replace(/\.$/, "")];
}

/** `vandaag`, `morgen`, `vrijdag` up to six days ahead, else `vrijdag 18 december`. */
export function soon(day: string, language: string, now: string = today()): string {
  const ahead = daysBetween(now, day);
  if (ahead >= -1 && ahead <= 1) {
    return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(ahead, "day");
  }
  if (ahead > 1 && ahead < 7) return format(language, { weekday: "long" }).format(utc(day));
  if (ahead < -1 && ahead > -7) return format(language, { weekday: "long" }).format(utc(day));
  return format(language, { weekday: "long", day: "numeric", month: "long" }).format(utc(day));
}

/** The Sunday that ends the week of this day. */
export function weekEnd(day: string): string {
  return addDays(day, (7 - utc(day).getUTCDay()) % 7);
}

/** How long ago: `vandaag`, `gisteren`, `4 dagen geleden`, `6 weken geleden`. */
export function ago(day: string, language: string, now: string = today()): string {
  const days = daysBetween(day, now);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: days < 2 ? "auto" : "always" });
  return days < 14 ? relative.format(-days, "day") : relative.format(-Math.floor(days / 7), "week");
}

/** How long ago as people say it: `gisteren`, `3 weken geleden`, `2 maanden geleden`, `vorig jaar`, `3 jaar geleden`. */
export function howLongAgo(day: string, language: string, now: string = today()): string {
  const days = daysBetween(day, now);
  if (days < 61) return ago(day, language, now);
  const months = Math.floor(days / 30.44);
  if (months < 11) return new Intl.RelativeTimeFormat(language).format(-months, "month");
  const years = Math.max(1, Math.round(days / 365.25));
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-years, "year");
}

/** `24 MB`: bytes in the reader's figures, for progress. */
export function megabytes(bytes: number, language: string): string {
  const value = bytes / 1_000_000;
  return new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** `16,5`: hours in the reader's figures. */
export function hoursInFigures(hours: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(hours);
}

/** `0:23` */
export function clockTime(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds) % 60).padStart(2, "0")}`;
}

/** The month of a day: `2026-11`. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** So many months on, or back. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}

/** The month of a day, or a month, in words: `november 2026`. */
export function monthInWords(day: string, language: string): string {
  return format(language, { month: "long", year: "numeric" }).format(utc(`${monthOf(day)}-01`));
}

/** `ma` to `zo`, each with its full name. */
export function weekdays(language: string): { short: string; long: string }[] {
  // A Monday, and the six days after it.
  return Array.from({ length: 7 }, (_, place) => {
    const day = utc(addDays("2024-01-01", place));
    return {
      short: format(language, { weekday: "short" }).format(day),
      long: format(language, { weekday: "long" }).format(day),
    };
  });
}

/** `gisteren`, `vandaag`, `morgen`; of other days nothing. */
export function nearDay(day: string, language: string, now: string = today()): string | undefined {
  const ahead = daysBetween(now, day);
  return Math.abs(ahead) > 1
    ? undefined
    : new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(ahead, "day");
}
