import { useT } from "~/i18n";
import { clockTime } from "~/i18n/dates";

const NEARLY_S = 10;

/** Counts down beside a recording; a screen reader hears it once, near the end. */
export function TimeLeft({ seconds }: { seconds: number }) {
  const t = useT();
  return (
    <>
      <span className="tp-nowrap" aria-hidden="true">
        {t("ui.record.left", { left: clockTime(Math.ceil(seconds)) })}
      </span>
      <span className="tp-hidden" role="status">
        {seconds <= NEARLY_S ? t("ui.record.nearly") : ""}
      </span>
    </>
  );
}
