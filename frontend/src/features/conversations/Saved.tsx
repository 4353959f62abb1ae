import { useLanguage, useT } from "~/i18n";
import { timeOf } from "~/i18n/dates";
import { Icon, type IconName } from "~/ui";
import type { Saving } from "./useSaving";

const SIGNS: Record<Saving, IconName> = {
  saved: "check",
  typing: "pencil",
  saving: "wait",
  waits: "no-network",
  conflict: "turn-around",
  refused: "info",
};

/** Whether what is written is at school. */
export function Saved({ saving, at }: { saving: Saving; at: string | null }) {
  const t = useT();
  const language = useLanguage();
  const words =
    saving === "saved" && at
      ? t("talks.saving.savedAt", { time: timeOf(at, language) })
      : t(`talks.saving.${saving}`);
  return (
    <p className="tp-small tp-soft talk__saved" role="status">
      <Icon name={SIGNS[saving]} />
      {words}
    </p>
  );
}
