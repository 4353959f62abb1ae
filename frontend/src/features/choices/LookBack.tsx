import { type FormEvent, useState } from "react";
import { useT } from "~/i18n";
import { Button, ChoiceGrid, TextArea, useToast } from "~/ui";
import { Behind } from "~/ui/ChoiceShown";
import type { Choice } from "~/ui/choiceWords";
import { useLookBack, wordsOf } from "./useChoices";

const ANSWERS = ["yes", "partly", "no"] as const;
type Answer = (typeof ANSWERS)[number];

/** A year later, or at the next school: how was it in the end? Three questions. */
export function LookBack({ choice }: { choice: Choice }) {
  const t = useT();
  const toast = useToast();
  const tell = useLookBack(choice);
  const before = choice.lookBack;
  const [open, setOpen] = useState(!before);
  const [again, setAgain] = useState<Answer | undefined>(before?.again);
  const [different, setDifferent] = useState(before?.different ?? "");
  const [advice, setAdvice] = useState(before?.advice ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!again) return;
    tell.mutate(
      { again, different: different.trim(), advice: advice.trim() },
      {
        onSuccess: () => {
          toast({ text: t("choice.backKept") });
          setOpen(false);
        },
        onError: (error) => toast({ text: wordsOf(error, t) }),
      },
    );
  };
  if (!open)
    return (
      <div className="tp-card tp-card--sea tp-stack">
        <Behind choice={choice} part="h2" />
        <div>
          <Button look="secondary" onClick={() => setOpen(true)}>
            {t("choice.backChange")}
          </Button>
        </div>
      </div>
    );
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="look-back">
      <div>
        <h2 id="look-back">{t("choice.back")}</h2>
        <p>{t("choice.backHint")}</p>
      </div>
      <form className="tp-stack" onSubmit={submit}>
        <ChoiceGrid
          label={t("choice.againAsk")}
          options={ANSWERS.map((answer) => ({ value: answer, label: t(`choice.again.${answer}`) }))}
          value={again}
          onChange={setAgain}
        />
        <TextArea
          label={t("choice.different")}
          rows={2}
          maxLength={1000}
          value={different}
          onChange={({ target }) => setDifferent(target.value)}
        />
        <TextArea
          label={t("choice.advice")}
          rows={2}
          maxLength={1000}
          value={advice}
          onChange={({ target }) => setAdvice(target.value)}
        />
        {again && (
          <div>
            <Button type="submit" busy={tell.isPending}>
              {t("choice.keep")}
            </Button>
          </div>
        )}
      </form>
    </section>
  );
}
