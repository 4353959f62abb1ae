import { useRef, useState } from "react";
import type { Schema } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { megabytes } from "~/i18n/dates";
import { Icon, languageOf, Note, OwnWords } from "~/ui";

type Attachment = Schema<"AttachmentOut">;

const address = (file: Attachment, rendition: "thumbnail" | "display" | "file") =>
  `/v1/attachments/${file.id}/${rendition}`;

/** Photos to enlarge, films and sound to play, documents to fetch. */
export function Media({ title, files, own }: { title: string; files: readonly Attachment[]; own: boolean }) {
  const whole = files.filter((file) => isThere(file, own));
  const photos = whole.filter((file) => file.kind === "photo");
  return (
    <div className="tp-stack">
      {photos.length > 0 && <Photos title={title} photos={photos} />}
      {whole.map((file) => {
        if (file.kind === "film") return <Film key={file.id} file={file} />;
        if (file.kind === "sound") return <Sound key={file.id} file={file} />;
        return file.kind === "document" && <Document key={file.id} file={file} />;
      })}
      {files
        .filter((file) => !whole.includes(file))
        .map((file) => (
          <Unseen key={file.id} file={file} />
        ))}
    </div>
  );
}

/** Others than the pupil see a photo once it has a rendition without place and maker. */
function isThere(file: Attachment, own: boolean): boolean {
  const arrived = file.state === "ready" || file.state === "received";
  return arrived && (own || file.kind !== "photo" || file.hasThumbnail);
}

function Photos({ title, photos }: { title: string; photos: readonly Attachment[] }) {
  const t = useT();
  const [at, setAt] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const words = (photo: Attachment) => photo.alt || t("entry.noAlt", { title });
  const open = (index: number) => {
    setAt(index);
    dialog.current?.showModal();
  };
  const step = (by: number) => setAt((at + by + photos.length) % photos.length);
  const photo = photos[at] ?? photos[0];
  return (
    <>
      <ul className="entry__photos" data-count={Math.min(photos.length, 3)}>
        {photos.map((one, index) => (
          <li key={one.id}>
            <button
              type="button"
              onClick={() => open(index)}
              aria-label={t("entry.enlarge", { name: words(one) })}
            >
              <img
                className="tp-picture"
                src={address(one, one.hasThumbnail && photos.length > 1 ? "thumbnail" : "display")}
                alt={words(one)}
                lang={one.alt ? languageOf(one.alt) : undefined}
                width={one.width ?? undefined}
                height={one.height ?? undefined}
                loading={index > 1 ? "lazy" : undefined}
              />
            </button>
            {one.alt && (
              <p className="tp-small tp-soft">
                <OwnWords>{one.alt}</OwnWords>
              </p>
            )}
          </li>
        ))}
      </ul>
      <dialog
        ref={dialog}
        className="entry__lightbox"
        aria-label={t("entry.picture", { n: at + 1, total: photos.length })}
        onKeyDown={(event) => {
          if (event.key === "ArrowRight") step(1);
          if (event.key === "ArrowLeft") step(-1);
        }}
      >
        {photo && (
          <img
            src={address(photo, "display")}
            alt={words(photo)}
            lang={photo.alt ? languageOf(photo.alt) : undefined}
          />
        )}
        <div className="tp-row tp-row--between">
          {photos.length > 1 && (
            <button
              type="button"
              className="tp-icon-button"
              aria-label={t("entry.previous")}
              onClick={() => step(-1)}
            >
              <Icon name="back" />
            </button>
          )}
          <p aria-live="polite">{t("entry.picture", { n: at + 1, total: photos.length })}</p>
          {photos.length > 1 && (
            <button
              type="button"
              className="tp-icon-button"
              aria-label={t("entry.nextOne")}
              onClick={() => step(1)}
            >
              <Icon name="forward" />
            </button>
          )}
          <button
            type="button"
            className="tp-icon-button"
            aria-label={t("entry.close")}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="cross" />
          </button>
        </div>
      </dialog>
    </>
  );
}

function Film({ file }: { file: Attachment }) {
  return (
    <figure className="tp-stack">
      {/* biome-ignore lint/a11y/useMediaCaption: the pupil tells in words what the film shows, below it */}
      <video
        className="tp-picture"
        controls
        playsInline
        preload="metadata"
        poster={file.hasThumbnail ? address(file, "thumbnail") : undefined}
        src={address(file, "file")}
        aria-label={file.alt || file.name}
      />
      <figcaption className="tp-small tp-soft">
        <OwnWords>{file.alt || file.name}</OwnWords>
      </figcaption>
    </figure>
  );
}

function Sound({ file }: { file: Attachment }) {
  return (
    <figure className="tp-card">
      <figcaption className="tp-small">
        <OwnWords>{file.alt || file.name}</OwnWords>
      </figcaption>
      {/* biome-ignore lint/a11y/useMediaCaption: the pupil tells in words what can be heard, above it */}
      <audio controls preload="metadata" src={address(file, "file")} aria-label={file.alt || file.name} />
    </figure>
  );
}

function Document({ file }: { file: Attachment }) {
  const t = useT();
  const size = megabytes(file.size, useLanguage());
  return (
    <a className="tp-card tp-row" href={address(file, "file")} download={file.name}>
      <Icon name="file" />
      <span>{t("entry.download", { name: file.alt || file.name, size })}</span>
    </a>
  );
}

function Unseen({ file }: { file: Attachment }) {
  const t = useT();
  return (
    <Note tone="wait">
      <p>
        <b>{file.name}</b> {t(file.state === "refused" ? "entry.refused" : "entry.onItsWay")}
      </p>
    </Note>
  );
}
