import { Link } from "wouter";
import { type MessageId, useLanguage, useT } from "~/i18n";
import { daysInWords, nearDay, weekdayInWords } from "~/i18n/dates";
import { useMe } from "~/session";
import { Chip, Icon, OwnWords, QuietLink } from "~/ui";
import { byDay } from "./months";
import type { Item } from "./useAgenda";

interface DaysProps {
  items: readonly Item[];
  /** What began before this day stands under it. */
  from: string;
  now: string;
}

/** Day by day along the route, in words as people say them. */
export function Days({ items, from, now }: DaysProps) {
  const language = useLanguage();
  return (
    <ol className="tp-route agenda__days">
      {byDay(items, from).map(([day, those]) => (
        <li key={day}>
          <span className="agenda__day" data-today={day === now || undefined} aria-hidden="true">
            {Number(day.slice(8))}
          </span>
          <section className="tp-stack agenda__on-day" aria-labelledby={`day-${day}`}>
            <h3 id={`day-${day}`}>
              {[nearDay(day, language, now), weekdayInWords(day, language)].filter(Boolean).join(", ")}
            </h3>
            <ul className="tp-stack agenda__on-day">
              {those.map((item) => (
                <li key={item.id} id={`item-${item.id}`} tabIndex={-1} className="tp-card agenda__item">
                  <One item={item} now={now} />
                </li>
              ))}
            </ul>
          </section>
        </li>
      ))}
    </ol>
  );
}

function One({ item, now }: { item: Item; now: string }) {
  const t = useT();
  const language = useLanguage();
  const to = useAddress();
  const titleOf = useTitle();
  const { kind, id, startsOn, endsOn, startsAt, place, state, entryId } = item;
  const title = titleOf(item);
  const when = [
    endsOn > startsOn && daysInWords(startsOn, endsOn, language, now),
    startsAt ? t("agenda.at", { time: clock(startsAt) }) : t("agenda.allDay"),
  ];
  if (kind === "goal" || kind === "agreed") {
    return (
      <>
        <p className="tp-small agenda__goal">
          <Icon name="boat" />
          {t(kind === "goal" ? "agenda.goal" : "agenda.agreed")}
        </p>
        <b className="agenda__title">
          <Link href={to(item) ?? STEPS}>
            <OwnWords>{title}</OwnWords>
          </Link>
        </b>
      </>
    );
  }
  const address = to(item);
  const name = state === "cancelled" ? <s>{title}</s> : title;
  return (
    <>
      <b className="agenda__title">{address ? <Link href={address}>{name}</Link> : name}</b>
      <p className="tp-small">{when.filter(Boolean).join(" · ")}</p>
      {place && <p className="tp-small tp-soft">{place}</p>}
      {state && state !== "published" && (
        <p>
          <Chip tone={state === "draft" ? "wait" : "stop"}>{t(`agenda.state.${state}`)}</Chip>
        </p>
      )}
      <p className="tp-row agenda__actions">
        {entryId && (
          <QuietLink to={`/verhaal/${entryId}`} icon="experience">
            {t("agenda.yourStory")}
          </QuietLink>
        )}
        {(state === "published" || (kind === "conversation" && !state)) && endsOn >= now && (
          <a
            className="tp-quiet"
            href={`/v1/${kind === "conversation" ? "conversations" : "activities"}/${id}/calendar.ics`}
            download
            aria-label={t("agenda.download", { title })}
          >
            <Icon name="calendar" />
            <span>{t("agenda.put")}</span>
          </a>
        )}
      </p>
    </>
  );
}

/** What it is called: a talk by what it is about, the rest by its own words. */
export function useTitle(): (item: Item) => string {
  const t = useT();
  return ({ kind, title }) => (kind === "conversation" ? t(`agenda.talk.${title}` as MessageId) : title);
}

/** `9:30` */
export function clock(time: string): string {
  return time.slice(0, 5).replace(/^0/, "");
}

const STEPS = "/stappen";

/** Where an item is opened: one's own steps have a page, and activities for those who plan them. */
export function useAddress(): (item: Item) => string | undefined {
  const { roles } = useMe();
  const plans = roles.some(({ role }) => role === "teacher" || role === "dean");
  return ({ kind, id, conversationId }) => {
    if (kind === "conversation" || kind === "agreed") return `/gesprek/${conversationId}`;
    if (kind === "goal") return STEPS;
    return plans ? `/activiteiten/${id}` : undefined;
  };
}
