import { Link } from "wouter";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { soon, today } from "~/i18n/dates";
import { Button, Icon, OwnWords, useToast } from "~/ui";
import { type AgreedStep, useAgreedSteps, useStepState } from "./useRounds";
import "./rounds.css";

/** On the first page of staff: what they agreed to do, from its day on. Never counted as late. */
export default function AgreedSteps() {
  const t = useT();
  const { data } = useAgreedSteps();
  if (!data || data.today.length === 0) return null;
  return (
    <section className="tp-page tp-page--wide rounds__agreed" aria-labelledby="agreed-steps">
      <div className="tp-card tp-card--sea tp-stack">
        <h2 id="agreed-steps">{t("rounds.agreed")}</h2>
        <ul className="tp-list">
          {data.today.map((step) => (
            <li key={step.id}>
              <One step={step} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function One({ step }: { step: AgreedStep }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const move = useStepState();
  const failed = (error: unknown) =>
    toast({ text: error instanceof ApiProblem ? error.message : t("ui.error.offline") });
  const done = () =>
    move.mutate(
      { step, state: "done", version: step.version },
      {
        onSuccess: ({ version }) =>
          toast({
            text: t("rounds.stepDone", { text: step.text }),
            action: () => move.mutate({ step, state: "open", version }, { onError: failed }),
          }),
        onError: failed,
      },
    );
  return (
    <>
      <div className="tp-grow rounds__step">
        <p>
          <b>
            <OwnWords>{step.text}</OwnWords>
          </b>
        </p>
        <p className="tp-small">
          <Icon name="together" />{" "}
          <Link href={`/gesprek/${step.conversationId}`}>
            {t("rounds.agreedWith", { name: step.pupil.name })}
          </Link>
          {step.dueOn && ` · ${soon(step.dueOn, language, today())}`}
        </p>
      </div>
      <Button look="secondary" icon="check" busy={move.isPending} onClick={done}>
        {t("rounds.done")}
      </Button>
    </>
  );
}
