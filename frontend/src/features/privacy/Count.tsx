import { useLanguage } from "~/i18n";

/** How many there are, where that is known. */
export function Count({ count }: { count: number | null }) {
  const language = useLanguage();
  if (count === null) return null;
  return <span className="tp-soft"> · {count.toLocaleString(language)}</span>;
}
