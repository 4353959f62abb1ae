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

/** Which parts differ between a version and the one before it. */
export function changedParts(now: Content, before: Content): Part[] {
  return PARTS.filter((part) => JSON.stringify(now[part] ?? null) !== JSON.stringify(before[part] ?? null));
}

/** Each version with the one before it, newest first; the first version has none. */
export function pairs(versions: readonly Schema<"VersionOut">[]) {
  return versions.map((version, at) => ({ version, before: versions[at + 1] ?? null }));
}
