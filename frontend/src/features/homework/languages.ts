import type { Schema } from "~/api/client";
import { LANGUAGES, type Language } from "~/i18n";

export type HomeLanguage = Schema<"HomeLanguage">;

/** The languages in which a card is asked, each by its own name. */
export const HOME_LANGUAGES: Record<HomeLanguage, string> = {
  nl: "Nederlands",
  en: "English",
  tr: "Türkçe",
  ar: "العربية",
  pl: "Polski",
  bg: "Български",
};

const CHOSEN = "home-language";

const isHome = (value: string | null | undefined): value is HomeLanguage =>
  value != null && value in HOME_LANGUAGES;

export const directionOf = (language: HomeLanguage) => (language === "ar" ? "rtl" : "ltr");

/** What was chosen on this device before; else the language that the parent reads here; else Dutch. */
export function likelyLanguage(current: Language, atHome: boolean): HomeLanguage {
  const chosen = localStorage.getItem(CHOSEN);
  if (isHome(chosen)) return chosen;
  return atHome && current in LANGUAGES && isHome(current) ? current : "nl";
}

export function keepLanguage(language: HomeLanguage): void {
  localStorage.setItem(CHOSEN, language);
}
