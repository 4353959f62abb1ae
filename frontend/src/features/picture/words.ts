import { useCallback } from "react";
import { useLanguage, useT } from "~/i18n";
import { schoolYear } from "~/i18n/dates";
import type { Year } from "./landscape";

/** A school year as the pupil calls it: "groep 8", "klas 2", "jaar 1"; else "2019–2020". */
export function useYearName(years: readonly Year[]): (year: number) => string {
  const t = useT();
  return useCallback(
    (start) => {
      const known = years.find((year) => year.schoolYear === start);
      if (!known?.level || known.studyYear === null) return schoolYear(start);
      return t("picture.stage", { level: known.level, year: known.studyYear });
    },
    [years, t],
  );
}

/** "groep 8, klas 1 en klas 2", in parts: a word, what stands between, the next word. */
export function useListed(): (words: readonly string[]) => string[] {
  const language = useLanguage();
  return (words) =>
    new Intl.ListFormat(language, { type: "conjunction" }).formatToParts(words).map(({ value }) => value);
}
