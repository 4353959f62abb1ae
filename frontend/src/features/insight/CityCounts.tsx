import { useT } from "~/i18n";
import { CountsPage } from "./CountsPage";

/** The coordinator's figures. */
export default function CityCounts() {
  const t = useT();
  return <CountsPage schoolId={null} empty={t("insight.noneCity")} />;
}
