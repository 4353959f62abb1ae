import { chooseLanguage, LANGUAGES, type Language, useT } from "~/i18n";
import { Page } from "./Page";

/** Said in each language itself: whoever reads it, reads it. */
const GO_ON: Record<Language, string> = {
  nl: "Ga verder in het Nederlands",
  en: "Go on in English",
  tr: "Türkçe devam et",
  ar: "المتابعة بالعربية",
  pl: "Dalej po polsku",
  bg: "Продължете на български",
};

/** First of all: the language. */
export function LanguageStep({ onChosen }: { onChosen: () => void }) {
  const t = useT();
  const choose = (language: Language) => {
    void chooseLanguage(language).then(onChosen);
  };
  return (
    <Page title={t("invitation.language.title")}>
      <div className="invitation__languages">
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            dir={LANGUAGES[language].dir}
            onClick={() => choose(language)}
          >
            {LANGUAGES[language].name}
            <small>{GO_ON[language]}</small>
          </button>
        ))}
      </div>
    </Page>
  );
}
