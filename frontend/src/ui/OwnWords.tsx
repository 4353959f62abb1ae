/** The language in which somebody's own words are read aloud: Arabic and Bulgarian by their script, else Dutch. */
export function languageOf(words: string): "ar" | "bg" | "nl" {
  if (/\p{Script=Arabic}/u.test(words)) return "ar";
  return /\p{Script=Cyrillic}/u.test(words) ? "bg" : "nl";
}

/** Somebody's own words: in their own direction and language, whatever the language of the screen. */
export function OwnWords({ children }: { children: string }) {
  return <bdi lang={languageOf(children)}>{children}</bdi>;
}
