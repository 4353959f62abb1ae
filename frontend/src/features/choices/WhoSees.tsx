import { useState } from "react";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import { Button, ChoiceGrid, QuietButton, type Ring, RingsSign, useToast } from "~/ui";
import type { Choice } from "~/ui/choiceWords";
import { isStale, useRing, wordsOf } from "./useChoices";

/** "Mag school meekijken?" For this choice as a whole; nobody until the pupil says so. */
export function WhoSees({ choice, rings }: { choice: Choice; rings: readonly number[] }) {
  const t = useT();
  const toast = useToast();
  const { pupil } = useMe();
  const choose = useRing(choice);
  const [picked, setPicked] = useState<number | null>(null);
  const words = (ring: number) =>
    t(ring === 2 && pupil && !pupil.homeSharing ? "choice.ring.2closed" : `choice.ring.${ring as Ring}`);
  const save = () => {
    if (picked === null || picked === choice.ring) return setPicked(null);
    const before = choice.ring;
    choose.mutate(picked, {
      onSuccess: () => toast({ text: t("choice.ringKept", { words: words(picked) }) }),
      onError: (error) =>
        toast({
          text: isStale(error) ? t("choice.ringElsewhere", { words: words(before) }) : wordsOf(error, t),
        }),
      onSettled: () => setPicked(null),
    });
  };
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="choice-who">
      <h2 id="choice-who">{t("choice.who")}</h2>
      {picked === null ? (
        <div className="tp-row tp-row--between">
          <span className="tp-rings">
            <RingsSign ring={choice.ring as Ring} />
            <span>{words(choice.ring)}</span>
          </span>
          <QuietButton onClick={() => setPicked(choice.ring)}>{t("choice.whoChange")}</QuietButton>
        </div>
      ) : (
        <>
          <ChoiceGrid
            label={t("choice.who")}
            hideLabel
            list
            options={rings.map((ring) => ({
              value: String(ring),
              label: words(ring),
              sign: (
                <span className="tp-rings">
                  <RingsSign ring={ring as Ring} />
                </span>
              ),
            }))}
            value={String(picked)}
            onChange={(ring) => setPicked(Number(ring))}
          />
          <p className="tp-small">{t("choice.whoHint")}</p>
          <div className="tp-row">
            <Button busy={choose.isPending} onClick={save}>
              {t("choice.keep")}
            </Button>
            <QuietButton onClick={() => setPicked(null)}>{t("ui.cancel")}</QuietButton>
          </div>
        </>
      )}
    </section>
  );
}
