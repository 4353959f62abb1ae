import { Link } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { recently } from "~/i18n/dates";
import { Avatar, Button, EmptyState, ErrorState, Loading, OwnWords } from "~/ui";
import { byDay, type Look, useLooks } from "./useLooks";

/** "Wie keek er?": who looked at what, day by day, in words. */
export default function LooksScreen() {
  const t = useT();
  const language = useLanguage();
  const looks = useLooks();
  const items = looks.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="tp-page tp-stack">
      <h1>{t("looks.title")}</h1>
      <p>{t("looks.intro")}</p>
      {looks.isPending && (looks.fetchStatus === "paused" ? <ErrorState error={null} /> : <Loading />)}
      {looks.isError && <ErrorState error={looks.error} onRetry={() => looks.refetch()} />}
      {looks.isSuccess && items.length === 0 && <EmptyState>{t("looks.empty")}</EmptyState>}
      {byDay(items).map(([day, ofDay]) => (
        <section key={day} className="tp-stack" aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`}>{capital(recently(day, language), language)}</h2>
          <ul className="tp-stack">
            {ofDay.map((look) => (
              <li key={look.viewerId}>
                <OneLook look={look} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {looks.hasNextPage && (
        <Button look="secondary" busy={looks.isFetchingNextPage} onClick={() => looks.fetchNextPage()}>
          {t("looks.more")}
        </Button>
      )}
    </div>
  );
}

function capital(words: string, language: string): string {
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}

function OneLook({ look }: { look: Look }) {
  const t = useT();
  return (
    <div className="tp-card tp-row tp-row--nowrap">
      <Avatar id={look.viewerId} name={look.viewerName} />
      <div className="tp-grow">
        <p>
          {t("looks.said", {
            name: look.viewerName,
            who: t(look.role ? `looks.as.${look.role}` : `looks.${look.voice}`),
            count: look.things.filter((thing) => thing.entryId).length,
          })}
          {look.reason && look.reason.why !== "other" && ` ${t(`looks.why.${look.reason.why}`)}`}
        </p>
        {look.reason?.note && (
          <p>
            <OwnWords>{look.reason.note}</OwnWords>
          </p>
        )}
        <ul>
          {look.things
            .filter((thing) => thing.entryId)
            .map((thing) => (
              <li key={thing.entryId}>
                <Link href={`/verhaal/${thing.entryId}`}>{thing.title || t("looks.untitled")}</Link>
              </li>
            ))}
        </ul>
      </div>
    </div>
  );
}
