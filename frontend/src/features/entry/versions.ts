import type { Schema } from "~/api/client";

type Content = Record<string, unknown>;

/** The parts of an entry that a version keeps, in the order in which they stand on the page. */
export const PARTS = [
  "title",
  "happenedOn",
  "endedOn",
  "details",
  "feeling",
  "answers",
  "body",
  "competencies",
  "workFields",
  "tags",
] as const;
export type Part = (typeof PARTS)[number];

/** What is filled in: a field that a version of long ago did not have yet is an empty one. */
function filledIn(part: unknown): string {
  const isEmpty = (value: unknown) =>
    value === "" || value === null || value === false || (Array.isArray(value) && value.length === 0);
  return JSON.stringify(part ?? "", (_, value) => (isEmpty(value) ? undefined : value)) ?? "";
}

/** Which parts differ between a version and the one before it. */
export function changedParts(now: Content, before: Content): Part[] {
  return PARTS.filter((part) => filledIn(now[part]) !== filledIn(before[part]));
}

/** Each version with the one before it, newest first; the first version has none. */
export function pairs(versions: readonly Schema<"VersionOut">[]) {
  return versions.map((version, at) => ({ version, before: versions[at + 1] ?? null }));
}
