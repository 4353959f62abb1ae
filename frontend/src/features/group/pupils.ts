import type { Schema } from "~/api/client";

export type GroupPupil = Schema<"GroupPupil">;
export type Filter = "all" | "waiting" | "askedBack" | "shared" | "none";

export const FILTERS: readonly Filter[] = ["all", "waiting", "askedBack", "shared", "none"];

const BELONGS: Record<Filter, (pupil: GroupPupil) => boolean> = {
  all: () => true,
  waiting: (pupil) => pupil.toReview > 0,
  askedBack: (pupil) => pupil.askedBack,
  shared: (pupil) => pupil.sharedCount > 0,
  none: (pupil) => pupil.sharedCount === 0,
};

/** The filter that the address names; everybody when it names none. */
export function filterOf(asked: string | null): Filter {
  return FILTERS.find((filter) => filter === asked) ?? "all";
}

/** The pupils under one filter, in the order of the class. */
export function under(filter: Filter, pupils: readonly GroupPupil[]): GroupPupil[] {
  return pupils.filter(BELONGS[filter]);
}

const WEEK_MS = 7 * 86_400_000;
const QUIET_WEEKS = 6;

/** A pupil of whom nothing came for six weeks or longer: so many weeks, unless that was before this year. */
export type Quiet = { pupil: GroupPupil; weeks: number | null };

/**
 * Who was quiet for six weeks or longer on `today` (YYYY-MM-DD), longest first. Counting starts on
 * 1 September of the school year at the earliest: the summer is not silence.
 */
export function quietPupils(pupils: readonly GroupPupil[], schoolYear: number, today: string): Quiet[] {
  const start = `${schoolYear}-09-01`;
  return pupils
    .map((pupil) => ({ pupil, since: latest(pupil.lastSharedOn, start) }))
    .filter(({ since }) => weeksBetween(since, today) >= QUIET_WEEKS)
    .sort(
      (a, b) => a.since.localeCompare(b.since) || a.pupil.givenName.localeCompare(b.pupil.givenName, "nl"),
    )
    .map(({ pupil, since }) => ({ pupil, weeks: since === start ? null : weeksBetween(since, today) }));
}

function latest(day: string | null, start: string): string {
  return day && day > start ? day : start;
}

function weeksBetween(day: string, other: string): number {
  return Math.floor((Date.parse(other) - Date.parse(day)) / WEEK_MS);
}
