import { type ReactNode, useId, useState } from "react";
import { useT } from "~/i18n";
import { Button, QuietButton } from "./Button";
import { ChoiceGrid } from "./Choices";
import type { Ring } from "./codes";
import { RingsSign } from "./Labels";

interface WhoSeesCardProps {
  title: string;
  ring: number;
  /** The rings to choose from; with one or none it only tells. */
  rings: readonly number[];
  words: (ring: number) => string;
  /** What to know before choosing this ring. */
  hint?: (ring: number) => ReactNode;
  /** Keeps another ring; it never rejects. */
  onKeep: (ring: number) => Promise<void>;
}

/** How far something is shared, in words and rings, and another reach where one may choose it. */
export function WhoSeesCard({ title, ring, rings, words, hint, onKeep }: WhoSeesCardProps) {
  const t = useT();
  const id = useId();
  const [picked, setPicked] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const keep = async () => {
    if (picked !== null && picked !== ring) {
      setBusy(true);
      await onKeep(picked);
      setBusy(false);
    }
    setPicked(null);
  };
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {picked === null ? (
        <div className="tp-row tp-row--between">
          <span className="tp-rings">
            <RingsSign ring={ring as Ring} />
            <span>{words(ring)}</span>
          </span>
          {rings.length > 1 && <QuietButton onClick={() => setPicked(ring)}>{t("ui.whoChange")}</QuietButton>}
        </div>
      ) : (
        <>
          <ChoiceGrid
            label={title}
            hideLabel
            list
            options={rings.map((one) => ({
              value: String(one),
              label: words(one),
              sign: (
                <span className="tp-rings">
                  <RingsSign ring={one as Ring} />
                </span>
              ),
            }))}
            value={String(picked)}
            onChange={(one) => setPicked(Number(one))}
          />
          {hint?.(picked)}
          <div className="tp-row">
            <Button onClick={keep} busy={busy}>
              {t("ui.whoSave")}
            </Button>
            <QuietButton onClick={() => setPicked(null)}>{t("ui.cancel")}</QuietButton>
          </div>
        </>
      )}
    </section>
  );
}
