import { ApiProblem } from "~/api/client";
import { type Translate, useT } from "~/i18n";
import { useToast, WhoSeesCard } from "~/ui";
import { type Entry, useChooseRing } from "./useEntry";

/** "Wie ziet dit?" in words; who may change it, can. */
export function WhoSees({ entry }: { entry: Entry }) {
  const t = useT();
  const toast = useToast();
  const choose = useChooseRing(entry);
  const words = (ring: number) => ringWords(t, entry, ring);
  const own = entry.viewer === "self";
  const keep = async (ring: number) => {
    try {
      await choose.mutateAsync(ring);
      toast({ text: t("entry.whoChanged", { words: words(ring) }) });
    } catch (problem) {
      toast({ text: t(isStale(problem) ? "entry.elsewhere" : "entry.actionFailed") });
    }
  };
  return (
    <WhoSeesCard
      title={t("entry.who")}
      ring={entry.ring}
      rings={own && entry.rights.edit ? entry.rights.audience : []}
      words={words}
      hint={(ring) => ring === 0 && entry.ring > 0 && <p className="tp-small">{t("entry.ring0Hint")}</p>}
      onKeep={keep}
    />
  );
}

function isStale(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.status === 412;
}

function ringWords(t: Translate, entry: Entry, ring: number): string {
  if (entry.viewer !== "self") {
    const school = entry.sharedWith?.name ?? t("entry.theSchool");
    return t(`entry.ringOther.${ring as 0 | 1 | 2}`, { name: entry.pupil.givenName, school });
  }
  const school = entry.sharedWith?.name ?? t("entry.yourSchool");
  return t(ring === 2 && !entry.homeOpen ? "entry.ring.2closed" : `entry.ring.${ring as 0 | 1 | 2}`, {
    school,
  });
}
