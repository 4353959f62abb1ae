import { useState } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayOf, recently, soon, today } from "~/i18n/dates";
import { dropStep, type StepState, useWaitingSteps, type WaitingStep } from "~/offline";
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
import { asLeftHere, type ShownStep } from "./onDevice";
import { StepForm } from "./StepForm";
import { type Step, useNewStep, useStep, useSteps, useStoryTitle } from "./useSteps";
import "./steps.css";

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The pupil's own small steps: what comes, and what lies behind. `?bij=` the story that a new one comes from. */
export default function StepsScreen() {
  const t = useT();
  const me = useMe();
  const steps = useSteps();
  const waiting = useWaitingSteps(me.id);
  const make = useNewStep();
  const toast = useToast();
  const [params] = useSearchParams();
  const [, go] = useLocation();
  const asked = params.get("bij");
  const story = asked && ID.test(asked) ? asked : null;
  const title = useStoryTitle(story);
  const offline = steps.isPending && steps.fetchStatus === "paused";
  const shown = steps.data && asLeftHere(steps.data, waiting);
  const known = new Set([...(shown?.open ?? []), ...(shown?.behind ?? [])].map(({ id }) => id));
  const onDevice = waiting.filter(({ id }) => !known.has(id));
  const refused = waiting.filter(({ id, refusal }) => refusal && known.has(id));
  return (
    <div className="tp-page tp-stack">
      <header>
        <h1 tabIndex={-1}>{t("steps.title")}</h1>
        <p className="tp-soft">{t("steps.intro")}</p>
      </header>
      <section className="tp-sheet tp-stack" aria-label={t("steps.new")}>
        {story && title !== undefined && <From entryId={story} title={title} />}
        <StepForm
          entryId={story}
          label={t("steps.ask")}
          keep={t("steps.keep")}
          onKeep={async (content) => {
            await make(content);
            toast({ text: t("steps.kept", { text: content.text }) });
            if (story) go("/stappen", { replace: true });
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
      {refused.map((step) => (
        <Refused key={step.id} step={step} />
      ))}
      {shown && shown.open.length + onDevice.length === 0 && <EmptyState>{t("steps.empty")}</EmptyState>}
      {(shown?.open.length ?? 0) + onDevice.length > 0 && (
        <section className="tp-stack" aria-labelledby="open-steps">
          <h2 id="open-steps">{t("steps.open")}</h2>
          <ul className="tp-stack">
            {shown?.open.map((step) => (
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
      {shown && shown.behind.length > 0 && <Behind steps={shown.behind} />}
    </div>
  );
}

/** Moves a step and says so, with the way back. */
function useMoving() {
  const t = useT();
  const toast = useToast();
  const move = useStep();
  const failed = (error: unknown) =>
    toast({ text: error instanceof ApiProblem ? error.message : t("steps.failed") });
  const go = async (step: Step, state: StepState) => {
    // Two quick taps are one: the second would find the step changed already.
    if (move.isPending) return;
    try {
      const receipt = await move.mutateAsync({ step, state });
      const back = { step: { ...step, version: receipt?.version ?? step.version }, state: step.state };
      toast({
        text: t(`steps.moved.${state}`, { text: step.text }),
        action: state === "open" ? undefined : () => void move.mutateAsync(back).catch(failed),
      });
    } catch (error) {
      failed(error);
    }
  };
  return { go, busy: move.isPending };
}

function OpenStep({ step }: { step: ShownStep }) {
  const t = useT();
  const language = useLanguage();
  const { go, busy } = useMoving();
  const change = useStep();
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
        {step.conversationId && (
          <p className="tp-small">
            {step.who === "home" && `${t("steps.byHome")} · `}
            <Link href={`/gesprek/${step.conversationId}`}>{t("steps.agreed")}</Link>
          </p>
        )}
        {step.entryId && step.entryTitle !== null && <From entryId={step.entryId} title={step.entryTitle} />}
        {step.onDevice && <OnDevice />}
      </div>
      <div className="tp-row steps__actions">
        <Button look="secondary" icon="check" busy={busy} onClick={() => go(step, "done")}>
          {t("steps.done")}
        </Button>
        <QuietButton onClick={() => go(step, "let_go")}>{t("steps.letGo")}</QuietButton>
        {step.who === "pupil" && (
          <IconButton
            icon="pencil"
            label={t("steps.change", { text: step.text })}
            onClick={() => setChanging(true)}
          />
        )}
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

function From({ entryId, title }: { entryId: string; title: string }) {
  const t = useT();
  return (
    <p className="tp-small">
      <Link href={`/verhaal/${entryId}`}>{t("steps.from", { title: title || t("steps.untitled") })}</Link>
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
          <OwnWords>{step.text}</OwnWords>
        </h3>
        {step.refusal ? (
          <Note tone="wait">
            <p>{step.refusal.text}</p>
          </Note>
        ) : (
          <OnDevice />
        )}
      </div>
      {step.refusal && <QuietButton onClick={() => dropStep(me.id, step.id)}>{t("steps.drop")}</QuietButton>}
    </article>
  );
}

function OnDevice() {
  const t = useT();
  return (
    <p>
      <Chip icon="wait" tone="info">
        {t("steps.onDevice")}
      </Chip>
    </p>
  );
}

/** A change from a dead spot that the school did not take: what stands there stays, and the pupil is told. */
function Refused({ step }: { step: WaitingStep }) {
  const t = useT();
  const me = useMe();
  const { text, refusal } = step;
  return (
    <Note tone="wait">
      <p>{refusal?.kind === "conflict" ? t("steps.elsewhere", { text }) : refusal?.text}</p>
      <QuietButton onClick={() => dropStep(me.id, step.id)}>{t("steps.understood")}</QuietButton>
    </Note>
  );
}

const FIRST = 5;

function Behind({ steps }: { steps: readonly ShownStep[] }) {
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
              {step.onDevice && <OnDevice />}
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
