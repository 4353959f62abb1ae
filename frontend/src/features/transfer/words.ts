import type { Translate } from "~/i18n";
import type { Summary } from "./useTransfers";

/** What goes along, counted in words: "5 verhalen, woorden uit het talentbeeld en 1 stap". Empty where nothing does. */
export function inWords(
  { stories, results = 0, words, steps, talks }: Counted,
  language: string,
  t: Translate,
): string {
  const parts = [
    stories - results > 0 && t("transfer.count.stories", { count: stories - results }),
    results > 0 && t("transfer.count.results", { count: results }),
    words && t("transfer.count.words"),
    steps > 0 && t("transfer.count.steps", { count: steps }),
    talks > 0 && t("transfer.count.talks", { count: talks }),
  ].filter((part) => part !== false);
  return new Intl.ListFormat(language, { type: "conjunction" }).format(parts);
}

interface Counted {
  stories: number;
  /** So many of the stories are results of school. */
  results?: number;
  words: boolean;
  steps: number;
  talks: number;
}

export function countOf(summary: Summary): Counted {
  return { ...summary, stories: summary.stories.length + summary.untitled };
}
