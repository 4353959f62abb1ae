import type { Schema } from "~/api/client";

export type SchoolGroup = Schema<"SchoolGroup">;

/** The groups of one year of study, as the school page lists them: by year, then by name. */
export type StudyYear = { studyYear: number; level: SchoolGroup["level"]; groups: SchoolGroup[] };

/** Groups gathered by year of study; never ordered by a count. */
export function byStudyYear(groups: readonly SchoolGroup[]): StudyYear[] {
  const years = Map.groupBy(groups, (group) => group.studyYear);
  return [...years.entries()]
    .sort(([a], [b]) => a - b)
    .map(([studyYear, members]) => ({
      studyYear,
      level: members[0]?.level ?? "vmbo",
      groups: members.toSorted((a, b) => a.name.localeCompare(b.name, "nl", { numeric: true })),
    }));
}
