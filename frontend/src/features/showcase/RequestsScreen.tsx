import { useRef } from "react";
import { serverSpeaks, useLanguage, useT } from "~/i18n";
import { daysInWords } from "~/i18n/dates";
import {
  Button,
  EmptyState,
  ErrorState,
  Loading,
  languageOf,
  Note,
  OwnWords,
  QuietButton,
  ReadAloud,
  useToast,
} from "~/ui";
import { type FileAddress, nameOf, PageShown } from "./PageShown";
import { problemOf, type Request, useAnswer, useReading, useRequests } from "./useShowcase";
import "./showcase.css";
import "./compose.css";

/** What a parent is asked to agree to: the page as it is, and yes and no that look the same. */
export default function RequestsScreen() {
  const t = useT();
  const requests = useRequests();
  const page = useRef<HTMLDivElement>(null);
  const some = requests.isSuccess && requests.data.items.length > 0;
  return (
    <div ref={page} className="tp-page tp-stack">
      <header>
        <h1 tabIndex={-1}>{t("showcase.requests")}</h1>
        {some && <p>{t("showcase.requestsText")}</p>}
      </header>
      {some && <ReadAloud of={page} />}
      {requests.isPending &&
        (requests.fetchStatus === "paused" ? (
          <ErrorState error={null} onRetry={() => requests.refetch()} />
        ) : (
          <Loading />
        ))}
      {requests.isError && <ErrorState error={requests.error} onRetry={() => requests.refetch()} />}
      {requests.data?.items.length === 0 && <EmptyState>{t("showcase.requestsNone")}</EmptyState>}
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
  const reading = useReading();
  const busy = answer.isPending || (answer.isSuccess && reading);
  const { pupil, page } = request;
  const name = pupil.givenName;
  const id = `request-${request.id}`;
  const addressOf: FileAddress = (file, way) =>
    `/v1/showcase-shares/${request.id}/files/${file}${way === "thumbnail" ? "/thumbnail" : ""}`;
  const say = (said: "yes" | "no") =>
    answer.mutate(
      { id: request.id, version: request.version, pageVersion: request.pageVersion, answer: said },
      {
        onSuccess: () => toast({ text: t(`showcase.request.kept.${said}`, { name }) }),
        onError: (error) =>
          toast({
            text:
              problemOf(error)?.status === 412
                ? t("showcase.request.changedNow", { name })
                : (serverSpeaks(language) && problemOf(error)?.message) || t("showcase.failed"),
          }),
      },
    );
  const agreed = request.own === "yes" && !request.changed;
  return (
    <section className="tp-card tp-stack" aria-labelledby={id}>
      <h2 id={id}>{t("showcase.request.title", { name: pupil.name })}</h2>
      <dl className="etalage__requestFacts">
        <div>
          <dt>{t("showcase.request.who")}</dt>
          <dd>{request.who ? <OwnWords>{request.who}</OwnWords> : t("showcase.request.whoUnknown")}</dd>
        </div>
        <div>
          <dt>{t("showcase.request.days")}</dt>
          <dd>{daysInWords(request.startsOn, request.endsOn, language)}</dd>
        </div>
        <div>
          <dt>{t("showcase.code")}</dt>
          <dd>{t(request.hasCode ? "showcase.request.code" : "showcase.request.noCode")}</dd>
        </div>
      </dl>
      {request.own === "yes" && request.changed && (
        <Note tone="wait" icon="pencil">
          <p>{t("showcase.request.changed", { name })}</p>
        </Note>
      )}
      <details className="etalage__opened" open={!agreed}>
        <summary>{t("showcase.request.page")}</summary>
        <div className="etalage__frame">
          <p className="etalage__name" dir="auto">
            {[nameOf(page), page.school].filter(Boolean).join(" · ")}
          </p>
          <p className="etalage__requestTitle" dir="auto" lang={languageOf(page.title)}>
            {page.title}
          </p>
          <PageShown page={page} addressOf={addressOf} />
        </div>
      </details>
      <p>{t("showcase.consent.v1", { name })}</p>
      {agreed ? (
        <>
          <Note tone="ok" icon="check">
            <p>{t("showcase.request.saidYes")}</p>
          </Note>
          <div>
            <QuietButton icon="undo" busy={busy} onClick={() => say("no")}>
              {t("showcase.request.takeBack")}
            </QuietButton>
          </div>
        </>
      ) : (
        <>
          <div className="tp-answers">
            <Button look="secondary" busy={busy} onClick={() => say("yes")}>
              {t("showcase.request.yes")}
            </Button>
            <Button look="secondary" busy={busy} onClick={() => say("no")}>
              {t("showcase.request.no")}
            </Button>
          </div>
          <p className="tp-small tp-soft">{t("showcase.request.talk", { name })}</p>
        </>
      )}
    </section>
  );
}
