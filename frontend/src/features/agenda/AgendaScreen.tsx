import { useCallback } from "react";
import { useSearchParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { addDays, addMonths, monthInWords, monthOf, today } from "~/i18n/dates";
import { useMe } from "~/session";
import { EmptyState, ErrorState, LinkButton, Loading, QuietLink } from "~/ui";
import { Days } from "./Days";
import { MonthGrid } from "./MonthGrid";
import { askedMonth, weeksOf } from "./months";
import { type Item, useCalendar } from "./useAgenda";
import "./agenda.css";

/** What comes, by month: a list by day, and on a desk the month as a grid beside it. `?maand=2026-11` */
export default function AgendaScreen() {
  const t = useT();
  const language = useLanguage();
  const { roles } = useMe();
  const [params] = useSearchParams();
  const now = today();
  const month = askedMonth(params.get("maand"), now);
  const weeks = weeksOf(month);
  const calendar = useCalendar(weeks[0]?.[0] ?? now, weeks.at(-1)?.at(-1) ?? now);
  const first = `${month}-01`;
  const last = addDays(`${addMonths(month, 1)}-01`, -1);
  const items = calendar.data ?? [];
  const inMonth = items.filter(({ startsOn, endsOn }) => startsOn <= last && endsOn >= first);
  const find = useCallback((item: Item) => {
    const found = document.getElementById(`item-${item.id}`);
    const folded = found?.closest("details");
    if (folded) folded.open = true;
    found?.focus();
    found?.scrollIntoView({ block: "center" });
  }, []);
  return (
    <div className="tp-page tp-page--wide tp-stack">
      {roles.length > 0 && (
        <p>
          <QuietLink to="/activiteiten" icon="back">
            {t("activities.title")}
          </QuietLink>
        </p>
      )}
      <header className="agenda__head">
        <h1 tabIndex={-1}>{t("agenda.title")}</h1>
        <p className="tp-row agenda__links">
          {month !== monthOf(now) && <QuietLink to="/agenda">{t("agenda.thisMonth")}</QuietLink>}
          <QuietLink to="/agenda/adres" icon="calendar">
            {t("agenda.own.title")}
          </QuietLink>
        </p>
      </header>
      <nav className="agenda__months" aria-label={t("agenda.months")}>
        <MonthLink month={addMonths(month, -1)} back />
        <h2 aria-live="polite">{monthInWords(month, language)}</h2>
        <MonthLink month={addMonths(month, 1)} />
      </nav>
      <div className="agenda__columns">
        <MonthGrid month={month} weeks={weeks} items={items} now={now} onFind={find} />
        <div className="tp-stack">
          {calendar.isPending && <Loading cards={2} />}
          {calendar.isError && <ErrorState error={calendar.error} onRetry={() => calendar.refetch()} />}
          {calendar.data && <List items={inMonth} month={month} now={now} />}
        </div>
      </div>
    </div>
  );
}

function MonthLink({ month, back = false }: { month: string; back?: boolean }) {
  const t = useT();
  const language = useLanguage();
  const words = monthInWords(month, language);
  const [name = words] = words.split(" ");
  return (
    <LinkButton
      to={`/agenda?maand=${month}`}
      look="subtle"
      icon={back ? "back" : undefined}
      iconAfter={back ? undefined : "forward"}
    >
      <span className="tp-hidden">{t(back ? "agenda.previous" : "agenda.next", { month: words })}</span>
      <span className="agenda__month-name" aria-hidden="true">
        {name}
      </span>
    </LinkButton>
  );
}

/** Of this month what comes stands first, and what was is folded away. */
function List({ items, month, now }: { items: readonly Item[]; month: string; now: string }) {
  const t = useT();
  const language = useLanguage();
  const next = addMonths(month, 1);
  const isNow = month === monthOf(now);
  const coming = isNow ? items.filter(({ endsOn }) => endsOn >= now) : items;
  const past = isNow ? items.filter(({ endsOn }) => endsOn < now) : [];
  return (
    <>
      {coming.length === 0 && (
        <EmptyState
          action={
            <LinkButton to={`/agenda?maand=${next}`} look="secondary" iconAfter="forward">
              {t("agenda.look", { month: monthInWords(next, language) })}
            </LinkButton>
          }
        >
          {t(past.length > 0 ? "agenda.noMore" : "agenda.empty", { month: monthInWords(month, language) })}
        </EmptyState>
      )}
      <Days items={coming} from={isNow ? now : `${month}-01`} now={now} />
      {past.length > 0 && (
        <details className="agenda__past">
          <summary>{t("agenda.past", { count: past.length })}</summary>
          <Days items={past} from={`${month}-01`} now={now} />
        </details>
      )}
    </>
  );
}
