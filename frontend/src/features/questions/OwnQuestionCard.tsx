import { useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { Icon, OwnWords, QuietButton, useToast } from "~/ui";
import { useFollow } from "~/ui/useFollow";
import { QuestionForm } from "./QuestionForm";
import { type Band, type Content, type OwnQuestion, problemOf, useMove } from "./useQuestions";

type Props = {
  schoolId: string;
  question: OwnQuestion;
  bands: readonly Band[];
  mayChange: boolean;
};

/** A question of the school: what it asks, whom and when, and how it was asked before. */
export function OwnQuestionCard({ schoolId, question, bands, mayChange }: Props) {
  const t = useT();
  const [changing, setChanging] = useState(false);
  const place = useFollow<HTMLDivElement>(changing);
  const move = useMoving(schoolId);
  if (changing)
    return (
      <QuestionForm
        schoolId={schoolId}
        competency={question.competency}
        bands={bands}
        before={question}
        onClose={() => setChanging(false)}
      />
    );
  return (
    <article className="tp-card questions__card">
      <h4>
        <OwnWords>{question.text}</OwnWords>
      </h4>
      <p className="tp-small tp-soft">{whom(question, t)}</p>
      <Since since={question.since} by={question.by} />
      {mayChange && (
        <div ref={place} className="tp-row">
          <QuietButton
            icon="pencil"
            onClick={() => setChanging(true)}
            aria-label={t("questions.changeThis", { text: question.text })}
          >
            {t("questions.change")}
          </QuietButton>
          <QuietButton
            icon="archive"
            onClick={() => move(question, "withdraw")}
            aria-label={t("questions.withdrawThis", { text: question.text })}
          >
            {t("questions.withdraw")}
          </QuietButton>
        </div>
      )}
      <History question={question} />
    </article>
  );
}

/** A question that is asked no more. */
export function Withdrawn({ schoolId, question, mayChange }: Omit<Props, "bands">) {
  const t = useT();
  const language = useLanguage();
  const move = useMoving(schoolId);
  return (
    <article className="tp-card questions__card" data-withdrawn>
      <h4>
        <OwnWords>{question.text}</OwnWords>
      </h4>
      <p className="tp-small tp-soft">
        {t("questions.withdrawnOn", {
          day: dayInWords(dayOf(question.withdrawnAt ?? question.since), language),
        })}
      </p>
      {mayChange && (
        <p>
          <QuietButton
            icon="undo"
            onClick={() => move(question, "bring-back")}
            aria-label={t("questions.bringBackThis", { text: question.text })}
          >
            {t("questions.bringBack")}
          </QuietButton>
        </p>
      )}
      <History question={question} />
    </article>
  );
}

/** Withdraws or brings back, says so, and offers the way back. */
function useMoving(schoolId: string) {
  const t = useT();
  const toast = useToast();
  const { mutateAsync } = useMove(schoolId);
  const move = async (question: OwnQuestion, to: "withdraw" | "bring-back") => {
    try {
      await mutateAsync({ question, to });
      toast({
        text: t(to === "withdraw" ? "questions.isWithdrawn" : "questions.isBack", { text: question.text }),
        action: () => void move(question, to === "withdraw" ? "bring-back" : "withdraw"),
      });
    } catch (error) {
      toast({ text: problemOf(error)?.message ?? t("questions.failed") });
    }
  };
  return move;
}

function Since({ since, by }: { since: string; by: string }) {
  const t = useT();
  const language = useLanguage();
  return (
    <p className="tp-small tp-soft">
      {t("questions.since", { day: dayInWords(dayOf(since), language), by })}
    </p>
  );
}

function History({ question }: { question: OwnQuestion }) {
  const t = useT();
  if (question.before.length === 0) return null;
  return (
    <details className="tp-fold">
      <summary>
        {t("questions.before", { count: question.before.length })}
        <Icon name="down" />
      </summary>
      <ol reversed className="tp-stack">
        {question.before.map(({ version, content, since, by }) => (
          <li key={version}>
            <p>
              <OwnWords>{content.text}</OwnWords>
            </p>
            <Since since={since} by={by} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function whom({ bands, kinds }: Pick<Content, "bands" | "kinds">, t: ReturnType<typeof useT>): string {
  const ages = bands.map((band) => t(`questions.band.${band}`)).join(", ");
  const at =
    kinds.length === 0
      ? t("questions.atAll")
      : t("questions.fits", { kinds: kinds.map((kind) => t(`kind.${kind}`).toLocaleLowerCase()).join(", ") });
  return `${ages} · ${at}`;
}
