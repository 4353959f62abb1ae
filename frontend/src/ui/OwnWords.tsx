/** The language in which somebody's own words are read aloud: Arabic by its script, else Dutch. */
export function languageOf(words: string): "ar" | "nl" {
  return /\p{Script=Arabic}/u.test(words) ? "ar" : "nl";
}

/** Somebody's own words: in their own direction and language, whatever the language of the screen. */
export function OwnWords({ children }: { children: string }) {
  return <bdi lang={languageOf(children)}>{children}</bdi>;
}
