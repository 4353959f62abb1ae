import type { Schema } from "~/api/client";
import { type Answer, isAnswered } from "./content";

export type Question = Pick<Schema<"AskedQuestion">, "id" | "version" | "competency" | "text"> & {
  /** Of the pupil's own school. */
  ofSchool?: boolean;
};

/** A question that school gave along with an activity: in own words, or the usual one about a competency. */
export type ActivityQuestion = Schema<"ActivityQuestion">;

/** How many stand open at once. */
export const AT_ONCE = 2;

/**
 * What school asks about this activity: own words as `activity-<id>-<n>` in the activity's version, else the first
 * question about that competency of those that fit this pupil.
 */
export function askedAbout(
  activity: { id: string; version: number; questions: readonly ActivityQuestion[] },
  all: readonly Question[],
): Question[] {
  const asked: Question[] = [];
  activity.questions.slice(0, AT_ONCE).forEach(({ competency, text }, at) => {
    const usual = all.find((one) => one.competency === competency && !asked.some(({ id }) => id === one.id));
    const own = text?.trim();
    if (own)
      asked.push({
        id: `activity-${activity.id}-${at + 1}`,
        version: activity.version,
        competency,
        text: own,
      });
    else if (usual) asked.push(usual);
  });
  return asked;
}

export type Asking = {
  /** What school asks about this activity; these go first. */
  first: readonly Question[];
  /** All that can be asked, in the order in which it is asked. */
  all: readonly Question[];
  answers: readonly Answer[];
  /** Ids on screen until now, in their places. */
  places: readonly string[];
  /** Ids that the pupil wanted another one for. */
  passed: readonly string[];
  /** How many are on screen. */
  count: number;
};

/** The question in the words in which it was asked. */
function asAsked({ questionId, questionVersion, competency, question }: Answer): Question {
  return { id: questionId, version: questionVersion, competency, text: question };
}

/**
 * The questions on screen. Each stays in its place, an answered one in the words in which it was asked, also where it
 * is asked no more; new ones come from other competencies for as long as that goes.
 */
export function arrange({ first, all, answers, places, passed, count }: Asking): Question[] {
  const known = new Map([...first, ...all].map((one) => [one.id, one]));
  for (const answer of answers)
    known.set(answer.questionId, { ...known.get(answer.questionId), ...asAsked(answer) });
  const kept = places.filter((id) => known.has(id));
  const chosen = [...kept, ...answers.map(({ questionId }) => questionId).filter((id) => !kept.includes(id))];
  const open = (from: readonly Question[]) =>
    from.filter(({ id }) => !chosen.includes(id) && !passed.includes(id));
  while (chosen.length < count) {
    const competencies = chosen.map((id) => known.get(id)?.competency);
    const rest = open(all);
    const next = open(first)[0] ?? rest.find((one) => !competencies.includes(one.competency)) ?? rest[0];
    if (!next) break;
    chosen.push(next.id);
  }
  return chosen.flatMap((id) => known.get(id) ?? []);
}

/** Another question in the place of this one: of the same competency if there is one, else of one not on screen. */
export function another(of: Question, shown: readonly Question[], asking: Asking): Question | undefined {
  const free = [...asking.first, ...asking.all].filter((one) => !shown.some(({ id }) => id === one.id));
  const fresh = free.filter(({ id }) => !asking.passed.includes(id));
  const same = (one: Question) => one.competency === of.competency;
  return (
    fresh.find(same) ??
    free.find(same) ??
    fresh.find((one) => !shown.some(({ competency }) => competency === one.competency))
  );
}

/** Whether a question waits for words: neither answered nor skipped. */
export function isOpen(question: Question, answers: readonly Answer[]): boolean {
  const answer = answers.find(({ questionId }) => questionId === question.id);
  return !answer || !(answer.skipped || isAnswered(answer));
}

/** The answers with this one in it: by question, in the order in which they were first asked. */
export function withAnswer(
  answers: readonly Answer[],
  question: Question,
  change: Partial<Answer>,
): Answer[] {
  const blank: Answer = {
    questionId: question.id,
    questionVersion: question.version,
    competency: question.competency ?? null,
    question: question.text,
    text: "",
    attachmentId: null,
    skipped: false,
  };
  const at = answers.findIndex((answer) => answer.questionId === question.id);
  if (at < 0) return [...answers, { ...blank, ...change }];
  return answers.map((answer, index) => (index === at ? { ...answer, ...change } : answer));
}
