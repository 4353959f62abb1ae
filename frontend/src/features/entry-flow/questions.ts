import type { Schema } from "~/api/client";
import type { Answer } from "./content";

export type Question = Schema<"QuestionOut">;

/**
 * The questions on screen: those already answered or skipped, in the words in which they were asked, and new ones
 * up to `count`, one per competency for as long as that goes.
 */
export function pickQuestions(
  all: readonly Question[],
  answers: readonly Answer[],
  count: number,
): Question[] {
  const chosen: Question[] = answers.map((answer) => ({
    id: answer.questionId,
    version: answer.questionVersion,
    competency: answer.competency,
    text: answer.question,
  }));
  const asked = new Set(chosen.map((question) => question.id));
  const open = all.filter((question) => !asked.has(question.id));
  while (chosen.length < count && open.length > 0) {
    const used = new Set(chosen.map((question) => question.competency));
    const fresh = open.findIndex((question) => !used.has(question.competency));
    chosen.push(...open.splice(Math.max(fresh, 0), 1));
  }
  return chosen;
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
