import { chooseLanguage, LANGUAGES, type Language, useLanguage, useT } from "~/i18n";
import { Icon } from "./Icon";

/** Each language by its own name, the one in use always among them. `onChoose` also tells the server, for a signed-in person. */
export function LanguageSwitch({
  languages = ["nl", "en"],
  onChoose,
}: {
  languages?: readonly Language[];
  onChoose?: (language: Language) => void;
}) {
  const t = useT();
  const current = useLanguage();
  const offered = languages.includes(current) ? languages : [...languages, current];
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
        {offered.map((language) => (
          <option key={language} value={language} lang={language}>
            {LANGUAGES[language].name}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </label>
  );
}
