import { useLanguage, useT } from "~/i18n";
import { recently, weekdayInWords } from "~/i18n/dates";
import { isWritten, type LogDay } from "~/logbook";
import { Icon, QuietButton } from "~/ui";
import { useFollow } from "~/ui/useFollow";
import { LIMITS } from "./content";
import { ACCEPT } from "./files";
import { HoursStepper } from "./HoursStepper";
import { Day, Paragraph } from "./Lines";
import { OneFile, Pick, Preview } from "./StepShow";
import type { FileInHand, Files } from "./useFiles";

/** The files of this line that are still there, in its order. */
export function photosOf(day: LogDay, files: readonly FileInHand[]): FileInHand[] {
  return (day.attachmentIds ?? []).flatMap((id) => files.find((file) => file.id === id) ?? []);
}

type FieldsProps = {
  day: LogDay;
  /** The question above the words. */
  ask: string;
  /** Whether the date can be chosen. */
  dated?: boolean;
  room: number;
  usual: number;
  files: Files;
  online: boolean;
  onChange: (change: LogDay) => void;
  /** Keeps chosen photos with this day. */
  onPhotos: (photos: File[]) => void;
};

/** One day to fill in: words, hours and photos. */
export function LogbookDayFields({
  day,
  ask,
  dated,
  room,
  usual,
  files,
  online,
  onChange,
  onPhotos,
}: FieldsProps) {
  const t = useT();
  const photos = photosOf(day, files.files);
  const ids = day.attachmentIds ?? [];
  const place = useFollow<HTMLDivElement>(photos.length);
  const remove = async (id: string) => {
    await files.remove(id);
    onChange({ attachmentIds: ids.filter((one) => one !== id) });
  };
  return (
    <div className="tp-stack flow__day">
      {dated && <Day label={t("flow.logWhich")} value={day.on} onChange={(on) => onChange({ on })} />}
      <Paragraph label={ask} value={day.text} onChange={(text) => onChange({ text })} />
      <div ref={place} className="flow__dayRow">
        <HoursStepper hours={day.hours} most={room} usual={usual} onChange={(hours) => onChange({ hours })} />
        {photos.length < LIMITS.dayPhotos && (
          <Pick label={t("flow.photo")} icon="camera" accept={ACCEPT.photo} capture onFiles={onPhotos} />
        )}
      </div>
      {photos.length > 0 && (
        <ul className="tp-stack" aria-label={t("flow.logPhoto")}>
          {photos.map((file) => (
            <li key={file.id}>
              <OneFile file={file} kind="experience" files={{ ...files, remove }} online={online} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type CardProps = { day: LogDay; files: Files; onEdit: () => void };

/** A day as it stands, with the way to change it. */
export function LogbookDayCard({ day, files, onEdit }: CardProps) {
  const t = useT();
  const language = useLanguage();
  const name = dayName(day, language) ?? t("flow.logNoDay");
  const photos = photosOf(day, files.files);
  return (
    <div className="tp-card tp-stack flow__dayCard">
      <div className="tp-row tp-row--between tp-row--nowrap">
        <h3>{name}</h3>
        <button
          type="button"
          className="tp-quiet"
          onClick={onEdit}
          aria-label={t("flow.logEdit", { day: name })}
        >
          <Icon name="pencil" />
          <span>{t("flow.logEditShort")}</span>
        </button>
      </div>
      {day.hours ? <p className="tp-small tp-soft">{t("ui.hours", { count: day.hours })}</p> : null}
      {day.text && <p className="tp-thought__words">{day.text}</p>}
      {!isWritten(day) && <p className="tp-soft">{t("flow.logEmpty")}</p>}
      {photos.length > 0 && (
        <ul className="flow__thumbs">
          {photos.map((file) => (
            <li key={file.id}>
              <Preview
                file={{ ...file, alt: file.alt || t("flow.logPhotoAlt", { day: name }) }}
                kind="experience"
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** "gisteren, woensdag 25 november", as people say it. */
export function dayName({ on }: LogDay, language: string): string | null {
  if (!on) return null;
  const long = weekdayInWords(on, language);
  const near = recently(on, language);
  return /\d/.test(near) || long.startsWith(near) ? long : `${near}, ${long}`;
}

/** The way to add one more. */
export function AddDay({ label, onAdd }: { label: string; onAdd: () => void }) {
  return (
    <QuietButton icon="plus" onClick={onAdd}>
      {label}
    </QuietButton>
  );
}
