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
