import { useT } from "~/i18n";
import { daysInWords, weekdayInWords } from "~/i18n/dates";
import { BANDS, type Band, type PlannableGroup } from "./plan";

/** When it is: `donderdag 3 december`, or `15–17 december`. */
export function whenInWords(start: string, end: string | null | undefined, language: string): string {
  return !end || end === start ? weekdayInWords(start, language) : daysInWords(start, end, language);
}

/** What a class is called where all of these are alike: a group at primary school. */
export function levelOf(groups: readonly Pick<PlannableGroup, "level">[]): "po" | "other" {
  return groups.length > 0 && groups.every(({ level }) => level === "po") ? "po" : "other";
}

/** Ages in words: "groep 7 en 8, klas 1 en 2". */
export function Bands({ bands }: { bands: readonly Band[] }) {
  const t = useT();
  if (BANDS.every((band) => bands.includes(band))) return t("activities.band.all");
  return BANDS.filter((band) => bands.includes(band))
    .map((band) => t(`activities.band.${band}`))
    .join(", ");
}
