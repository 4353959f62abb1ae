import { useT } from "~/i18n";
import { PupilSearch } from "./PupilSearch";

/** The search as a page of its own. */
export default function SearchScreen() {
  const t = useT();
  return (
    <div className="tp-page tp-stack">
      <h1 tabIndex={-1}>{t("search.title")}</h1>
      <PupilSearch />
    </div>
  );
}
