import { useT } from "~/i18n";
import { useMe } from "~/session";
import { type Ring, useToast, WhoSeesCard } from "~/ui";
import type { Choice } from "~/ui/choiceWords";
import { isStale, useRing, wordsOf } from "./useChoices";

/** "Mag school meekijken?" For this choice as a whole; nobody until the pupil says so. */
export function WhoSees({ choice, rings }: { choice: Choice; rings: readonly number[] }) {
  const t = useT();
  const toast = useToast();
  const { pupil } = useMe();
  const choose = useRing(choice);
  const words = (ring: number) =>
    t(ring === 2 && pupil && !pupil.homeSharing ? "choice.ring.2closed" : `choice.ring.${ring as Ring}`);
  const keep = async (ring: number) => {
    const before = choice.ring;
    try {
      await choose.mutateAsync(ring);
      toast({ text: t("choice.ringKept", { words: words(ring) }) });
    } catch (error) {
      toast({
        text: isStale(error) ? t("choice.ringElsewhere", { words: words(before) }) : wordsOf(error, t),
      });
    }
  };
  return (
    <WhoSeesCard
      title={t("choice.who")}
      ring={choice.ring}
      rings={rings}
      words={words}
      hint={() => <p className="tp-small">{t("choice.whoHint")}</p>}
      onKeep={keep}
    />
  );
}
