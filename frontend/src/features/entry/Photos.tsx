import { useRef, useState } from "react";
import type { Schema } from "~/api/client";
import { useT } from "~/i18n";
import { Icon, languageOf, OwnWords, thumbnailOf } from "~/ui";

type Attachment = Schema<"AttachmentOut">;

/** Where a file is fetched. */
export const addressOf = (file: Attachment) => `/v1/attachments/${file.id}/file`;

type Props = { photos: readonly Attachment[]; wordsOf: (photo: Attachment) => string };

/** Photos in a small gallery, to be enlarged one by one. */
export function Photos({ photos, wordsOf: words }: Props) {
  const t = useT();
  const [at, setAt] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
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
                {...thumbnailOf(one)}
                sizes={
                  photos.length > 1 ? "(min-width: 64rem) 22rem, 50vw" : "(min-width: 64rem) 44rem, 100vw"
                }
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
            src={addressOf(photo)}
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
