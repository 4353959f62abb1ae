import { chooseLanguage, LANGUAGES, type Language, useLanguage, useT } from "~/i18n";
import { Icon } from "./Icon";

/** Each language by its own name. `onChoose` also tells the server, for a signed-in person. */
export function LanguageSwitch({ onChoose }: { onChoose?: (language: Language) => void }) {
  const t = useT();
  const current = useLanguage();
  return (
    <label className="tp-language">
      <Icon name="globe" />
      <span className="tp-hidden">{t("ui.language")}</span>
      <select
        value={current}
        onChange={(event) => {
          const language = event.target.value as Language;
          void chooseLanguage(language);
          onChoose?.(language);
        }}
      >
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <option key={language} value={language} lang={language}>
            {LANGUAGES[language].name}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </label>
  );
}
