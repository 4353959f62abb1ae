import { Link } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { ago, dayOf } from "~/i18n/dates";
import {
  Button,
  Chip,
  Drawing,
  EmptyState,
  ErrorState,
  KindLabel,
  LinkButton,
  Loading,
  OwnWords,
  Photo,
  thumbnailOf,
} from "~/ui";
import { groupName } from "~/ui/groupName";
import type { QueueItem } from "./queue";
import { useReviewQueue } from "./useReviewQueue";
import "./review.css";

/** What pupils shared and nobody looked at yet, oldest first. */
export default function ReviewScreen() {
  const t = useT();
  const queue = useReviewQueue();
  const items = queue.data?.pages.flatMap((page) => page.items) ?? [];
  const total = queue.data?.pages[0]?.total ?? 0;
  return (
    <div className="tp-page tp-stack">
      <header>
        <h1 tabIndex={-1}>{t("review.title")}</h1>
        {queue.isSuccess && total > 0 && <p className="tp-soft">{t("review.count", { count: total })}</p>}
      </header>
      {queue.isPending && <Loading />}
      {queue.isError && <ErrorState error={queue.error} onRetry={() => queue.refetch()} />}
      {queue.isSuccess && items.length === 0 && (
        <EmptyState
          action={
            <LinkButton to="/klas" look="secondary">
              {t("review.emptyAction")}
            </LinkButton>
          }
        >
          {t("review.empty")}
        </EmptyState>
      )}
      {items.length > 0 && (
        <ol className="tp-stack" aria-label={t("review.list")}>
          {items.map((item, at) => (
            <li key={item.entry.id}>
              <WaitingCard item={item} first={at === 0} />
            </li>
          ))}
        </ol>
      )}
      {queue.hasNextPage && (
        <Button look="secondary" busy={queue.isFetchingNextPage} onClick={() => queue.fetchNextPage()}>
          {t(queue.isFetchingNextPage ? "review.moreBusy" : "review.more")}
        </Button>
      )}
    </div>
  );
}

function WaitingCard({ item, first }: { item: QueueItem; first: boolean }) {
  const t = useT();
  const language = useLanguage();
  const { entry, pupil, group, answered } = item;
  const photo = entry.attachments.find((file) => file.hasThumbnail);
  const title = entry.title || t("review.untitled");
  return (
    <article className={first ? "tp-card review__card review__card--first" : "tp-card review__card"}>
      <div className="review__picture">
        {photo ? (
          <Photo {...thumbnailOf(photo)} />
        ) : (
          <Drawing kind={entry.kind} field={entry.workFields[0]} />
        )}
      </div>
      <div className="tp-stack review__words">
        <p className="tp-row">
          <KindLabel kind={entry.kind} />
          {entry.sharedAt && <span className="tp-small tp-soft">{ago(dayOf(entry.sharedAt), language)}</span>}
        </p>
        <h2>
          <OwnWords>{title}</OwnWords>
        </h2>
        <p>
          <b>{pupil.name}</b>
          {group && <span className="tp-soft"> · {groupName(group, t)}</span>}
        </p>
        {answered && (
          <p>
            <Chip icon="ask-back" tone="wait">
              {t("review.answered")}
            </Chip>
          </p>
        )}
      </div>
      <Link
        href={`/verhaal/${entry.id}?rij`}
        className={`utrecht-button utrecht-button--${first ? "primary" : "secondary"}-action review__look`}
        aria-label={t("review.lookAt", { title, name: pupil.name })}
      >
        {t("review.look")}
      </Link>
    </article>
  );
}
