import { useRef } from "react";
import { useT } from "~/i18n";
import { ReadAloud } from "~/ui";
import { Sound } from "./Sound";
import { TwoLanguages } from "./TwoLanguages";
import type { Homework, Wording } from "./useHomework";
import type { Side } from "./useTogether";

/** A card with both answers, to read and to hear. Nothing is translated: each stands as it was said. */
export function Shown({ card, wording }: { card: Homework; wording: Wording }) {
  const t = useT();
  const words = useRef<HTMLDivElement>(null);
  return (
    <div className="tp-stack">
      <ReadAloud of={words} />
      <div className="tp-stack" ref={words}>
        {(["home", "child"] as const).map((side) => (
          <section key={side} className="tp-sheet tp-stack" aria-labelledby={`shown-${side}`}>
            <p className="tp-small tp-soft">{t(`homework.ask.${side}`, { name: card.pupil.givenName })}</p>
            <TwoLanguages as="h2" id={`shown-${side}`} text={wording[side]} language={card.language} />
            <Answer answer={card[side]} side={side} card={card} label={wording[side].nl ?? ""} />
          </section>
        ))}
      </div>
    </div>
  );
}

type AnswerProps = { answer: Homework["home"]; side: Side; card: Homework; label: string };

export function Answer({ answer, side, card, label }: AnswerProps) {
  const t = useT();
  const { text, sound, by } = answer;
  const own = by?.id === card.pupil.id;
  return (
    <>
      {text && (
        <blockquote className="homework__answer" dir="auto" lang={side === "home" ? card.language : "nl"}>
          {text}
        </blockquote>
      )}
      {sound && <Sound id={sound.id} about={sound} label={label} />}
      {!text && !sound && <p className="tp-soft">{t("homework.nothing")}</p>}
      {by && !(side === "child" && own) && (
        <p className="tp-small tp-soft">
          {side === "home" &&
            t(own ? "homework.by.together" : "homework.by.home", {
              name: own ? card.pupil.givenName : by.name,
            })}
          {side === "child" && t("homework.by.childAtHome", { name: by.name })}
        </p>
      )}
    </>
  );
}
