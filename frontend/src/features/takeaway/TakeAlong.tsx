import { useState } from "react";
import { ApiProblem } from "~/api/problem";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf, recently, timeOf } from "~/i18n/dates";
import { useMe } from "~/session";
import { Button, Dialog, ErrorState, Icon, Loading, Note, QuietButton, useToast } from "~/ui";
import { sizeOf } from "./size";
import { addressOf, type Export, isUnderWay, useAskExport, useExports, useThrowAway } from "./useTakeaway";

/** Everything in one file: asked for, followed, fetched. */
export function TakeAlong() {
  const t = useT();
  const exports = useExports();
  const newest = exports.data?.[0];
  return (
    <section className="tp-card tp-stack" aria-labelledby="along">
      <h2 id="along">{t("takeaway.along")}</h2>
      <p>{t("takeaway.along.what")}</p>
      {exports.isPending && <Loading cards={1} />}
      {exports.isError && <ErrorState error={exports.error} onRetry={() => exports.refetch()} />}
      {exports.isSuccess && <Standing item={newest} />}
    </section>
  );
}

function Standing({ item }: { item: Export | undefined }) {
  if (item && isUnderWay(item)) return <Making item={item} />;
  if (item?.state === "ready") return <Ready item={item} />;
  return <Ask failed={item?.state === "failed"} />;
}

function Ask({ failed = false, again = false }: { failed?: boolean; again?: boolean }) {
  const t = useT();
  const ask = useAskExport();
  const problem = ask.error instanceof ApiProblem ? ask.error.message : ask.error && t("takeaway.failed");
  return (
    <>
      {failed && (
        <Note tone="wait">
          <p>{t("takeaway.along.failed")}</p>
        </Note>
      )}
      <div>
        <Button
          look={again ? "secondary" : "primary"}
          icon="archive"
          busy={ask.isPending}
          onClick={() => ask.mutate()}
        >
          {t(again ? "takeaway.along.again" : "takeaway.along.ask")}
        </Button>
      </div>
      {problem && <p role="alert">{problem}</p>}
    </>
  );
}

function Making({ item }: { item: Export }) {
  const t = useT();
  const toast = useToast();
  const throwAway = useThrowAway();
  const stop = () => throwAway.mutate(item.id, { onError: () => toast({ text: t("takeaway.failed") }) });
  return (
    <>
      <div className="tp-stack" role="status">
        <label htmlFor="making">
          {item.total > 0
            ? t("takeaway.along.making", { done: item.done, total: item.total })
            : t("takeaway.along.asked")}
        </label>
        <progress id="making" max={Math.max(item.total, 1)} value={item.total > 0 ? item.done : undefined} />
      </div>
      <p className="tp-small tp-soft">{t("takeaway.along.mayLeave")}</p>
      <div>
        <QuietButton icon="stop" busy={throwAway.isPending} onClick={stop}>
          {t("takeaway.along.stop")}
        </QuietButton>
      </div>
    </>
  );
}

function Ready({ item }: { item: Export }) {
  const t = useT();
  const language = useLanguage();
  const shared = useMe().device === "shared";
  const missing = item.missing ?? 0;
  return (
    <>
      <Note tone="ok" icon="check">
        <p>
          <b>{t("takeaway.along.ready")}</b>
        </p>
        <p>
          {t("takeaway.along.in", {
            stories: item.stories ?? 0,
            files: item.files ?? 0,
            size: sizeOf(item.size ?? 0, language),
          })}
        </p>
        {item.expiresAt && (
          <p>{t("takeaway.along.until", { day: dayInWords(dayOf(item.expiresAt), language) })}</p>
        )}
      </Note>
      {missing > 0 && (
        <Note tone="wait">
          <p>{t("takeaway.along.missing", { count: missing })}</p>
        </Note>
      )}
      {shared && (
        <Note tone="wait" icon="lock">
          <p>{t("takeaway.along.shared")}</p>
        </Note>
      )}
      <div className="tp-row">
        <a className="utrecht-button utrecht-button--primary-action" href={addressOf(item.id)} download>
          <Icon name="down" />
          <span>{t("takeaway.along.fetch")}</span>
        </a>
        <ThrowAway item={item} />
      </div>
      <p className="tp-small tp-soft">{t("takeaway.along.how")}</p>
      {item.fetchedAt && (
        <p className="tp-small tp-soft">
          {t("takeaway.along.fetched", {
            day: recently(dayOf(item.fetchedAt), language),
            time: timeOf(item.fetchedAt, language),
          })}
        </p>
      )}
      <Ask again />
    </>
  );
}

function ThrowAway({ item }: { item: Export }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const throwAway = useThrowAway();
  const [asking, setAsking] = useState(false);
  const day = dayInWords(dayOf(item.askedAt), language);
  const go = () =>
    throwAway.mutate(item.id, {
      onSuccess: () => toast({ text: t("takeaway.along.thrown") }),
      onError: () => toast({ text: t("takeaway.failed") }),
      onSettled: () => setAsking(false),
    });
  return (
    <>
      <QuietButton icon="trash" onClick={() => setAsking(true)}>
        {t("takeaway.along.throw")}
      </QuietButton>
      <Dialog title={t("takeaway.along.throwTitle", { day })} open={asking} onClose={() => setAsking(false)}>
        <p>{t("takeaway.along.throwText")}</p>
        <div className="tp-row">
          <Button busy={throwAway.isPending} onClick={go}>
            {t("takeaway.along.throw")}
          </Button>
          <Button look="secondary" onClick={() => setAsking(false)}>
            {t("takeaway.keep")}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
