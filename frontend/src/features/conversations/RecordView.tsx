import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { useMe } from "~/session";
import { Chip, Icon, Note, OwnWords, QuietButton, useToast } from "~/ui";
import { type StepOfTalk, type Talk, useStaffStep } from "./useTalks";
import { whoDoes } from "./words";

const TITLES = { self: "talks.record.own", school: "talks.record", home: "talks.record.home" } as const;

/** What was said, in two voices; what was agreed; and the pupil's last word. */
export function RecordView({ talk }: { talk: Talk }) {
  const t = useT();
  const { record } = talk;
  if (!record) return null;
  const name = talk.pupil.givenName;
  const voices = [
    {
      label: talk.viewer === "self" ? t("talks.voice.you") : t("talks.voice.pupil", { name }),
      text: record.pupilVoice,
    },
    { label: t("talks.voice.staff", { name: talk.heldWith.name }), text: record.staffVoice },
  ];
  return (
    <section className="tp-sheet tp-stack talk__record" aria-labelledby="record">
      <h2 id="record">{t(TITLES[talk.viewer])}</h2>
      <div className="talk__voices">
        {voices.map(({ label, text }) => (
          <div key={label} className="talk__voice">
            <h3>{label}</h3>
            <p className="talk__text">
              {text ? <OwnWords>{text}</OwnWords> : <span className="tp-soft">{t("talks.voice.none")}</span>}
            </p>
          </div>
        ))}
      </div>
      {record.steps.length > 0 && (
        <div className="tp-stack">
          <h3>{t("talks.steps")}</h3>
          <AgreedSteps talk={talk} steps={record.steps} />
        </div>
      )}
      <LastWord talk={talk} />
    </section>
  );
}

/** The pupil's akkoord in words, with the own sentence; or that it was about an earlier version. */
export function LastWord({ talk }: { talk: Talk }) {
  const t = useT();
  const language = useLanguage();
  const { agreement, record } = talk;
  if (!agreement || !record) return null;
  const own = talk.viewer === "self" ? "yes" : "no";
  const name = talk.pupil.givenName;
  const day = dayInWords(dayOf(agreement.agreedAt), language);
  if (agreement.recordVersion !== record.version)
    return (
      <Note tone="wait" icon="turn-around">
        <p>{t("talks.agreed.before", { own, name, day })}</p>
      </Note>
    );
  return (
    <Note tone="ok" icon="check">
      <p>{t("talks.agreed", { own, name, day })}</p>
      {agreement.words && (
        <blockquote className="talk__text">
          <OwnWords>{`“${agreement.words}”`}</OwnWords>
        </blockquote>
      )}
      {talk.viewer !== "home" && (
        <p className="tp-small">
          {t(
            agreement.ring === 1
              ? "talks.agreed.school"
              : talk.homeOpen
                ? "talks.agreed.home"
                : "talks.agreed.homeClosed",
          )}
        </p>
      )}
    </Note>
  );
}

/** Steps with what came of them; staff tick off what they said they would do. */
export function AgreedSteps({ talk, steps }: { talk: Talk; steps: readonly StepOfTalk[] }) {
  const t = useT();
  const language = useLanguage();
  return (
    <ul className="talk__steps">
      {steps.map((step) => (
        <li key={step.id} data-state={step.state}>
          <span className="talk__sign" aria-hidden="true">
            <Icon name={step.state === "done" ? "check" : step.state === "let_go" ? "cross" : "flag"} />
          </span>
          <div className="tp-grow">
            <p>
              <b>
                <OwnWords>{step.text}</OwnWords>
              </b>
            </p>
            <p className="tp-small tp-soft">
              {[
                whoDoes(step, talk, t),
                step.dueOn && t("talks.before", { day: dayInWords(step.dueOn, language) }),
                step.state !== "open" &&
                  t(`talks.step.${step.state}`, {
                    day: step.endedAt ? dayInWords(dayOf(step.endedAt), language) : "",
                  }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </div>
          <TickOff talk={talk} step={step} />
        </li>
      ))}
    </ul>
  );
}

function TickOff({ talk, step }: { talk: Talk; step: StepOfTalk }) {
  const t = useT();
  const toast = useToast();
  const move = useStaffStep(talk.id);
  const mine = talk.viewer === "school" && talk.rights.write && step.staff !== null && step.version !== null;
  const isMe = useIsMe(step);
  if (!mine || !isMe) return null;
  const go = (state: "open" | "done") =>
    !move.isPending &&
    move.mutate(
      { step, state },
      {
        onSuccess: () => toast({ text: t(`talks.step.moved.${state}`, { text: step.text }) }),
        onError: () => toast({ text: t("ui.error.unknown") }),
      },
    );
  return step.state === "open" ? (
    <QuietButton
      icon="check"
      aria-label={t("talks.step.doneOf", { text: step.text })}
      onClick={() => go("done")}
    >
      {t("talks.step.tick")}
    </QuietButton>
  ) : (
    <Chip icon="check" tone="ok">
      {t("talks.step.ticked")}
    </Chip>
  );
}

function useIsMe(step: StepOfTalk): boolean {
  return useMe().id === step.staff?.id;
}
