import { useEffect, useState } from "react";
import { useT } from "~/i18n";
import { QuietButton, refusalOf } from "~/ui";
import type { FileInHand } from "./useFiles";

type Props = {
  question: string;
  /** None as long as the server has not told of it. */
  file: FileInHand | undefined;
  online: boolean;
  onRemove: () => void;
};

/** An answer that was said or filmed: to hear or see again, and to take out. */
export function SpokenAnswer({ question, file, online, onRemove }: Props) {
  const t = useT();
  const here = useAddress(file?.upload?.blob);
  const src = here ?? (file?.state === "ready" ? `/v1/attachments/${file.id}/file` : undefined);
  const film = file?.kind === "film";
  return (
    <div className="flow__spoken tp-stack">
      <div className="tp-row tp-row--between">
        <b>{t(film ? "flow.filmed" : "flow.spoken")}</b>
        <QuietButton icon="trash" onClick={onRemove}>
          {t("flow.spokenRemove")}
        </QuietButton>
      </div>
      {src && film && (
        // biome-ignore lint/a11y/useMediaCaption: one's own answer, just made
        <video
          className="tp-picture"
          controls
          playsInline
          preload="metadata"
          src={src}
          aria-label={question}
        />
      )}
      {src && !film && (
        // biome-ignore lint/a11y/useMediaCaption: one's own answer, just made
        <audio controls preload="metadata" src={src} aria-label={question} />
      )}
      <p role="status" className="tp-small tp-soft">
        {file && words(file, online, t)}
      </p>
    </div>
  );
}

function words(file: FileInHand, online: boolean, t: ReturnType<typeof useT>): string | undefined {
  if (file.state === "ready") return undefined;
  if (file.upload?.refusal) return file.upload.refusal;
  if (file.state === "refused") return t(refusalOf(file.refusal));
  if (file.upload && file.upload.state !== "done" && !online) return t("flow.answerWaits");
  return t("flow.answerGoes");
}

/** The recording on this device; it stays playable when the queue lets go of its bytes. */
function useAddress(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (blob) setAddress((before) => before ?? URL.createObjectURL(blob));
  }, [blob]);
  useEffect(() => () => URL.revokeObjectURL(address ?? ""), [address]);
  return address;
}
