import { useRef } from "react";
import { useParams } from "wouter";
import { type MessageId, useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { useAnswerConsent } from "~/session/consent";
import { Button, ErrorState, Loading, Note, ReadAloud, useToast } from "~/ui";
import "./consents.css";
import { type Consent, type Line, languageOfWords, useConsents, wordsOf } from "./useConsents";

/** What may be done with what is a child's own: the question, the answer, and all that was answered before. */
export default function ConsentsScreen() {
  const t = useT();
  const { pupilId = "" } = useParams<{ pupilId: string }>();
  const consents = useConsents(pupilId);
  return (
    <div className="tp-page tp-stack">
      <h1 tabIndex={-1}>{t("consents.title")}</h1>
      {consents.isPending && <Loading />}
      {consents.isError && <ErrorState error={consents.error} onRetry={() => consents.refetch()} />}
      {consents.isSuccess && (
        <>
          <p>{t("consents.intro")}</p>
          {consents.data.items.map((consent) => (
            <One key={consent.purpose} consent={consent} pupil={consents.data.pupil} />
          ))}
        </>
      )}
    </div>
  );
}

type Pupil = { id: string; givenName: string };

function One({ consent, pupil }: { consent: Consent; pupil: Pupil }) {
  const language = useLanguage();
  const id = `consent-${consent.purpose}`;
  const words = useRef<HTMLElement>(null);
  return (
    <section ref={words} className="tp-card tp-stack" aria-labelledby={id}>
      <h2 id={id} lang={languageOfWords(consent.title, language)}>
        {wordsOf(consent.title, language, pupil.givenName)}
      </h2>
      <ReadAloud of={words} />
      <p className="consents__text" lang={languageOfWords(consent.text, language)} dir="auto">
        {wordsOf(consent.text, language, pupil.givenName)}
      </p>
      <State consent={consent} name={pupil.givenName} />
      {consent.mayAnswer && <Answers consent={consent} pupil={pupil} />}
      {consent.registerLines.some((line) => line.answer) && <Register lines={consent.registerLines} />}
    </section>
  );
}

const SIGNS = {
  yes: { tone: "ok", icon: "check" },
  no: { tone: "wait", icon: "cross" },
  open: { tone: "info", icon: "question" },
} as const;

function State({ consent, name }: { consent: Consent; name: string }) {
  const t = useT();
  return (
    <Note {...SIGNS[consent.state]}>
      <p>
        <b>{t(`consents.state.${consent.state}`)}</b>
        {!consent.mayAnswer && ` ${t(`consents.decides.${consent.decides}`, { name })}`}
        {consent.mayAnswer && consent.own === "yes" && consent.state === "no" && ` ${t("consents.other")}`}
      </p>
    </Note>
  );
}

function Answers({ consent, pupil }: { consent: Consent; pupil: Pupil }) {
  const t = useT();
  const toast = useToast();
  const answer = useAnswerConsent(pupil.id);
  const give = (given: "yes" | "no") =>
    answer.mutate(
      { purpose: consent.purpose, version: consent.version, answer: given },
      {
        onSuccess: () => toast({ text: t(`consents.kept.${given}`) }),
        onError: () => toast({ text: t("consents.failed") }),
      },
    );
  const settled = consent.own !== null && consent.own === consent.state;
  return (
    <div className="tp-answers">
      {(["yes", "no"] as const)
        .filter((given) => !settled || given !== consent.own)
        .map((given) => (
          <Button
            key={given}
            look="secondary"
            busy={answer.isPending && answer.variables?.answer === given}
            onClick={() => give(given)}
          >
            {t(settled ? `consents.change.${given}` : `consents.say.${given}`)}
          </Button>
        ))}
    </div>
  );
}

function Register({ lines }: { lines: readonly Line[] }) {
  const t = useT();
  return (
    <details>
      <summary>{t("consents.register")}</summary>
      <ul className="tp-stack consents__lines">
        {lines
          .filter((line) => line.answer)
          .map((line) => (
            <LineInWords key={`${line.of}-${line.answeredAt}`} line={line} />
          ))}
      </ul>
    </details>
  );
}

function LineInWords({ line }: { line: Line }) {
  const t = useT();
  const language = useLanguage();
  const day = (moment: string) => dayInWords(dayOf(moment), language);
  const who: MessageId = line.own ? "consents.who.own" : `consents.who.${line.of}`;
  return (
    <li>
      {t("consents.line", {
        who: t(who),
        answer: t(`consents.answer.${line.answer ?? "no"}`),
        day: line.answeredAt ? day(line.answeredAt) : "",
        version: line.version,
      })}
      {line.endedAt && ` ${t("consents.ended", { day: day(line.endedAt) })}`}
    </li>
  );
}
