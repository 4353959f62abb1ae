import type { Schema } from "~/api/client";
import { type LogDay, totalOf } from "~/logbook";

export type EntryContent = Required<Schema<"EntryContent">>;
export type Details = EntryContent["details"];
export type Kind = Details["kind"];
export type DetailsOf<K extends Kind> = Required<Extract<Details, { kind: K }>>;
export type Answer = Required<Schema<"Answer">>;

/** The six kinds in the order of the tiles: what happens most comes first. */
export const KINDS = ["experience", "work_sample", "interview", "article", "result", "reflection"] as const;

/** How somebody came to see work: what pupils do most comes first. */
export const EXPERIENCE_FORMS = [
  "company_visit",
  "internship",
  "taster_internship",
  "shadow_day",
  "open_day",
  "trial_study",
  "guest_lesson",
  "fair",
  "experience_lesson",
  "extended_day",
  "project",
  "volunteering",
  "side_job",
  "hobby",
  "care_at_home",
] as const;

/** The five career competencies. */
export const COMPETENCIES = ["qualities", "motives", "work_exploration", "steering", "networking"] as const;

/** What the server keeps at most; the fields stop there. */
export const LIMITS = {
  title: 200,
  line: 200,
  paragraph: 5_000,
  story: 20_000,
  tag: 40,
  tags: 20,
  answers: 20,
  choices: 5,
  exchanges: 30,
  dayPhotos: 3,
} as const;

const BLANK: { [K in Kind]: DetailsOf<K> } = {
  experience: {
    kind: "experience",
    form: null,
    activityId: null,
    organisation: "",
    hours: null,
    logbook: [],
    expectation: null,
  },
  work_sample: { kind: "work_sample", occasion: "", together: null },
  interview: { kind: "interview", role: "", exchanges: [] },
  article: { kind: "article", source: "", publisher: "", publishedOn: null, why: "" },
  result: { kind: "result", subject: "", result: "", by: "" },
  reflection: { kind: "reflection", looksBackOn: null, entryId: null, about: "" },
};

/** An entry of this kind in which nothing is written yet. */
export function blankContent(kind: Kind): EntryContent {
  return {
    title: "",
    happenedOn: null,
    endedOn: null,
    body: "",
    feeling: null,
    details: structuredClone(BLANK[kind]),
    answers: [],
    competencies: [],
    workFields: [],
    tags: [],
  };
}

/** The same entry as another kind: all that kinds share stays, the kind's own fields start empty. */
export function asKind(content: EntryContent, kind: Kind): EntryContent {
  return content.details.kind === kind ? content : { ...content, details: structuredClone(BLANK[kind]) };
}

/** Whether the kind's own fields hold something that choosing another kind would clear. */
export function hasOwnFields(details: Details): boolean {
  return JSON.stringify({ ...BLANK[details.kind], ...details }) !== JSON.stringify(BLANK[details.kind]);
}

export type Expectation = Required<Schema<"Expectation">>;

const NOTHING_EXPECTED: Expectation = {
  beforeQuestion: "",
  before: "",
  who: "",
  lookingForward: null,
  surprised: "",
  after: "",
  listChoice: null,
  why: "",
};

/** What was expected, with each field there: what was written before a field existed does not have it. */
export function expectationOf(details: DetailsOf<"experience">): Expectation {
  return { ...NOTHING_EXPECTED, ...details.expectation };
}

/** Whether it is asked what changed: something was thought beforehand, or the pupil wants to tell. */
export function isBoundary({ details }: EntryContent): boolean {
  return details.kind === "experience" && Boolean(details.expectation);
}

/** The kind's own fields with this logbook; its hours are those of the whole, once there are any. */
export function withLogbook(
  details: DetailsOf<"experience">,
  days: readonly LogDay[],
): DetailsOf<"experience"> {
  const logbook = days.map((day) => ({ on: null, hours: null, text: "", attachmentIds: [], ...day }));
  const before = totalOf(details.logbook).hours;
  const { hours } = totalOf(logbook);
  return { ...details, logbook, hours: hours || (before ? null : details.hours) };
}

/** The value in the list, or out of it when it was in; never more than `max`. */
export function toggled<T>(list: readonly T[], value: T, max: number = LIMITS.choices): T[] {
  if (list.includes(value)) return list.filter((one) => one !== value);
  return list.length < max ? [...list, value] : [...list];
}

/** An answer that holds words or a recording; the rest was only shown. */
export function isAnswered(answer: Answer): boolean {
  return Boolean(answer.text.trim() || answer.attachmentId);
}

/** "werken, buiten" as the tags that the server keeps: unique, short enough, none empty. */
export function tagsFrom(text: string): string[] {
  const words = text.split(",").map((word) => word.trim().slice(0, LIMITS.tag));
  return [...new Set(words.filter(Boolean))].slice(0, LIMITS.tags);
}
