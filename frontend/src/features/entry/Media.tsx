import type { Schema } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { megabytes } from "~/i18n/dates";
import { Icon, Note, OwnWords, refusalOf, thumbnailOf } from "~/ui";
import { addressOf, Photos } from "./Photos";

type Attachment = Schema<"AttachmentOut">;

/** Warnings that the screens have words for. */
const CAUTIONS = ["pdf_script", "pdf_encrypted", "pdf_attachment", "office_macro"] as const;

/** Photos to enlarge, films and sound to play, documents to fetch. */
export function Media({ title, files }: { title: string; files: readonly Attachment[] }) {
  const t = useT();
  const whole = files.filter((file) => file.state === "ready");
  const photos = whole.filter((file) => file.kind === "photo");
  return (
    <div className="tp-stack">
      {photos.length > 0 && (
        <Photos photos={photos} wordsOf={(photo) => photo.alt || t("entry.noAlt", { title })} />
      )}
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

function Film({ file }: { file: Attachment }) {
  const t = useT();
  return (
    <figure className="tp-stack">
      {/* biome-ignore lint/a11y/useMediaCaption: captions where there are any; else the words below it */}
      <video
        className="tp-picture"
        controls
        playsInline
        preload="none"
        poster={file.hasThumbnail ? thumbnailOf(file).src : undefined}
        src={addressOf(file)}
        aria-label={file.alt || file.name}
      >
        {file.hasCaptions && (
          <track
            default
            kind="captions"
            src={`/v1/attachments/${file.id}/captions`}
            label={t("entry.captions")}
          />
        )}
      </video>
      <figcaption className="tp-small tp-soft">
        <OwnWords>{file.alt || file.name}</OwnWords>
      </figcaption>
    </figure>
  );
}

function Sound({ file }: { file: Attachment }) {
  return (
    <figure className="tp-card tp-stack">
      <figcaption className="tp-small">
        <OwnWords>{file.alt || file.name}</OwnWords>
      </figcaption>
      {file.peaks && (
        <span className="entry__wave" aria-hidden="true">
          {file.peaks.map((peak, index) => (
            <i key={index} style={{ ["--level" as string]: peak / 100 }} />
          ))}
        </span>
      )}
      {/* biome-ignore lint/a11y/useMediaCaption: the pupil tells in words what can be heard, above it */}
      <audio controls preload="none" src={addressOf(file)} aria-label={file.alt || file.name} />
    </figure>
  );
}

function Document({ file }: { file: Attachment }) {
  const t = useT();
  const size = megabytes(file.size, useLanguage());
  const caution = CAUTIONS.find((one) => one === file.caution);
  return (
    <div className="tp-stack">
      <a className="tp-card tp-row tp-row--nowrap" href={addressOf(file)} download={file.name}>
        {file.hasThumbnail ? (
          <img className="entry__page" {...thumbnailOf(file)} sizes="6rem" alt="" loading="lazy" />
        ) : (
          <Icon name="file" />
        )}
        <span>{t("entry.download", { name: file.alt || file.name, size })}</span>
      </a>
      {caution && (
        <Note tone="wait" icon="eye">
          <p className="tp-small">{t(`entry.caution.${caution}`)}</p>
        </Note>
      )}
    </div>
  );
}

/** A file that only its pupil knows of: on its way, being looked at, or refused and why. */
function Unseen({ file }: { file: Attachment }) {
  const t = useT();
  const words = {
    uploading: "entry.onItsWay",
    received: "entry.lookedAt",
    ready: "entry.lookedAt",
    refused: refusalOf(file.refusal),
  } as const;
  return (
    <Note tone="wait">
      <p role="status">
        <b>{file.name}</b> {t(words[file.state])}
      </p>
    </Note>
  );
}
