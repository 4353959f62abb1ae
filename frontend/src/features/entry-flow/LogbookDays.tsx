import { useEffect, useRef, useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { addDays, hoursInFigures, today as now, weekdayInWords } from "~/i18n/dates";
import { DAYS_AT_MOST, inOrder, type LogDay, totalOf } from "~/logbook";
import { QuietButton, useToast } from "~/ui";
import { type DetailsOf, withLogbook } from "./content";
import { roomOn, usualHours } from "./hours";
import { AddDay, dayName, LogbookDayCard, LogbookDayFields } from "./LogbookDay";
import type { Writing } from "./useWriting";

type Props = {
  writing: Writing;
  /** With today on top, ready to be filled in. */
  withToday?: boolean;
};

/** The logbook: a line a day along the route; hours add up by themselves. */
export function LogbookDays({ writing, withToday }: Props) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const { content, change, files, online } = writing;
  const details = content.details as DetailsOf<"experience">;
  const days: readonly LogDay[] = details.logbook ?? [];
  const [open, setOpen] = useState<number | null>(null);
  const list = useRef<HTMLOListElement>(null);
  // A day that opens, or closes again, keeps the keyboard where it was.
  const moved = useRef(false);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    list.current?.querySelector<HTMLElement>("[data-here] :is(textarea, input, button)")?.focus();
  });
  const latest = useRef(details);
  latest.current = details;

  const write = (next: readonly LogDay[]) => {
    latest.current = withLogbook(latest.current, next);
    change({ details: latest.current });
  };
  const lines = (): readonly LogDay[] => latest.current.logbook ?? [];
  const today = now();
  const firstToday = withToday ? days.findIndex(({ on }) => on === today) : -1;

  /** Changes a line; today's line begins with its first word. */
  const edit = (at: number, part: LogDay) => {
    const all = lines();
    const line = at < 0 ? all.findIndex(({ on }) => on === today) : at;
    write(
      line < 0
        ? [...all, { on: today, ...part }]
        : all.map((day, index) => (index === line ? { ...day, ...part } : day)),
    );
  };
  const addPhotos = async (at: number, photos: File[]) => {
    const ids = await files.addAll(photos);
    const line = at < 0 ? lines().findIndex(({ on }) => on === today) : at;
    edit(line, { attachmentIds: [...(lines()[line]?.attachmentIds ?? []), ...ids] });
  };
  const add = () => {
    const all = lines();
    const last = all.flatMap(({ on }) => on ?? []).sort();
    const next = last.length > 0 ? addDays(last.at(-1) ?? today, 1) : (content.happenedOn ?? today);
    write([...all, { on: withToday || next > today ? null : next }]);
    moved.current = true;
    setOpen(all.length);
  };
  const remove = (at: number) => {
    const before = lines();
    write(before.filter((_, index) => index !== at));
    setOpen(null);
    const name = dayName(before[at] ?? {}, language) ?? t("flow.logNoDay");
    toast({ text: t("flow.logRemoved", { day: name }), action: () => write(before) });
  };
  const show = (at: number | null) => {
    moved.current = true;
    setOpen(at);
  };
  const fields = (at: number, day: LogDay) => ({
    day,
    room: at < 0 ? roomOn([...days, day], days.length) : roomOn(days, at),
    usual: usualHours(days, day.on),
    files,
    online,
    onChange: (part: LogDay) => edit(at, part),
    onPhotos: (photos: File[]) => void addPhotos(at, photos),
  });

  if (days.length === 0 && !withToday) {
    return (
      <QuietButton icon="pencil" onClick={add}>
        {t("flow.logStart")}
      </QuietButton>
    );
  }
  const others = inOrder(days).filter(({ day, at }) => at !== firstToday && !(day.on && day.on > today));
  const shown = withToday ? [...others].reverse() : others;
  const over = content.endedOn !== null && content.endedOn < today;
  const todayFits = firstToday >= 0 || (!over && days.length < DAYS_AT_MOST);
  const { hours, days: count } = totalOf(days);
  const total = t("ui.total", { hours: hoursInFigures(hours, language), days: count });
  return (
    <section className="tp-stack flow__logbook" aria-labelledby={withToday ? "others" : "logbook"}>
      {withToday && todayFits && (
        <section className="tp-card tp-stack flow__today" aria-labelledby="today">
          <h2 id="today">{t("flow.logTodayIs", { day: weekdayInWords(today, language) })}</h2>
          <LogbookDayFields
            {...fields(firstToday, days[firstToday] ?? { on: today })}
            ask={t("flow.logToday")}
          />
        </section>
      )}
      {!withToday && <h2 id="logbook">{t("flow.logbook")}</h2>}
      <p className="flow__total" role="status">
        {hours > 0 ? t("flow.logSum", { total }) : t("flow.logNone")}
      </p>
      {withToday && shown.length > 0 && <h2 id="others">{t("flow.logEarlier")}</h2>}
      <ol className="tp-route flow__days" ref={list}>
        {shown.map(({ day, at }) => (
          <li key={at} data-here={open === at || undefined}>
            <span
              className="tp-pebble"
              data-filled={totalOf([day]).days > 0 || undefined}
              aria-hidden="true"
            />
            {open === at ? (
              <div className="tp-card tp-stack">
                <LogbookDayFields {...fields(at, day)} dated ask={t("flow.logDay")} />
                <div className="tp-row tp-row--between">
                  <QuietButton icon="check" onClick={() => show(null)}>
                    {t("flow.logClose")}
                  </QuietButton>
                  <QuietButton icon="trash" onClick={() => remove(at)}>
                    {t("flow.logRemove")}
                  </QuietButton>
                </div>
              </div>
            ) : (
              <LogbookDayCard day={day} files={files} onEdit={() => show(at)} />
            )}
          </li>
        ))}
      </ol>
      {days.length < DAYS_AT_MOST ? (
        <AddDay label={t(withToday ? "flow.logAddOther" : "flow.logAdd")} onAdd={add} />
      ) : (
        <p className="tp-small tp-soft">{t("flow.logFull", { max: DAYS_AT_MOST })}</p>
      )}
    </section>
  );
}
