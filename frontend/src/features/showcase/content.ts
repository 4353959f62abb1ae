import { newId } from "~/api/ids";
import type { MessageId, Translate } from "~/i18n";
import { daysInWords, monthInWords } from "~/i18n/dates";
import type { Content, MaterialStory, Page, PaperContent, PaperKind, Section, Story } from "./useShowcase";

export const TEMPLATES = ["internship", "open_day", "about_me", "blank"] as const;
export type Template = (typeof TEMPLATES)[number];

export const MOST = { sections: 12, stories: 12, words: 12, files: 12, pages: 20 } as const;

const PROMPTS: Record<Template, readonly NonNullable<Section["prompt"]>[]> = {
  internship: ["strengths", "did", "looking_for"],
  open_day: ["chose", "saw", "ask"],
  about_me: ["like", "proud", "later"],
  blank: [],
};

export function newSection(prompt: Section["prompt"], heading: string): Section {
  return { id: newId(), prompt, heading, text: "", stories: [] };
}

/** A page to begin with, with the headings of its template. */
export function beginning(template: Template, t: Translate): Content {
  return {
    template,
    title: t(`showcase.template.${template}`),
    intro: "",
    showsFamilyName: false,
    showsSchool: false,
    words: [],
    sections: PROMPTS[template].map((prompt) => newSection(prompt, t(`showcase.prompt.${prompt}`))),
  };
}

/** A story on a page begins with what its pupil wrote; what stands here is for who reads it here. */
export function storyOf({ id, text, files }: MaterialStory): Story {
  return { entryId: id, text, fileIds: files.slice(0, 2).map((file) => file.id) };
}

/** The same list with one moved. */
export function moved<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const rest = list.filter((_, at) => at !== from);
  const one = list[from];
  return one === undefined || to < 0 || to > rest.length
    ? [...list]
    : [...rest.slice(0, to), one, ...rest.slice(to)];
}

/** The same list with another in this place. */
export function replaced<Item>(list: readonly Item[], at: number, one: Item): Item[] {
  return list.map((there, place) => (place === at ? one : there));
}

interface Told {
  form: string | null;
  organisation: string;
  happenedOn: string | null;
  endedOn: string | null;
}

/** `snuffelstage · Bakkerij Van Dam · 12 november` */
export function factsOf({ form, organisation, happenedOn, endedOn }: Told, t: Translate, language: string) {
  return [
    form && t(`form.${form}` as MessageId),
    organisation,
    happenedOn && daysInWords(happenedOn, endedOn, language),
  ].filter((fact): fact is string => Boolean(fact));
}

/** A page as lines, to lay two of them side by side. */
export function linesOf(content: Content, titleOf: (id: string) => string): string[] {
  return [
    content.title,
    content.intro,
    content.words.map(({ key }) => key).join(", "),
    ...content.sections.flatMap(({ heading, text, stories }) => [
      heading,
      text,
      ...stories.map(({ entryId, text: words }) => `${titleOf(entryId)}: ${words}`),
    ]),
  ].filter((line) => line.trim() !== "");
}

/** What a paper begins with: what the page shows, and no more than that. */
export function proposal(
  kind: PaperKind,
  page: Page,
  stories: readonly MaterialStory[],
  place: string,
  t: Translate,
  language: string,
): PaperContent {
  const lineOf = (story: MaterialStory) => {
    const { form, organisation, happenedOn, title } = story;
    const facts = [
      form ? t(`form.${form}` as MessageId) : kind === "cv" ? title : "",
      organisation,
      happenedOn && monthInWords(happenedOn, language),
    ];
    const line = facts.filter(Boolean).join(", ").slice(0, 200);
    return line.charAt(0).toLocaleUpperCase(language) + line.slice(1);
  };
  const known = new Map(stories.map((story) => [story.id, story]));
  const parts = page.content.sections.map(({ heading, text, stories: chosen }) => ({
    heading,
    text,
    items: chosen.flatMap(({ entryId, text: words }) => {
      const story = known.get(entryId);
      if (!story) return [];
      return [{ entryId, line: lineOf(story), text: words }];
    }),
  }));
  const school = place ? [{ heading: t("showcase.paper.school"), text: place, items: [] }] : [];
  return {
    about: page.content.intro,
    contact: "",
    showsWords: true,
    parts: [...parts, ...school].filter(({ text, items }) => text || items.length > 0),
  };
}

/** The lines of a paper, to lay two of them side by side. */
export function paperLines(content: PaperContent): string[] {
  return [
    content.about,
    content.contact,
    ...content.parts.flatMap(({ heading, text, items }) => [
      heading,
      text,
      ...items.flatMap((item) => [item.line, item.text]),
    ]),
  ].filter((line) => line.trim() !== "");
}
