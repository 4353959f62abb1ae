import { useEffect, useState } from "react";
import type { Schema } from "~/api/client";
import { useT } from "~/i18n";
import { QuietButton, refusalOf } from "~/ui";

type Props = {
  id: string;
  /** The recording as it was just made, until the page is left. */
  here?: Blob;
  /** What the school knows of it. */
  about: Schema<"SaidAloud"> | null;
  label: string;
  onRemove?: () => void;
};

/** Something said, to hear again. */
export function Sound({ id, here, about, label, onRemove }: Props) {
  const t = useT();
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!here) return setAddress(undefined);
    const made = URL.createObjectURL(here);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [here]);
  const known = about?.id === id ? about : null;
  const src =
    address ?? (known && known.state !== "uploading" ? `/v1/homework-sounds/${id}/file` : undefined);
  return (
    <div className="homework__sound">
      {known?.state === "refused" ? (
        <p role="status">{t(refusalOf(known.refusal))}</p>
      ) : src ? (
        // biome-ignore lint/a11y/useMediaCaption: an answer just said, in the words of home
        <audio controls preload="metadata" src={src} aria-label={label} />
      ) : (
        <p className="tp-small tp-soft">{t("homework.soundComes")}</p>
      )}
      {onRemove && (
        <QuietButton icon="trash" onClick={onRemove}>
          {t("homework.soundRemove")}
        </QuietButton>
      )}
    </div>
  );
}
