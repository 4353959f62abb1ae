import { directionOf, type HomeLanguage } from "./languages";
import type { Wording } from "./useHomework";

type Props = {
  text: Wording["home"];
  language: HomeLanguage;
  /** For a heading: its level and id. */
  as?: "h1" | "h2" | "h3" | "p";
  id?: string;
};

/** The same words in Dutch for the child and in the language of home for the parent, both on screen at once. */
export function TwoLanguages({ text, language, as: Tag = "p", id }: Props) {
  return (
    <div className="homework__two" id={id}>
      <Tag lang="nl" dir="ltr" tabIndex={Tag === "h1" ? -1 : undefined}>
        {text.nl}
      </Tag>
      {language !== "nl" && (
        <p className="homework__theirs" lang={language} dir={directionOf(language)}>
          {text[language]}
        </p>
      )}
    </div>
  );
}
