import { useT } from "~/i18n";
import { Icon } from "~/ui";
import { HOME_LANGUAGES, type HomeLanguage } from "./languages";

/** The language that the parent reads best, beside the Dutch. */
export function LanguageOfHome({
  value,
  onChange,
}: {
  value: HomeLanguage;
  onChange: (language: HomeLanguage) => void;
}) {
  const t = useT();
  return (
    <label className="homework__language">
      <span>{t("homework.language")}</span>
      <span className="tp-language">
        <Icon name="globe" />
        <select value={value} onChange={({ target }) => onChange(target.value as HomeLanguage)}>
          {Object.entries(HOME_LANGUAGES).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </label>
  );
}
