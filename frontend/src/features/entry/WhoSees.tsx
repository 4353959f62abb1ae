import { useState } from "react";
import { ApiProblem } from "~/api/client";
import { type Translate, useT } from "~/i18n";
import { Button, ChoiceGrid, QuietButton, type Ring, RingsSign, useToast } from "~/ui";
import { type Entry, useChooseRing } from "./useEntry";

/** "Wie ziet dit?" in words; who may change it, can. */
export function WhoSees({ entry }: { entry: Entry }) {
  const t = useT();
  const toast = useToast();
  const choose = useChooseRing(entry);
  const [picked, setPicked] = useState<number | null>(null);
  const words = (ring: number) => ringWords(t, entry, ring);
  const own = entry.viewer === "self";
  const choices = own && entry.rights.edit ? entry.rights.audience : [];

  const save = async () => {
    if (picked === null || picked === entry.ring) return setPicked(null);
    try {
      await choose.mutateAsync(picked);
      toast({ text: t("entry.whoChanged", { words: words(picked) }) });
    } catch (problem) {
      toast({ text: t(isStale(problem) ? "entry.elsewhere" : "entry.actionFailed") });
    }
    setPicked(null);
  };

  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="who-sees">
      <h2 id="who-sees">{t("entry.who")}</h2>
      {picked === null ? (
        <div className="tp-row tp-row--between">
          <span className="tp-rings">
            <RingsSign ring={entry.ring as Ring} />
            <span>{words(entry.ring)}</span>
          </span>
          {choices.length > 1 && (
            <QuietButton onClick={() => setPicked(entry.ring)}>{t("entry.whoChange")}</QuietButton>
          )}
        </div>
      ) : (
        <>
          <ChoiceGrid
            label={t("entry.who")}
            hideLabel
            list
            options={choices.map((ring) => ({
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
          {picked === 0 && entry.ring > 0 && <p className="tp-small">{t("entry.ring0Hint")}</p>}
          <div className="tp-row">
            <Button onClick={save} busy={choose.isPending}>
              {t("entry.whoSave")}
            </Button>
            <QuietButton onClick={() => setPicked(null)}>{t("entry.whoCancel")}</QuietButton>
          </div>
        </>
      )}
    </section>
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
