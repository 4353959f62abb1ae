import { useId } from "react";
import { Link } from "wouter";
import type { Schema } from "~/api/client";
import { type Translate, useLanguage, useT } from "~/i18n";
import { howLongAgo, monthInWords, schoolYearOf, today } from "~/i18n/dates";
import { Facts } from "./Facts";
import { Icon } from "./Icon";
import { languageOf, OwnWords } from "./OwnWords";

export type PastAnswer = Schema<"EarlierAnswer">;

interface EarlierAnswersProps {
  /** To one question, the newest first. */
  answers: readonly PastAnswer[];
  /** How the question is asked now. */
  question: string;
  /** Whose answers, where that is not the reader. */
  name?: string;
}

/** What was said before to the same question: the newest in view, the rest on tap. */
export function EarlierAnswers({ answers, question, name }: EarlierAnswersProps) {
  const t = useT();
  const [newest, ...older] = answers;
  if (!newest) return null;
  return (
    <aside className="tp-before" aria-label={t("ui.before")}>
      <Past answer={newest} question={question} name={name} />
      {older.length > 0 && (
        <details className="tp-fold">
          <summary>
            {t("ui.before.older", { count: older.length })}
            <Icon name="down" />
          </summary>
          {older.map((answer) => (
            <Past key={answer.entry.id} answer={answer} question={question} name={name} />
          ))}
        </details>
      )}
    </aside>
  );
}

function Past({ answer, question, name }: { answer: PastAnswer } & Omit<EarlierAnswersProps, "answers">) {
  const t = useT();
  const language = useLanguage();
  const id = useId();
  const { entry, file, text } = answer;
  const when = howLongAgo(entry.on, language);
  const said = name ? t("ui.before.other", { when, name }) : t("ui.before.you", { when });
  const month = monthInWords(entry.on, language);
  const src = file && `/v1/attachments/${file.id}/file`;
  return (
    <div className="tp-before__one">
      <p id={id}>
        <b>{said.charAt(0).toLocaleUpperCase(language) + said.slice(1)}</b>
      </p>
      {answer.question !== question && (
        <p className="tp-small tp-soft">
          {t("ui.before.asked")} <OwnWords>{answer.question}</OwnWords>
        </p>
      )}
      {text && (
        <blockquote className="tp-before__words" lang={languageOf(text)}>
          {text}
        </blockquote>
      )}
      {src && file.kind === "film" && (
        // biome-ignore lint/a11y/useMediaCaption: a filmed answer has no other text than its question
        <video className="tp-picture" controls playsInline preload="none" src={src} aria-labelledby={id} />
      )}
      {src && file.kind === "sound" && (
        // biome-ignore lint/a11y/useMediaCaption: a spoken answer has no other text than its question
        <audio controls preload="none" src={src} aria-labelledby={id} />
      )}
      <p className="tp-small">
        <span className="tp-soft">
          <Facts of={[yearOf(entry, t), month]} />
        </span>{" "}
        <Link href={`/verhaal/${entry.id}`}>
          {entry.title ? <OwnWords>{entry.title}</OwnWords> : t("ui.before.entry")}
        </Link>
      </p>
    </div>
  );
}

/** "Groep 8", "klas 2", of an earlier school year and where that is known. */
function yearOf({ level, studyYear, on }: PastAnswer["entry"], t: Translate): string {
  if (!level || studyYear === null || schoolYearOf(on) === schoolYearOf(today())) return "";
  return t(level === "po" ? "ui.before.po" : level === "mbo" ? "ui.before.mbo" : "ui.before.vo", {
    year: studyYear,
  });
}
