import { Link } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { ago, dayOf } from "~/i18n/dates";
import { ErrorState, Icon, KindLabel, LinkButton, Loading, OwnWords } from "~/ui";
import { type QueueItem, useFirstWaiting } from "./useGroup";

/** The oldest few of what waits for the teacher, with the way to all of it. */
export function WaitingList() {
  const t = useT();
  const queue = useFirstWaiting();
  return (
    <section className="tp-sheet tp-stack" aria-labelledby="waiting">
      <div className="tp-row tp-row--between">
        <h2 id="waiting">{t("group.review.title")}</h2>
        {queue.data && queue.data.total > 0 && (
          <span className="tp-small tp-soft">{t("group.review.count", { count: queue.data.total })}</span>
        )}
      </div>
      {queue.isPending && <Loading cards={1} />}
      {queue.isError && <ErrorState error={queue.error} onRetry={() => queue.refetch()} />}
      {queue.data?.total === 0 && (
        <p className="tp-row tp-row--nowrap group__well">
          <Icon name="check" />
          <span>{t("group.review.none")}</span>
        </p>
      )}
      {queue.data && queue.data.total > 0 && (
        <>
          <ol className="tp-list">
            {queue.data.items.map((item) => (
              <Waiting key={item.entry.id} item={item} />
            ))}
          </ol>
          <LinkButton to="/te-bekijken">{t("group.review.all")}</LinkButton>
        </>
      )}
    </section>
  );
}

function Waiting({ item: { entry, pupil, answered } }: { item: QueueItem }) {
  const t = useT();
  const language = useLanguage();
  return (
    <li>
      <div className="tp-grow">
        <p className="tp-row">
          <KindLabel kind={entry.kind} />
          {entry.sharedAt && <span className="tp-small tp-soft">{ago(dayOf(entry.sharedAt), language)}</span>}
        </p>
        <h3>
          <OwnWords>{entry.title || t("review.untitled")}</OwnWords>
        </h3>
        <p className="tp-small">
          {pupil.name}
          {answered && <b> · {t("review.answered")}</b>}
        </p>
      </div>
      <Link
        href={`/verhaal/${entry.id}?rij`}
        className="tp-quiet"
        aria-label={t("review.lookAt", { title: entry.title, name: pupil.name })}
      >
        {t("review.look")}
      </Link>
    </li>
  );
}
