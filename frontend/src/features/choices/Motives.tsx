import { useState } from "react";
import type { MessageId } from "~/i18n";
import { useT } from "~/i18n";
import { Button, TextField, useToast } from "~/ui";
import type { Choice } from "~/ui/choiceWords";
import { isStale, useMotives, wordsOf } from "./useChoices";

/** Why: as pupils say it. From inside or from outside, each of them counts as a reason. */
export function Motives({ choice, codes }: { choice: Choice; codes: readonly string[] }) {
  const t = useT();
  const toast = useToast();
  const keep = useMotives(choice);
  const [motives, setMotives] = useState<readonly string[]>(choice.motives);
  const [own, setOwn] = useState(choice.ownMotive);
  const changed =
    own.trim() !== choice.ownMotive ||
    motives.length !== choice.motives.length ||
    motives.some((code) => !choice.motives.includes(code));
  const send = () =>
    keep.mutate(
      { motives: [...motives], ownMotive: own.trim(), version: choice.version },
      {
        onSuccess: () => toast({ text: t("choice.motivesKept") }),
        onError: (error) =>
          toast({ text: isStale(error) ? t("choice.motivesElsewhere") : wordsOf(error, t) }),
      },
    );
  return (
    <section className="tp-card tp-stack" aria-labelledby="choice-motives">
      <div>
        <h2 id="choice-motives">{t("choice.motivesAsk")}</h2>
        <p className="tp-soft">{t("choice.motivesHint")}</p>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: the heading names it */}
      <div role="group" aria-labelledby="choice-motives" className="tp-picks">
        {codes.map((code) => {
          const picked = motives.includes(code);
          return (
            <label key={code} className="tp-pick">
              <input
                type="checkbox"
                checked={picked}
                onChange={() =>
                  setMotives(picked ? motives.filter((one) => one !== code) : [...motives, code])
                }
              />
              {t(`choice.motive.${code}` as MessageId)}
            </label>
          );
        })}
      </div>
      <TextField
        label={t("choice.ownMotive")}
        value={own}
        maxLength={1000}
        autoComplete="off"
        onChange={({ target }) => setOwn(target.value)}
      />
      {changed && (
        <div>
          <Button look="secondary" busy={keep.isPending} onClick={send}>
            {t("choice.keepMotives")}
          </Button>
        </div>
      )}
    </section>
  );
}
