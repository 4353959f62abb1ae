import { type Messages, setupI18n } from "@lingui/core";
import { I18nProvider, useLingui } from "@lingui/react";
import { type ReactNode, useCallback } from "react";
import type { MessageId } from "./messages";

export type { MessageId } from "./messages";

/** The languages of many homes in The Hague, each by its own name (docs/languages.md). */
export const LANGUAGES = {
  nl: { name: "Nederlands", dir: "ltr" },
  en: { name: "English", dir: "ltr" },
  tr: { name: "Türkçe", dir: "ltr" },
  ar: { name: "العربية", dir: "rtl" },
  pl: { name: "Polski", dir: "ltr" },
  bg: { name: "Български", dir: "ltr" },
} as const;
export type Language = keyof typeof LANGUAGES;

/** Values for a message; `Translate` refuses an id that the Dutch catalogue does not have. */
export type Values = Record<string, string | number | undefined>;
export type Translate = (id: MessageId, values?: Values) => string;

const CHOICE = "language";
const catalogues: Record<Language, () => Promise<{ default: Messages }>> = {
  nl: () => import("virtual:catalogue/nl"),
  en: () => import("virtual:catalogue/en"),
  tr: () => import("virtual:catalogue/tr"),
  ar: () => import("virtual:catalogue/ar"),
  pl: () => import("virtual:catalogue/pl"),
  bg: () => import("virtual:catalogue/bg"),
};

const i18n = setupI18n();

function isLanguage(value: unknown): value is Language {
  return typeof value === "string" && value in LANGUAGES;
}

/** The language that was chosen on this device, if any. */
export function chosenLanguage(): Language | undefined {
  const chosen = localStorage.getItem(CHOICE);
  return isLanguage(chosen) ? chosen : undefined;
}

/** The language chosen on this device, else the browser's if we speak it, else Dutch. */
function preferredLanguage(): Language {
  const chosen = chosenLanguage();
  if (chosen) return chosen;
  const spoken = navigator.language.slice(0, 2);
  return isLanguage(spoken) ? spoken : "nl";
}

/** Loads a language and turns the whole page to it, direction included. */
export async function activate(language: Language): Promise<void> {
  const { default: messages } = await catalogues[language]();
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
  document.documentElement.dir = LANGUAGES[language].dir;
}

/** The language to begin with; in a dead spot, where it was never read on this device, Dutch. */
export async function begin(): Promise<void> {
  // Chosen in another tab: this one follows.
  window.addEventListener("storage", ({ key }) => {
    const chosen = chosenLanguage();
    if (key === CHOICE && chosen) void activate(chosen);
  });
  await activate(preferredLanguage()).catch(() => activate("nl"));
}

/** Activates a language and remembers it on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(CHOICE, language);
  await activate(language);
}

/** Whether the server says what went wrong in the language of the screen. */
export function serverSpeaks(language: Language): boolean {
  return language === "nl" || language === "en";
}

export function currentLanguage(): Language {
  return isLanguage(i18n.locale) ? i18n.locale : "nl";
}

export function Translations({ children }: { children: ReactNode }) {
  return <I18nProvider i18n={i18n}>{children}</I18nProvider>;
}

/** The translator; a component that uses it is drawn again when the language changes. */
export function useT(): Translate {
  const { _ } = useLingui();
  return useCallback((id, values) => _(id, values), [_]);
}

export function useLanguage(): Language {
  useLingui();
  return currentLanguage();
}
