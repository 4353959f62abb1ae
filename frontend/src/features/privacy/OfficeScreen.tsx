import { type FormEvent, useState } from "react";
import { Link } from "wouter";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf, today } from "~/i18n/dates";
import { useMe } from "~/session";
import {
  Button,
  Chip,
  ChoiceGrid,
  Dialog,
  EmptyState,
  ErrorState,
  Loading,
  Note,
  OwnWords,
  QuietButton,
  QuietLink,
  TextArea,
  useToast,
} from "~/ui";
import {
  problemOf,
  type RequestedCorrection,
  type RequestedErasure,
  type Requests,
  useAnswer,
  useRequests,
  useTakeBack,
} from "./usePrivacy";
import "./privacy.css";

/** What people asked a school about their data; of each of the admin's schools. */
export default function OfficeScreen() {
  const t = useT();
  const me = useMe();
  const schools = me.roles.flatMap(({ role, school }) => (role === "admin" && school ? [school] : []));
  return (
    <div className="tp-page tp-stack">
      <p>
        <QuietLink to="/beheer" icon="back">
          {t("nav.admin")}
        </QuietLink>
      </p>
      <header>
        <h1 tabIndex={-1}>{t("privacy.office.title")}</h1>
        <p>{t("privacy.office.lead")}</p>
      </header>
      {schools.map((school) => (
        <OfSchool key={school.id} schoolId={school.id} named={schools.length > 1} />
      ))}
    </div>
  );
}

function OfSchool({ schoolId, named }: { schoolId: string; named: boolean }) {
  const requests = useRequests(schoolId);
  if (requests.isPending) return <Loading />;
  if (requests.isError && !requests.data) {
    return <ErrorState error={requests.error} onRetry={() => requests.refetch()} />;
  }
  return (
    <>
      {named && (
        <p>
          <b>
            <bdi lang="nl">{requests.data?.school.name}</bdi>
          </b>
        </p>
      )}
      {requests.data && <Lists requests={requests.data} />}
    </>
  );
}

function Lists({ requests }: { requests: Requests }) {
  const t = useT();
  const waiting = requests.corrections.filter(({ state }) => state === "asked");
  const answered = requests.corrections.filter(({ state }) => state !== "asked");
  const id = requests.school.id;
  return (
    <>
      <section className="tp-stack" aria-labelledby={`waits-${id}`}>
        <h2 id={`waits-${id}`}>{t("privacy.office.waits")}</h2>
        {waiting.length === 0 && <EmptyState>{t("privacy.office.waits.none")}</EmptyState>}
        {waiting.map((correction) => (
          <Waiting key={correction.id} correction={correction} schoolId={id} />
        ))}
      </section>
      <section className="tp-card tp-stack" aria-labelledby={`erasures-${id}`}>
        <div>
          <h2 id={`erasures-${id}`}>{t("privacy.office.erasures")}</h2>
          <p className="tp-small tp-soft">
            {t(
              requests.erasures.length > 0 ? "privacy.office.erasures.stays" : "privacy.office.erasures.none",
            )}
          </p>
        </div>
        {requests.erasures.length > 0 && (
          <ul className="tp-list privacy__kinds">
            {requests.erasures.map((erasure) => (
              <OneErasure key={erasure.id} erasure={erasure} />
            ))}
          </ul>
        )}
      </section>
      {answered.length > 0 && (
        <section className="tp-card tp-stack" aria-labelledby={`answered-${id}`}>
          <h2 id={`answered-${id}`}>{t("privacy.office.answered")}</h2>
          <ul className="tp-list privacy__kinds">
            {answered.map((correction) => (
              <li key={correction.id}>
                <Answered correction={correction} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Waiting({ correction, schoolId }: { correction: RequestedCorrection; schoolId: string }) {
  const t = useT();
  const language = useLanguage();
  const [answering, setAnswering] = useState(false);
  const about = t(`privacy.about.${correction.about}`);
  const late = correction.answerBy < today();
  return (
    <article className="tp-card tp-stack">
      <div>
        <h3>
          <bdi>{correction.person.name}</bdi>: {about}
        </h3>
        <p className="tp-small tp-soft">
          {t("privacy.office.by", {
            name: correction.askedBy,
            day: dayInWords(dayOf(correction.askedAt), language),
            until: dayInWords(correction.answerBy, language),
          })}
        </p>
        {late && <Chip tone="wait">{t("privacy.office.late")}</Chip>}
      </div>
      <p className="privacy__quote">
        <OwnWords>{correction.said}</OwnWords>
      </p>
      <QuietLink to={`/beheer/mensen/${correction.person.id}`} iconAfter="forward">
        {t("privacy.office.to", { name: correction.person.givenName })}
      </QuietLink>
      <div>
        <Button
          look="secondary"
          icon="pencil"
          aria-label={t("privacy.office.answerOf", { name: correction.askedBy, about })}
          onClick={() => setAnswering(true)}
        >
          {t("privacy.office.answer")}
        </Button>
      </div>
      <Dialog title={about} open={answering} onClose={() => setAnswering(false)}>
        <AnswerForm correction={correction} schoolId={schoolId} onDone={() => setAnswering(false)} />
      </Dialog>
    </article>
  );
}

type Outcome = "corrected" | "not_changed";

function AnswerForm({
  correction,
  schoolId,
  onDone,
}: {
  correction: RequestedCorrection;
  schoolId: string;
  onDone: () => void;
}) {
  const t = useT();
  const toast = useToast();
  const answer = useAnswer(schoolId, correction.id);
  const [outcome, setOutcome] = useState<Outcome>();
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  const lacks = outcome === "not_changed" && words.trim() === "";
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!outcome || lacks || answer.isPending) return;
    answer.mutate(
      { outcome, answer: words },
      {
        onSuccess: () => {
          toast({ text: t("privacy.office.sent", { name: correction.askedBy }) });
          onDone();
        },
      },
    );
  };
  const meanwhile = answer.error instanceof ApiProblem && answer.error.status === 409;
  return (
    <form className="tp-stack" onSubmit={send} noValidate>
      <p className="privacy__quote">
        <OwnWords>{correction.said}</OwnWords>
      </p>
      <ChoiceGrid
        label={t("privacy.office.outcome")}
        list
        options={(["corrected", "not_changed"] as const).map((one) => ({
          value: one,
          label: t(`privacy.office.outcome.${one}`),
        }))}
        value={outcome}
        onChange={setOutcome}
      />
      <TextArea
        label={t("privacy.office.words")}
        hint={t("privacy.office.words.hint")}
        error={tried && lacks ? t("privacy.office.words.missing") : undefined}
        maxLength={500}
        rows={3}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <div role="alert">
        {meanwhile && correction.answeredAt && (
          <Note tone="wait">
            <p>{t("privacy.office.meanwhile")}</p>
            <Answered correction={correction} />
          </Note>
        )}
        {answer.error && !meanwhile && (
          <Note tone="wait">
            <p>{problemOf(answer.error, t) ?? t("privacy.failed")}</p>
          </Note>
        )}
        {tried && !outcome && (
          <Note tone="wait">
            <p>{t("privacy.office.outcome")}</p>
          </Note>
        )}
      </div>
      <Button type="submit" wide busy={answer.isPending}>
        {t("privacy.office.send")}
      </Button>
    </form>
  );
}

function Answered({ correction }: { correction: RequestedCorrection }) {
  const t = useT();
  const language = useLanguage();
  if (correction.state === "asked") return null;
  return (
    <div className="tp-grow">
      <p>
        <b>
          <bdi>{correction.person.name}</bdi>: {t(`privacy.about.${correction.about}`)}
        </b>
      </p>
      <p className="tp-small tp-soft">
        {t(`privacy.office.answered.${correction.state}`, {
          day: correction.answeredAt ? dayInWords(dayOf(correction.answeredAt), language) : "",
          name: correction.answeredBy ?? "",
        })}
      </p>
      {correction.answer && (
        <p className="privacy__quote">
          <OwnWords>{correction.answer}</OwnWords>
        </p>
      )}
    </div>
  );
}

function OneErasure({ erasure }: { erasure: RequestedErasure }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const back = useTakeBack();
  const day =
    erasure.state === "asked" ? erasure.dueOn : erasure.endedAt ? dayOf(erasure.endedAt) : erasure.dueOn;
  return (
    <li>
      <div className="tp-grow">
        <p>
          {erasure.person ? (
            <Link href={`/beheer/mensen/${erasure.person.id}`}>
              <bdi>{erasure.person.name}</bdi>
            </Link>
          ) : (
            <b>{t("privacy.office.erasures.who")}</b>
          )}
        </p>
        <p className="tp-small tp-soft">
          {t(`privacy.office.as.${erasure.askedAs}`, { day: dayInWords(dayOf(erasure.askedAt), language) })}
        </p>
        <p className="tp-small privacy__number">
          {t(`privacy.office.state.${erasure.state}`, { day: dayInWords(day, language), number: erasure.id })}
        </p>
      </div>
      {erasure.state === "asked" && erasure.person && (
        <QuietButton
          icon="undo"
          aria-label={t("privacy.office.stopOf", { name: erasure.person.name })}
          busy={back.isPending}
          onClick={() =>
            back.mutate(erasure.id, {
              onSuccess: () => toast({ text: t("privacy.under.stopped") }),
              onError: (error) => toast({ text: problemOf(error, t) ?? t("privacy.failed") }),
            })
          }
        >
          {t("privacy.under.stop")}
        </QuietButton>
      )}
    </li>
  );
}
