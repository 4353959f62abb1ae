import type { Schema } from "~/api/client";

export type SchoolGroup = Schema<"SchoolGroup">;

/** The groups of one year of study, as the school page lists them: by year, then by name. */
export type StudyYear = { studyYear: number; level: SchoolGroup["level"]; groups: SchoolGroup[] };

/** Groups gathered by year of study; never ordered by a count. */
export function byStudyYear(groups: readonly SchoolGroup[]): StudyYear[] {
  const years = [...new Set(groups.map((group) => group.studyYear))].sort((a, b) => a - b);
  return years.map((studyYear) => {
    const members = groups.filter((group) => group.studyYear === studyYear);
    members.sort((a, b) => a.name.localeCompare(b.name, "nl", { numeric: true }));
    return { studyYear, level: members[0]?.level ?? "vmbo", groups: members };
  });
}
