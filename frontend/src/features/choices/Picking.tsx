import { useState } from "react";
import { useT } from "~/i18n";
import { Button, ChoiceGrid, Note, QuietButton, TextField, useToast } from "~/ui";
import { Plans } from "~/ui/ChoiceShown";
import { type Choice, optionName, plansOf } from "~/ui/choiceWords";
import { isStale, usePick, wordsOf } from "./useChoices";

/** What it becomes for now: a plan, maybe a second one. Choosing anew is always possible, and what was before stays. */
export function Picking({ choice }: { choice: Choice }) {
  const t = useT();
  const toast = useToast();
  const pick = usePick(choice);
  const plans = plansOf(choice);
  const listed = choice.options.filter(({ offAt }) => !offAt);
  const [open, setOpen] = useState(false);
  const [planA, setPlanA] = useState<string>();
  const [planB, setPlanB] = useState<string>();
  const [why, setWhy] = useState("");
  const [stale, setStale] = useState(false);
  const chosen = listed.find(({ id }) => id === planA);
  const second = listed.find(({ id }) => id === planB);
  const failed = (error: unknown) => (isStale(error) ? setStale(true) : toast({ text: wordsOf(error, t) }));
  const send = () => {
    if (!chosen) return;
    const before = plans && { planA: plans.pick.planA, planB: plans.pick.planB, why: plans.pick.why };
    pick.mutate(
      { planA: chosen.id, planB: second && second.id !== chosen.id ? second.id : null, why: why.trim() },
      {
        onSuccess: ({ version }) => {
          toast({
            text: t("choice.chosen", { name: optionName(chosen, t) }),
            action: () => pick.mutate({ ...(before ?? { planA: null }), version }, { onError: failed }),
          });
          setOpen(false);
          setStale(false);
          setPlanA(undefined);
          setPlanB(undefined);
          setWhy("");
        },
        onError: failed,
      },
    );
  };
  const again = () =>
    pick.mutate(
      { planA: null },
      { onSuccess: () => toast({ text: t("choice.isOpenAgain") }), onError: failed },
    );
  return (
    <section className="tp-card tp-stack" aria-labelledby="choice-plan">
      <div>
        <h2 id="choice-plan">{t(plans ? "choice.plan" : "choice.planAsk")}</h2>
        {!plans && <p className="tp-soft">{t("choice.planHint")}</p>}
      </div>
      <Plans choice={choice} own />
      {stale && (
        <Note tone="wait">
          <p>{t("choice.pickElsewhere")}</p>
        </Note>
      )}
      {listed.length === 0 && !plans && <p>{t("choice.planNeedsList")}</p>}
      {listed.length > 0 && (open || !plans) && (
        <>
          <ChoiceGrid
            label={t("choice.planA")}
            list
            options={listed.map((option) => ({ value: option.id, label: optionName(option, t) }))}
            value={planA}
            onChange={setPlanA}
          />
          {chosen && listed.length > 1 && (
            <ChoiceGrid
              label={t("choice.planBAsk")}
              list
              options={[
                { value: "", label: t("choice.noPlanB") },
                ...listed
                  .filter(({ id }) => id !== planA)
                  .map((option) => ({ value: option.id, label: optionName(option, t) })),
              ]}
              value={planB === planA ? "" : (planB ?? "")}
              onChange={setPlanB}
            />
          )}
          {chosen && (
            <>
              <TextField
                label={t("choice.pickWhy")}
                value={why}
                maxLength={1000}
                autoComplete="off"
                onChange={({ target }) => setWhy(target.value)}
              />
              <div className="tp-row">
                <Button busy={pick.isPending} onClick={send}>
                  {t("choice.pick", { name: optionName(chosen, t) })}
                </Button>
                <QuietButton
                  onClick={() => {
                    setPlanA(undefined);
                    setOpen(false);
                  }}
                >
                  {t("ui.cancel")}
                </QuietButton>
              </div>
            </>
          )}
        </>
      )}
      {plans && !open && (
        <div className="tp-row">
          <Button look="secondary" onClick={() => setOpen(true)}>
            {t("choice.pickAgain")}
          </Button>
          <QuietButton onClick={again}>{t("choice.openUp")}</QuietButton>
        </div>
      )}
    </section>
  );
}
