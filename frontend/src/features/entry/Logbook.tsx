import { useLanguage, useT } from "~/i18n";
import { hoursInFigures, weekdayInWords } from "~/i18n/dates";
import { inOrder, isWritten, type LogDay, totalOf } from "~/logbook";
import { LinkButton, languageOf } from "~/ui";
import { Photos } from "./Photos";
import type { Entry } from "./useEntry";

type Attachment = Entry["attachments"][number];

/** Photos that stand with a day of the logbook, each at the first day that names it. */
export function photosByDay({ details, attachments }: Entry): Map<LogDay, Attachment[]> {
  const ready = new Map(attachments.filter(isPhoto).map((file) => [file.id, file]));
  const byDay = new Map<LogDay, Attachment[]>();
  if (details.kind !== "experience") return byDay;
  for (const { day } of inOrder(details.logbook ?? [])) {
    const photos = (day.attachmentIds ?? []).flatMap((id) => ready.get(id) ?? []);
    for (const { id } of photos) ready.delete(id);
    if (photos.length > 0) byDay.set(day, photos);
  }
  return byDay;
}

function isPhoto({ kind, state }: Attachment): boolean {
  return kind === "photo" && state === "ready";
}

/** The days as a route: when, how long, what was done, and how it looked. */
export function Logbook({ entry }: { entry: Entry }) {
  const t = useT();
  const language = useLanguage();
  const all = entry.details.kind === "experience" ? (entry.details.logbook ?? []) : [];
  const days = inOrder(all).filter(({ day }) => isWritten(day));
  if (days.length === 0) return null;
  const photos = photosByDay(entry);
  const total = totalOf(all);
  return (
    <section className="tp-stack" aria-labelledby="logbook">
      <div>
        <h2 id="logbook">{t("entry.logbook")}</h2>
        <p className="tp-soft">
          {total.hours > 0
            ? t("ui.total", { hours: hoursInFigures(total.hours, language), days: total.days })
            : t("ui.totalDays", { days: total.days })}
        </p>
      </div>
      <ol className="tp-route entry__days">
        {days.map(({ day, at }) => {
          const name = day.on ? weekdayInWords(day.on, language) : t("entry.noDay");
          return (
            <li key={at}>
              <span className="tp-pebble" data-filled aria-hidden="true" />
              <div className="tp-card tp-stack">
                <div className="tp-row tp-row--between">
                  <h3>
                    <bdi>{name}</bdi>
                  </h3>
                  {day.hours && <span className="tp-soft">{t("ui.hours", { count: day.hours })}</span>}
                </div>
                {day.text && (
                  <p className="entry__words" lang={languageOf(day.text)}>
                    {day.text}
                  </p>
                )}
                {photos.has(day) && (
                  <Photos
                    photos={photos.get(day) ?? []}
                    wordsOf={(photo) => photo.alt || t("entry.logPhoto", { day: name })}
                  />
                )}
              </div>
            </li>
          );
        })}
      </ol>
      {entry.rights.edit && (
        <LinkButton to={`/logboek/${entry.id}`} look="secondary" icon="pencil">
          {t("entry.toLogbook")}
        </LinkButton>
      )}
    </section>
  );
}
