import { type MessageId, useLanguage, useT } from "~/i18n";
import { dayInWords, daysInWords, hoursInFigures } from "~/i18n/dates";
import { Facts, Icon, languageOf, OwnWords, Said } from "~/ui";
import type { Page } from "./useOutside";

type File = Page["files"][number];

const addressOf = (file: File) => `/v1/outside/files/${file.id}`;

/** The one experience, as far as the pupil shows it. */
export function StoryShown({ page }: { page: Page }) {
  const t = useT();
  const language = useLanguage();
  const facts = [
    page.form && t(`form.${page.form}` as MessageId),
    page.organisation,
    page.hours && t("outside.story.hours", { hours: hoursInFigures(page.hours, language) }),
  ].filter(Boolean);
  return (
    <article className="tp-sheet tp-stack" aria-labelledby="story">
      <p className="tp-small tp-soft">{t("outside.story", { name: page.givenName })}</p>
      <h2 id="story">
        <OwnWords>{page.title}</OwnWords>
      </h2>
      <p className="tp-soft">
        {page.happenedOn && <bdi>{daysInWords(page.happenedOn, page.endedOn, language)}</bdi>}
        {page.happenedOn && facts.length > 0 && " · "}
        <Facts of={facts} />
      </p>
      {page.body && (
        <p className="outside__words" lang={languageOf(page.body)} dir="auto">
          {page.body}
        </p>
      )}
      <Files files={page.files} />
      {page.answers.map((answer) => (
        <Said key={answer.question} question={<OwnWords>{answer.question}</OwnWords>}>
          {answer.text}
        </Said>
      ))}
      {page.logbook.length > 0 && (
        <section className="tp-stack" aria-labelledby="days">
          <h3 id="days">{t("outside.story.days", { name: page.givenName })}</h3>
          {page.logbook.map((day, index) => (
            <Said key={`${day.on}-${index}`} question={day.on ? dayInWords(day.on, language) : undefined}>
              {day.text}
            </Said>
          ))}
        </section>
      )}
    </article>
  );
}

function Files({ files }: { files: readonly File[] }) {
  const t = useT();
  if (files.length === 0) return null;
  const photos = files.filter((file) => file.kind === "photo");
  return (
    <section className="tp-stack" aria-label={t("outside.story.files")}>
      {photos.length > 0 && (
        <ul className="outside__photos">
          {photos.map((photo) => (
            <li key={photo.id}>
              <a href={addressOf(photo)} target="_blank" rel="noreferrer">
                <img
                  className="tp-picture"
                  src={`${addressOf(photo)}/thumbnail?width=640`}
                  alt={photo.alt || t("outside.story.fetch", { name: photo.name })}
                  width={photo.width ?? undefined}
                  height={photo.height ?? undefined}
                />
              </a>
            </li>
          ))}
        </ul>
      )}
      {files
        .filter((file) => file.kind !== "photo")
        .map((file) => (
          <Other key={file.id} file={file} />
        ))}
    </section>
  );
}

function Other({ file }: { file: File }) {
  const t = useT();
  const label = file.alt || file.name;
  if (file.kind === "film") {
    return (
      // biome-ignore lint/a11y/useMediaCaption: the pupil's words for it are its name
      <video
        className="tp-picture"
        controls
        playsInline
        preload="none"
        src={addressOf(file)}
        aria-label={label}
      />
    );
  }
  if (file.kind === "sound") {
    return (
      // biome-ignore lint/a11y/useMediaCaption: the pupil's words for it are its name
      <audio controls preload="none" src={addressOf(file)} aria-label={label} />
    );
  }
  return (
    <a className="tp-card tp-row tp-row--nowrap" href={addressOf(file)} target="_blank" rel="noreferrer">
      <Icon name="file" />
      <span>{t("outside.story.fetch", { name: label })}</span>
    </a>
  );
}
