import type { ReactNode } from "react";
import { Link } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { Button, EmptyState, ErrorState, Loading, Note, OwnWords, QuietButton, useToast } from "~/ui";
import { type Request, saidByServer, useAgree, useRequests } from "./useLinks";
import "./outside-own.css";

/** What a mentor or a parent is asked to agree to: yes and no look the same. */
export default function RequestsScreen() {
  const t = useT();
  const requests = useRequests();
  return (
    <div className="tp-page tp-stack">
      <h1 tabIndex={-1}>{t("outsideOwn.requests.title")}</h1>
      <p>{t("outsideOwn.requests.intro")}</p>
      {requests.isPending && (requests.fetchStatus === "paused" ? <ErrorState error={null} /> : <Loading />)}
      {requests.isError && <ErrorState error={requests.error} onRetry={() => requests.refetch()} />}
      {requests.data?.items.length === 0 && <EmptyState>{t("outsideOwn.requests.empty")}</EmptyState>}
      {requests.data?.items.map((request) => (
        <One key={request.id} request={request} />
      ))}
    </div>
  );
}

function One({ request }: { request: Request }) {
  const t = useT();
  const toast = useToast();
  const agree = useAgree();
  const name = request.pupil.givenName;
  const say = (answer: "yes" | "no") =>
    agree.mutate(
      { id: request.id, version: request.version, answer },
      {
        onSuccess: () => toast({ text: t(`outsideOwn.request.kept.${answer}`, { name }) }),
        onError: (error) => toast({ text: saidByServer(error) ?? t("outsideOwn.failed") }),
      },
    );
  const id = `request-${request.id}`;
  return (
    <section className="tp-card tp-stack" aria-labelledby={id}>
      <h2 id={id}>{t("outsideOwn.request.title", { name: request.pupil.name })}</h2>
      <Facts request={request} />
      <p>{t(request.side === "home" ? "outsideOwn.consent.v1" : "outsideOwn.consent.v1.school", { name })}</p>
      {request.own === "yes" ? (
        <>
          <Note tone="ok" icon="check">
            <p>{t("outsideOwn.request.saidYes")}</p>
          </Note>
          <div>
            <QuietButton icon="undo" busy={agree.isPending} onClick={() => say("no")}>
              {t("outsideOwn.request.takeBack")}
            </QuietButton>
          </div>
        </>
      ) : (
        <>
          <div className="tp-answers">
            <Button look="secondary" busy={agree.isPending} onClick={() => say("yes")}>
              {t("outsideOwn.request.yes")}
            </Button>
            <Button look="secondary" busy={agree.isPending} onClick={() => say("no")}>
              {t("outsideOwn.request.no")}
            </Button>
          </div>
          <p className="tp-small tp-soft">{t("outsideOwn.request.talk", { name })}</p>
        </>
      )}
    </section>
  );
}

function Facts({ request }: { request: Request }) {
  const t = useT();
  const language = useLanguage();
  const also = [
    request.showsAnswers && t("outsideOwn.request.answers"),
    request.showsLogbook && t("outsideOwn.request.logbook"),
  ].filter(Boolean);
  return (
    <dl className="outside-own__facts">
      <Fact of={t("outsideOwn.request.who")}>
        <OwnWords>{request.who}</OwnWords>
      </Fact>
      <Fact of={t("outsideOwn.request.to")}>
        <bdi>{request.to}</bdi>
      </Fact>
      <Fact of={t("outsideOwn.request.about")}>
        {request.entryId ? (
          <Link href={`/verhaal/${request.entryId}`}>
            <OwnWords>{request.entryTitle ?? ""}</OwnWords>
          </Link>
        ) : (
          t("outsideOwn.request.hidden")
        )}
      </Fact>
      {also.length > 0 && <Fact of={t("outsideOwn.request.shows")}>{also.join(", ")}</Fact>}
      <Fact of={t("outsideOwn.request.until")}>{dayInWords(request.until, language)}</Fact>
    </dl>
  );
}

function Fact({ of, children }: { of: string; children: ReactNode }) {
  return (
    <div>
      <dt>{of}</dt>
      <dd>{children}</dd>
    </div>
  );
}
