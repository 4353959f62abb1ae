import { type Translate, useLanguage, useT } from "~/i18n";
import { soon, weekdayInWords } from "~/i18n/dates";
import type { Item, StepOfTalk, Talk } from "./useTalks";

/** `13.30` as people write it. */
export function clock(time: string): string {
  return time.slice(0, 5).replace(/^0/, "");
}

type When = Pick<Item, "onDay" | "atTime" | "place">;

/** "vrijdag 4 december om 13:30 uur, kamer 1.12". */
export function useWhen() {
  const t = useT();
  const language = useLanguage();
  return ({ onDay, atTime, place }: When) => {
    const day = weekdayInWords(onDay, language);
    const when = atTime ? t("talks.at", { day, time: clock(atTime) }) : day;
    return place ? `${when} · ${place}` : when;
  };
}

/** "vrijdag om 13:30 uur": near days without their date. */
export function useSoon() {
  const t = useT();
  const language = useLanguage();
  return ({ onDay, atTime }: Pick<Item, "onDay" | "atTime">) => {
    const day = soon(onDay, language);
    return atTime ? t("talks.at", { day, time: clock(atTime) }) : day;
  };
}

/** When it was before it was moved; nothing where it was not, or only within the day. */
export function useWas() {
  const t = useT();
  const language = useLanguage();
  return ({ wasOnDay, wasAtTime }: Pick<Item, "wasOnDay" | "wasAtTime">) => {
    if (!wasOnDay) return undefined;
    const day = weekdayInWords(wasOnDay, language);
    return wasAtTime ? t("talks.at", { day, time: clock(wasAtTime) }) : day;
  };
}

/** Who does a step, to whoever reads it. */
export function whoDoes(step: Pick<StepOfTalk, "who" | "staff">, talk: Talk, t: Translate): string {
  if (step.who === "staff") return step.staff?.name ?? t("talks.who.staff");
  if (step.who === "home") return t("talks.who.home");
  return talk.viewer === "self" ? t("talks.who.you") : talk.pupil.givenName;
}
