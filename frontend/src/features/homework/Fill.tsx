import { lazy, Suspense, useRef, useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import { useT } from "~/i18n";
import {
  Button,
  Chip,
  type IconName,
  LinkButton,
  Note,
  QuietButton,
  ReadAloud,
  Stepper,
  TextArea,
} from "~/ui";
import { LanguageOfHome } from "./LanguageOfHome";
import { directionOf, keepLanguage } from "./languages";
import { Sharing } from "./Sharing";
import { Answer } from "./Shown";
import { Sound } from "./Sound";
import { TwoLanguages } from "./TwoLanguages";
import type { Homework, Wording } from "./useHomework";
import { type Answers, type Kept, type Side, type Together, useTogether } from "./useTogether";

const Recorder = lazy(() => import("~/ui/Recorder"));

const STEPS = ["thuis", "kind", "samen"] as const;
export const MAX_WORDS = 2_000;
const SECONDS = 60;

type Props = { card: Homework; wording: Wording };

/** Together on one phone: first home tells, then the child; who reads it is chosen last. */
export function Fill({ card, wording }: Props) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const together = useTogether(card);
  const asked = STEPS.indexOf(params.get("stap") as (typeof STEPS)[number]);
  const step = Math.max(asked, 0);
  const go = (to: number) => {
    void together.save();
    setParams({ stap: STEPS[to] ?? "samen" });
  };
  if (together.theirs) return <Both mine={together.answers} together={together} card={card} />;
  return (
    <>
      <Stepper
        steps={[t("homework.step.home"), t("homework.step.child"), t("homework.step.done")]}
        current={step}
      />
      <Standing state={together.state} problem={together.problem} onAgain={() => void together.save()} />
      {step === 0 && (
        <Question
          key="home"
          side="home"
          card={card}
          wording={wording}
          together={together}
          onNext={() => go(1)}
        />
      )}
      {step === 1 && (
        <Question
          key="child"
          side="child"
          card={card}
          wording={wording}
          together={together}
          onNext={() => go(2)}
          onBack={() => go(0)}
        />
      )}
      {step === 2 && <Last card={card} together={together} onBack={() => go(1)} />}
    </>
  );
}

const SIGNS: Record<Kept, IconName> = { kept: "check", busy: "wait", waits: "no-network", refused: "info" };

function Standing({ state, problem, onAgain }: { state: Kept; problem?: string; onAgain: () => void }) {
  const t = useT();
  return (
    <div role="status">
      {problem ? (
        <Note tone="wait">
          <p>{problem}</p>
          <QuietButton icon="undo" onClick={onAgain}>
            {t("ui.again")}
          </QuietButton>
        </Note>
      ) : (
        <Chip icon={SIGNS[state]} tone={state === "waits" ? "wait" : undefined}>
          {t(`homework.kept.${state}`)}
        </Chip>
      )}
    </div>
  );
}

type QuestionProps = Props & {
  side: Side;
  together: Together;
  onNext: () => void;
  onBack?: () => void;
};

/** One question, large, in both languages; to say first, to write as well. */
function Question({ side, card, wording, together, onNext, onBack }: QuestionProps) {
  const t = useT();
  const asked = useRef<HTMLDivElement>(null);
  const { answers } = together;
  const mine = side === "home" ? card.rights.writeHome : card.rights.writeChild;
  const sound = side === "home" ? answers.homeSound : answers.childSound;
  const text = side === "home" ? answers.homeText : answers.childText;
  const name = card.pupil.givenName;
  const [here, setHere] = useState<Blob>();
  const of = side === "home" ? answers.language : "nl";
  return (
    <section className="tp-sheet tp-stack homework__question" aria-labelledby={`ask-${side}`}>
      <p className="tp-small tp-soft">{t(`homework.ask.${side}`, { name })}</p>
      <div ref={asked}>
        <TwoLanguages as="h2" id={`ask-${side}`} text={wording[side]} language={answers.language} />
      </div>
      <ReadAloud of={asked} />
      {side === "home" && (
        <LanguageOfHome
          value={answers.language}
          onChange={(language) => {
            keepLanguage(language);
            void together.changeAndSave({ language });
          }}
        />
      )}
      {mine ? (
        <>
          {sound ? (
            <Sound
              id={sound}
              here={here}
              about={side === "home" ? card.home.sound : card.child.sound}
              label={wording[side].nl ?? ""}
              onRemove={() => {
                setHere(undefined);
                void together.changeAndSave(side === "home" ? { homeSound: null } : { childSound: null });
              }}
            />
          ) : (
            <Suspense>
              <Recorder
                maxSeconds={SECONDS}
                onRecorded={(recording) => {
                  setHere(recording);
                  void together.say(side, recording);
                }}
              />
            </Suspense>
          )}
          <TextArea
            label={t(`homework.write.${side}`)}
            hint={t(`homework.hint.${side}`)}
            lang={of}
            dir={text ? "auto" : directionOf(of)}
            value={text}
            maxLength={MAX_WORDS}
            onChange={({ target }) =>
              together.change(side === "home" ? { homeText: target.value } : { childText: target.value })
            }
            onBlur={() => void together.save()}
          />
        </>
      ) : (
        <>
          <Answer
            answer={side === "home" ? card.home : card.child}
            side={side}
            card={card}
            label={wording[side].nl ?? ""}
          />
          <Note icon="lock">
            <p>{t(`homework.theirs.${side}`, { name })}</p>
          </Note>
        </>
      )}
      <div className="tp-row tp-row--between">
        {onBack ? (
          <QuietButton icon="back" onClick={onBack}>
            {t("homework.back")}
          </QuietButton>
        ) : (
          <QuietButton onClick={onNext}>{t("ui.skip")}</QuietButton>
        )}
        <Button iconAfter="forward" onClick={onNext}>
          {t(side === "home" ? "homework.toChild" : "homework.toDone", { name })}
        </Button>
      </div>
    </section>
  );
}

function Last({ card, together, onBack }: { card: Homework; together: Together; onBack: () => void }) {
  const t = useT();
  const [, go] = useLocation();
  const name = card.pupil.givenName;
  const waits = together.state !== "kept";
  return (
    <section className="tp-sheet tp-stack" aria-labelledby="homework-last">
      <h2 id="homework-last">{t("homework.done")}</h2>
      {card.rights.share ? (
        <Sharing card={card} disabled={waits} />
      ) : (
        <>
          <p>{t("homework.doneHome", { name })}</p>
          <LinkButton to={`/thuis?kind=${card.pupil.id}`}>{t("homework.toHome")}</LinkButton>
        </>
      )}
      <div className="tp-row tp-row--between">
        <QuietButton icon="back" onClick={onBack}>
          {t("homework.back")}
        </QuietButton>
        <QuietButton onClick={() => go(`/thuis/opdracht/${card.id}?lees=1`)}>
          {t("homework.readBack")}
        </QuietButton>
      </div>
    </section>
  );
}

/** Somebody else wrote meanwhile: both stand here, and one is chosen. */
function Both({ mine, together, card }: { mine: Answers; together: Together; card: Homework }) {
  const t = useT();
  const theirs = together.theirs;
  if (!theirs) return null;
  const sides = [
    { title: t("homework.both.mine"), home: mine.homeText, child: mine.childText, choose: "mine" as const },
    {
      title: t("homework.both.theirs"),
      home: theirs.home.text,
      child: theirs.child.text,
      choose: "theirs" as const,
    },
  ];
  return (
    <section className="tp-stack" aria-labelledby="homework-both">
      <Note tone="wait">
        <p>
          <b id="homework-both">{t("homework.both.title")}</b>
        </p>
        <p>{t("homework.both.text")}</p>
      </Note>
      <div className="homework__both">
        {sides.map(({ title, home, child, choose }) => (
          <article key={choose} className="tp-card tp-stack">
            <h2>{title}</h2>
            <p className="tp-small tp-soft">{t("homework.step.home")}</p>
            <p dir="auto" lang={mine.language}>
              {home || t("homework.nothing")}
            </p>
            <p className="tp-small tp-soft">{card.pupil.givenName}</p>
            <p dir="auto" lang="nl">
              {child || t("homework.nothing")}
            </p>
            <Button look="secondary" onClick={() => together.settle(choose)}>
              {t(`homework.both.keep.${choose}`)}
            </Button>
          </article>
        ))}
      </div>
    </section>
  );
}
