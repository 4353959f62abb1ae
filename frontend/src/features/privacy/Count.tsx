import { useLanguage } from "~/i18n";

/** How many there are, where that is known. */
export function Count({ count }: { count: number | null }) {
  const language = useLanguage();
  if (count === null) return null;
  // Never alone on a line of its own.
  return <span className="tp-soft">{`\u00a0·\u00a0${count.toLocaleString(language)}`}</span>;
}
