import { Link } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayOf, recently, soon, timeOf } from "~/i18n/dates";
import { useMe } from "~/session";
import {
  Button,
  Chip,
  EmptyState,
  ErrorState,
  Icon,
  Loading,
  Note,
  QuietButton,
  QuietLink,
  useToast,
} from "~/ui";
import { type Notice, useNotices, useRead, useReadAll, useUnreadAll } from "./useNotices";
import { iconOf, wayOf, wordsOf } from "./words";
import "./notices.css";

/** What happened, day by day, each with the way to it. */
export default function NoticesScreen() {
  const t = useT();
  const language = useLanguage();
  const notices = useNotices();
  const items = notices.data?.pages.flatMap((page) => page.items) ?? [];
  const quietUntil = notices.data?.pages[0]?.quietUntil;
  const offline = notices.isPending && notices.fetchStatus === "paused";
  return (
    <div className="tp-page tp-stack notices">
      <header className="tp-stack">
        <h1 tabIndex={-1}>{t("notices.title")}</h1>
        <div className="tp-row tp-row--between">
          <QuietLink to="/berichten/instellingen" iconAfter="forward">
            {t("notices.settings")}
          </QuietLink>
          {items.some(({ read }) => !read) && <AllRead newest={items[0]} />}
        </div>
      </header>
      {quietUntil && (
        <Note icon="wait">
          <p>
            {t("notices.quiet", {
              day: soon(dayOf(quietUntil), language),
              time: timeOf(quietUntil, language),
            })}
          </p>
        </Note>
      )}
      {offline && (
        <Note icon="no-network">
          <p>{t("notices.offline")}</p>
        </Note>
      )}
      {notices.isPending && !offline && <Loading />}
      {notices.isError && <ErrorState error={notices.error} onRetry={() => notices.refetch()} />}
      {notices.isSuccess && items.length === 0 && <EmptyState>{t("notices.empty")}</EmptyState>}
      {byDay(items).map(([day, ofDay]) => (
        <section key={day} className="tp-stack" aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`} className="notices__day">
            {capital(recently(day, language), language)}
          </h2>
          <ul className="notices__list">
            {ofDay.map((notice) => (
              <li key={notice.id}>
                <OneNotice notice={notice} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {notices.hasNextPage && (
        <Button look="secondary" busy={notices.isFetchingNextPage} onClick={() => notices.fetchNextPage()}>
          {t("notices.more")}
        </Button>
      )}
    </div>
  );
}

function OneNotice({ notice }: { notice: Notice }) {
  const t = useT();
  const language = useLanguage();
  const me = useMe();
  const read = useRead();
  return (
    <Link
      href={wayOf(notice, me.id)}
      className="notices__one"
      data-new={notice.read ? undefined : ""}
      onClick={() => notice.read || read.mutate(notice.id)}
    >
      <span className="notices__sign">
        <Icon name={iconOf(notice)} />
      </span>
      <span className="notices__words">
        <span>{wordsOf(notice, me.id, language, t)}</span>
        {!notice.read && <Chip tone="info">{t("notices.new")}</Chip>}
      </span>
      <Icon name="forward" />
    </Link>
  );
}

function AllRead({ newest }: { newest: Notice | undefined }) {
  const t = useT();
  const toast = useToast();
  const readAll = useReadAll();
  const unreadAll = useUnreadAll();
  const failed = () => toast({ text: t("notices.failed") });
  if (!newest) return null;
  return (
    <QuietButton
      icon="check"
      onClick={() =>
        readAll.mutate(newest.at, {
          onError: failed,
          onSuccess: (done) =>
            toast({
              text: t("notices.readAll.done", { count: done.count }),
              action: () => unreadAll.mutate(done, { onError: failed }),
            }),
        })
      }
    >
      {t("notices.readAll")}
    </QuietButton>
  );
}

function byDay(notices: readonly Notice[]): [day: string, notices: Notice[]][] {
  const days = new Map<string, Notice[]>();
  for (const notice of notices) {
    const day = dayOf(notice.at);
    days.set(day, [...(days.get(day) ?? []), notice]);
  }
  return [...days];
}

function capital(words: string, language: string): string {
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}
