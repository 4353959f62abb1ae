import type { Translate } from "~/i18n";
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

const MOMENTS = ["createdAt", "givenAt", "sentAt"] as const;

/** What was said, a piece each; a file from elsewhere may hold anything. */
export function wordsIn(content: Content, t: Translate): string[] {
  const reaction = REACTIONS.find((one) => one === content.reaction);
  const texts = TEXTS.map((key) => content[key]);
  const told = [reaction && t(`reaction.${reaction}`), ...texts].filter(
    (text): text is string => typeof text === "string" && text !== "",
  );
  return [...new Set(told)];
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
