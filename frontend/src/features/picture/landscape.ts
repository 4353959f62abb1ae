import type { Schema } from "~/api/client";
import { WORK_FIELDS, type WorkField } from "~/ui";

export type Picture = Schema<"Picture">;
export type Evidence = Schema<"Evidence">;
export type Year = Picture["years"][number];

/** What somebody did in one kind of work. */
export interface Island {
  field: WorkField;
  /** Oldest first. */
  entries: readonly Evidence[];
  /** School years in which something was done there, oldest first. */
  years: readonly number[];
  /** It was different from what was thought before. */
  surprised: boolean;
  /** School years in which it was. */
  surprisedIn: readonly number[];
}

/** Whether the pupil wrote that something surprised, or was different; never told from faces or the list. */
export function isSurprise({ expectation }: Evidence): boolean {
  return Boolean(expectation?.surprised || expectation?.after);
}

/** The school years of entries, oldest first. */
export function yearsOf(entries: readonly Evidence[]): number[] {
  return [...new Set(entries.map((entry) => entry.schoolYear))].sort((a, b) => a - b);
}

/** All twelve kinds of work, in the fixed order of the map; what was not seen has no entries. */
export function islandsOf(entries: readonly Evidence[]): Island[] {
  return WORK_FIELDS.map((field) => {
    const here = entries.filter((entry) => entry.workFields.includes(field));
    return {
      field,
      entries: here,
      years: yearsOf(here),
      surprised: here.some(isSurprise),
      surprisedIn: yearsOf(here.filter(isSurprise)),
    };
  });
}

/** The kinds of work in the order in which they were first seen; `year` where a school year begins. */
export function journeyOf(islands: readonly Island[]): { field: WorkField; year: number; begins: boolean }[] {
  const firsts = islands
    .flatMap(({ field, entries }) => (entries[0] ? [{ field, first: entries[0] }] : []))
    .sort((a, b) => a.first.on.localeCompare(b.first.on) || a.first.id.localeCompare(b.first.id));
  return firsts.map(({ field, first }, index) => ({
    field,
    year: first.schoolYear,
    begins: firsts[index - 1]?.first.schoolYear !== first.schoolYear,
  }));
}

/** Where something was done last: there the boat lies. */
export function lastSeen(entries: readonly Evidence[]): WorkField | undefined {
  return entries.filter((entry) => entry.workFields.length > 0).at(-1)?.workFields[0];
}
