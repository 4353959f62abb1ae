import { useState } from "react";
import { Link } from "wouter";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayOf, recently, soon, today } from "~/i18n/dates";
import { dropStep, useWaitingSteps, type WaitingStep } from "~/offline";
import { useMe } from "~/session";
import {
  Button,
  Chip,
  Dialog,
  EmptyState,
  ErrorState,
  IconButton,
  Loading,
  Note,
  OwnWords,
  QuietButton,
  useToast,
} from "~/ui";
import { StepForm } from "./StepForm";
import { type Step, type StepState, useNewStep, useStep, useSteps } from "./useSteps";
import "./steps.css";

/** The pupil's own small steps: what comes, and what lies behind. */
export default function StepsScreen() {
  const t = useT();
  const me = useMe();
  const steps = useSteps();
  const waiting = useWaitingSteps(me.id);
  const make = useNewStep();
  const toast = useToast();
  const offline = steps.isPending && steps.fetchStatus === "paused";
  const known = new Set(steps.data?.open.map(({ id }) => id));
  const onDevice = waiting.filter(({ id }) => !known.has(id));
  return (
    <div className="tp-page tp-stack">
      <header>
        <h1 tabIndex={-1}>{t("steps.title")}</h1>
        <p className="tp-soft">{t("steps.intro")}</p>
      </header>
      <section className="tp-sheet" aria-label={t("steps.new")}>
        <StepForm
          label={t("steps.ask")}
          keep={t("steps.keep")}
          onKeep={(content) => {
            make(content);
            toast({ text: t("steps.kept", { text: content.text }) });
          }}
        />
      </section>
      {steps.isPending && !offline && <Loading cards={2} />}
      {offline && (
        <Note icon="no-network">
          <p>{t("steps.offline")}</p>
        </Note>
      )}
      {steps.isError && <ErrorState error={steps.error} onRetry={() => steps.refetch()} />}
      {steps.data && steps.data.open.length + onDevice.length === 0 && (
        <EmptyState>{t("steps.empty")}</EmptyState>
      )}
      {(steps.data?.open.length ?? 0) + onDevice.length > 0 && (
        <section className="tp-stack" aria-labelledby="open-steps">
          <h2 id="open-steps">{t("steps.open")}</h2>
          <ul className="tp-stack">
            {steps.data?.open.map((step) => (
              <li key={step.id}>
                <OpenStep step={step} />
              </li>
            ))}
            {onDevice.map((step) => (
              <li key={step.id}>
                <StepOnDevice step={step} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {steps.data && steps.data.behind.length > 0 && <Behind steps={steps.data.behind} />}
    </div>
  );
}

/** Moves a step and says so, with the way back. */
function useMoving() {
  const t = useT();
  const toast = useToast();
  const { move, change } = useStep();
  const failed = (error: unknown) =>
    toast({ text: error instanceof ApiProblem ? error.message : t("steps.failed") });
  const go = async (step: Pick<Step, "id" | "version" | "text" | "state">, state: StepState) => {
    // Two quick taps are one: the second would find the step changed already.
    if (move.isPending) return;
    try {
      const { version } = await move.mutateAsync({ step, state });
      toast({
        text: t(`steps.moved.${state}`, { text: step.text }),
        action:
          state === "open"
            ? undefined
            : () =>
                void move.mutateAsync({ step: { id: step.id, version }, state: step.state }).catch(failed),
      });
    } catch (error) {
      failed(error);
    }
  };
  return { go, change, busy: move.isPending };
}

function OpenStep({ step }: { step: Step }) {
  const t = useT();
  const language = useLanguage();
  const { go, change, busy } = useMoving();
  const [changing, setChanging] = useState(false);
  const passed = step.dueOn !== null && step.dueOn < today();
  const problem = change.error instanceof ApiProblem ? change.error.message : undefined;
  return (
    <article className="tp-card steps__step">
      <div className="steps__words">
        <h3>
          <OwnWords>{step.text}</OwnWords>
        </h3>
        {step.dueOn && (
          <p className="tp-small">
            {t(passed ? "steps.stood" : "steps.due", { day: soon(step.dueOn, language) })}
          </p>
        )}
        <From step={step} />
      </div>
      <div className="tp-row steps__actions">
        <Button look="secondary" icon="check" busy={busy} onClick={() => go(step, "done")}>
          {t("steps.done")}
        </Button>
        <QuietButton onClick={() => go(step, "let_go")}>{t("steps.letGo")}</QuietButton>
        <IconButton
          icon="pencil"
          label={t("steps.change", { text: step.text })}
          onClick={() => setChanging(true)}
        />
      </div>
      <Dialog title={t("steps.changeTitle")} open={changing} onClose={() => setChanging(false)}>
        <StepForm
          before={step}
          label={t("steps.ask")}
          keep={t("steps.keepChange")}
          busy={change.isPending}
          problem={change.isError ? (problem ?? t("steps.failed")) : undefined}
          onKeep={(content) => change.mutate({ step, content }, { onSuccess: () => setChanging(false) })}
          onCancel={() => setChanging(false)}
        />
      </Dialog>
    </article>
  );
}

function From({ step }: { step: Step }) {
  const t = useT();
  if (!step.entryId || step.entryTitle === null) return null;
  return (
    <p className="tp-small">
      <Link href={`/verhaal/${step.entryId}`}>
        {t("steps.from", { title: step.entryTitle || t("steps.untitled") })}
      </Link>
    </p>
  );
}

/** Written in a dead spot, or not taken. */
function StepOnDevice({ step }: { step: WaitingStep }) {
  const t = useT();
  const me = useMe();
  return (
    <article className="tp-card steps__step">
      <div className="steps__words">
        <h3>
          <OwnWords>{step.content.text}</OwnWords>
        </h3>
        {step.refusal ? (
          <Note tone="wait">
            <p>{step.refusal}</p>
          </Note>
        ) : (
          <p>
            <Chip icon="wait" tone="info">
              {t("steps.onDevice")}
            </Chip>
          </p>
        )}
      </div>
      {step.refusal && <QuietButton onClick={() => dropStep(me.id, step.id)}>{t("steps.drop")}</QuietButton>}
    </article>
  );
}

const FIRST = 5;

function Behind({ steps }: { steps: readonly Step[] }) {
  const t = useT();
  const language = useLanguage();
  const { go } = useMoving();
  const [all, setAll] = useState(false);
  return (
    <section className="tp-stack" aria-labelledby="steps-behind">
      <h2 id="steps-behind">{t("steps.behind")}</h2>
      <ul className="tp-list">
        {steps.slice(0, all ? undefined : FIRST).map((step) => (
          <li key={step.id}>
            <div className="tp-grow">
              <p>
                <OwnWords>{step.text}</OwnWords>
              </p>
              <p className="tp-small tp-soft">
                {t(step.state === "done" ? "steps.doneOn" : "steps.letGoOn", {
                  day: step.endedAt ? recently(dayOf(step.endedAt), language) : "",
                })}
              </p>
            </div>
            <QuietButton aria-label={t("steps.backOf", { text: step.text })} onClick={() => go(step, "open")}>
              {t("steps.back")}
            </QuietButton>
          </li>
        ))}
      </ul>
      {!all && steps.length > FIRST && (
        <QuietButton onClick={() => setAll(true)}>{t("steps.all", { count: steps.length })}</QuietButton>
      )}
    </section>
  );
}
