import { useT } from "~/i18n";
import { BANDS, type Band } from "./plan";

/** Ages in words: "groep 7 en 8, klas 1 en 2". */
export function Bands({ bands }: { bands: readonly Band[] }) {
  const t = useT();
  if (BANDS.every((band) => bands.includes(band))) return t("activities.band.all");
  return BANDS.filter((band) => bands.includes(band))
    .map((band) => t(`activities.band.${band}`))
    .join(", ");
}
