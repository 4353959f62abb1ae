import { useRef } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { Button, EmptyState, ErrorState, Loading, Note, QuietButton, ReadAloud, useToast } from "~/ui";
import { SummaryView } from "./SummaryView";
import { type Request, saidByServer, useAnswer, useReading, useRequests } from "./useTransfers";
import "./transfer.css";

/** A parent is asked whether a child under 16 may show this to the new school: yes and no look the same. */
export default function RequestsScreen() {
  const t = useT();
  const requests = useRequests();
  const page = useRef<HTMLDivElement>(null);
  const some = requests.isSuccess && requests.data.items.length > 0;
  return (
    <div ref={page} className="tp-page tp-stack">
      <h1 tabIndex={-1}>{t("transfer.home.title")}</h1>
      {some && <p>{t("transfer.home.intro")}</p>}
      {requests.isPending && (requests.fetchStatus === "paused" ? <ErrorState error={null} /> : <Loading />)}
      {requests.isError && <ErrorState error={requests.error} onRetry={() => requests.refetch()} />}
      {requests.data?.items.length === 0 && <EmptyState>{t("transfer.home.empty")}</EmptyState>}
      {some && <ReadAloud of={page} />}
      {requests.data?.items.map((request) => (
        <One key={request.id} request={request} />
      ))}
    </div>
  );
}

function One({ request }: { request: Request }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const answer = useAnswer();
  const reading = useReading("transfer-requests");
  const busy = answer.isPending || (answer.isSuccess && reading);
  const name = request.pupil.givenName;
  const school = request.school.name;
  const say = (said: "yes" | "no") =>
    answer.mutate(
      { id: request.id, version: request.version, answer: said },
      {
        onSuccess: () => toast({ text: t(`transfer.home.kept.${said}`, { name, school }) }),
        onError: (error) => toast({ text: saidByServer(error) ?? t("transfer.failed") }),
      },
    );
  const id = `request-${request.id}`;
  const waits = request.state === "asked" && request.own === null;
  return (
    <section className="tp-card tp-stack transfer__ask" aria-labelledby={id}>
      <h2 id={id}>{t("transfer.home.ask", { name, school })}</h2>
      <SummaryView
        summary={request.summary}
        untitled={t("transfer.home.untitled", { count: request.summary.untitled, name })}
      />
      <p>{t("transfer.consent.v1", { name, school })}</p>
      {waits ? (
        <>
          <div className="tp-answers">
            <Button look="secondary" busy={busy} onClick={() => say("yes")}>
              {t("transfer.home.yes")}
            </Button>
            <Button look="secondary" busy={busy} onClick={() => say("no")}>
              {t("transfer.home.no")}
            </Button>
          </div>
          <p className="tp-small tp-soft">
            {t("transfer.home.talk", { name, day: dayInWords(request.expiresOn, language) })}
          </p>
        </>
      ) : (
        <>
          <Note tone="ok" icon="check">
            <p>
              {t(
                request.state === "accepted"
                  ? "transfer.home.accepted"
                  : request.own === "yes"
                    ? "transfer.home.saidYes"
                    : "transfer.home.otherYes",
                { school },
              )}
            </p>
          </Note>
          <div>
            <QuietButton icon="undo" busy={busy} onClick={() => say("no")}>
              {t("transfer.home.takeBack")}
            </QuietButton>
          </div>
        </>
      )}
    </section>
  );
}
