/** The codes of the API that have a sign, a colour or a drawing here. */
export const KINDS = ["experience", "work_sample", "interview", "article", "result", "reflection"] as const;
export type Kind = (typeof KINDS)[number];

export const WORK_FIELDS = [
  "bouw",
  "handel",
  "horeca",
  "ict",
  "mobiliteit",
  "techniek",
  "transport",
  "zorg",
  "groen",
  "media",
  "recht",
  "onderwijs",
] as const;
export type WorkField = (typeof WORK_FIELDS)[number];

export const FEELINGS = ["not_nice", "meh", "okay", "nice", "very_nice"] as const;
export type Feeling = (typeof FEELINGS)[number];

export type EntryState = "draft" | "shared" | "asked_back" | "seen" | "archived" | "trashed";
export type Ring = 0 | 1 | 2;

/** Meaning of a colour: always with a sign and a word. */
export type Tone = "ok" | "wait" | "info" | "stop" | "sun";
