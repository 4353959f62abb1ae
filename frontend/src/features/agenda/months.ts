import { addDays, addMonths, daysBetween, monthOf } from "~/i18n/dates";

const FIRST = "1990-02";
const LAST = "2100-11";

/** The month that an address asks for, or else that of `day`. */
export function askedMonth(asked: string | null, day: string): string {
  const known = asked !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) && asked >= FIRST && asked <= LAST;
  return known ? asked : monthOf(day);
}

/** The weeks of a month, from Monday to Sunday, with the days of its neighbours that fill them up. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`;
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const start = addDays(first, -weekday);
  const next = `${addMonths(month, 1)}-01`;
  const weeks = Math.ceil(daysBetween(start, next) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, place) => addDays(start, week * 7 + place)),
  );
}

interface Lasting {
  startsOn: string;
  endsOn: string;
}

/** What there is on a day. */
export function onDay<Item extends Lasting>(items: readonly Item[], day: string): Item[] {
  return items.filter(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn);
}

/** Items under the day they begin on; what began before `from` stands under `from`. */
export function byDay<Item extends Lasting>(items: readonly Item[], from: string): [string, Item[]][] {
  const days = new Map<string, Item[]>();
  for (const item of items) {
    const day = item.startsOn < from ? from : item.startsOn;
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days].sort(([one], [other]) => one.localeCompare(other));
}
