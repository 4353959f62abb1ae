import type { MessageId, Translate } from "~/i18n";
import { REACTIONS } from "~/reactions";
import type { Elsewhere } from "./useTakeaway";

type Content = Elsewhere["content"];

/** Where the words of a record stand, by its key in the file. */
const TEXTS = [
  "text",
  "word",
  "good",
  "grew",
  "tip",
  "pupilVoice",
  "staffVoice",
  "foundOut",
  "doubt",
  "ask",
  "maybeNext",
  "childText",
  "homeText",
  "title",
] as const;

/** What some of these answer; what stands alone says itself what it is. */
const ASKED: Partial<Record<(typeof TEXTS)[number], MessageId>> = {
  good: "outsideOwn.answer.good",
  grew: "outsideOwn.answer.grew",
  tip: "outsideOwn.answer.tip",
  staffVoice: "transfer.talk.staff",
  foundOut: "talks.sheet.foundOut",
  doubt: "talks.sheet.doubt",
  ask: "talks.sheet.ask",
  maybeNext: "talks.sheet.maybeNext",
  childText: "takeaway.then.answer",
  homeText: "homework.step.home",
};

const MOMENTS = ["createdAt", "givenAt", "sentAt"] as const;

/** What was said, a piece each, with what it answers; a file from elsewhere may hold anything. */
export function wordsIn(content: Content, t: Translate): { text: string; asked?: string }[] {
  const reaction = REACTIONS.find((one) => one === content.reaction);
  const told = new Map<string, string | undefined>();
  if (reaction) told.set(t(`reaction.${reaction}`), undefined);
  for (const key of TEXTS) {
    const text = content[key];
    if (typeof text !== "string" || text === "" || told.has(text)) continue;
    const asked =
      key === "pupilVoice" ? t("transfer.talk.pupil", { own: "yes" }) : ASKED[key] && t(ASKED[key]);
    told.set(text, asked);
  }
  return [...told].map(([text, asked]) => ({ text, asked }));
}

/** Under which name, where one came along. */
export function authorOf(content: Content): string | undefined {
  return [content.author, content.saidBy].find(
    (each): each is string => typeof each === "string" && each !== "",
  );
}

/** When it was said there. */
export function saidAt(content: Content): string | undefined {
  return MOMENTS.map((key) => content[key]).find(
    (at): at is string => typeof at === "string" && /^(19|20)\d\d-/.test(at) && !Number.isNaN(Date.parse(at)),
  );
}
