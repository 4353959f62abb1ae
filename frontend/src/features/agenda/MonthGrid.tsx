import { Link } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { monthInWords, monthOf, weekdayInWords, weekdays } from "~/i18n/dates";
import { clock, useAddress, useTitle } from "./Days";
import { onDay } from "./months";
import type { Item } from "./useAgenda";

const MOST = 3;

interface GridProps {
  month: string;
  weeks: readonly string[][];
  items: readonly Item[];
  now: string;
  /** Goes to the item in the list. */
  onFind: (item: Item) => void;
}

/**
 * The month on a desk: a table of weeks. What has a page is a link, the rest shows itself in the list; of a neighbour's
 * day in the list of that month.
 */
export function MonthGrid({ month, weeks, items, now, onFind }: GridProps) {
  const language = useLanguage();
  return (
    <table className="agenda__grid">
      <caption className="tp-hidden">{monthInWords(month, language)}</caption>
      <thead>
        <tr>
          {weekdays(language).map(({ short, long }) => (
            <th key={long} scope="col" abbr={long}>
              <span aria-hidden="true">{short}</span>
              <span className="tp-hidden">{long}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <Cell
                key={day}
                day={day}
                beside={monthOf(day) !== month}
                isMonday={day === week[0]}
                items={onDay(items, day)}
                now={now}
                onFind={onFind}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps extends Pick<GridProps, "items" | "now" | "onFind"> {
  day: string;
  beside: boolean;
  isMonday: boolean;
}

function Cell({ day, beside, isMonday, items, now, onFind }: CellProps) {
  const t = useT();
  const language = useLanguage();
  const rest = items.slice(MOST);
  const isToday = day === now;
  return (
    <td data-beside={beside || undefined} aria-current={isToday ? "date" : undefined}>
      <span className="agenda__number" data-today={isToday || undefined}>
        <span aria-hidden="true">{Number(day.slice(8))}</span>
        <span className="tp-hidden">
          {isToday
            ? t("agenda.today", { day: weekdayInWords(day, language) })
            : weekdayInWords(day, language)}
        </span>
      </span>
      {items.length > 0 && (
        <ul>
          {items.slice(0, MOST).map((item) => (
            <li key={item.id}>
              <Small item={item} day={day} isMonday={isMonday} beside={beside} onFind={onFind} />
            </li>
          ))}
        </ul>
      )}
      {rest.length > 0 && <p className="tp-small">{t("agenda.more", { count: rest.length })}</p>}
    </td>
  );
}

interface SmallProps extends Pick<GridProps, "onFind"> {
  item: Item;
  day: string;
  isMonday: boolean;
  beside: boolean;
}

function Small({ item, day, isMonday, beside, onFind }: SmallProps) {
  const t = useT();
  const page = useAddress()(item);
  const to = page ?? (beside ? `/agenda?maand=${monthOf(day)}` : undefined);
  const title = useTitle()(item);
  const { kind, state, startsAt, startsOn, endsOn } = item;
  const begins = day === startsOn;
  const time = begins && startsAt ? clock(startsAt) : "";
  const words = (
    <span className={begins || isMonday ? undefined : "tp-hidden"}>
      {time && <b>{time} </b>}
      {state === "cancelled" ? <s>{title}</s> : title}
      {(kind === "goal" || kind === "agreed") && (
        <span className="tp-hidden"> ({t(kind === "goal" ? "agenda.goal" : "agenda.agreed")})</span>
      )}
      {state && state !== "published" && <span className="tp-hidden"> ({t(`agenda.state.${state}`)})</span>}
    </span>
  );
  const look = {
    className: "agenda__small",
    "data-item": state ?? kind,
    "data-goes-on": day < endsOn || undefined,
    "data-began": !begins || undefined,
    title,
  };
  if (to)
    return (
      <Link href={to} {...look}>
        {words}
      </Link>
    );
  return (
    <button type="button" {...look} onClick={() => onFind(item)}>
      {words}
    </button>
  );
}
