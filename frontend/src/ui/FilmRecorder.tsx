import { useEffect, useRef, useState } from "react";
import { useT } from "~/i18n";
import { Button, IconButton } from "./Button";
import { Icon } from "./Icon";
import { Note } from "./Note";
import { TimeLeft } from "./TimeLeft";
import { useCapture } from "./useCapture";

const FORMATS = [
  "video/mp4;codecs=avc1.42E01F,mp4a.40.2",
  "video/webm;codecs=vp8,opus",
  "video/webm",
  "video/mp4",
];
/** Bits a second: a minute is some 19 MB. */
const RATE = 2_500_000;
type Side = "environment" | "user";

interface FilmRecorderProps {
  maxSeconds: number;
  /** Which camera opens first: what one sees, or oneself. */
  side?: Side;
  onRecorded: (film: Blob) => void;
  onClose: () => void;
}

/** The camera in the page: one sees what one films, how long is left, and can turn to the other side. */
export default function FilmRecorder({
  maxSeconds,
  side: first = "environment",
  onRecorded,
  onClose,
}: FilmRecorderProps) {
  const t = useT();
  const finish = (film: Blob) => {
    onRecorded(film);
    onClose();
  };
  const { stream, left, refused, open, record, stop } = useCapture({
    formats: FORMATS,
    maxSeconds,
    onRecorded: finish,
  });
  const [side, setSide] = useState<Side>(first);
  const view = useRef<HTMLVideoElement>(null);
  const begin = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    void open({ audio: true, video: { facingMode: side, height: { ideal: 720 } } });
  }, [open, side]);
  useEffect(() => {
    if (!view.current) return;
    view.current.srcObject = stream;
    if (stream) begin.current?.focus();
  }, [stream]);

  if (refused)
    return (
      <Note tone="wait" icon="camera">
        <p>{t("ui.film.refused")}</p>
        <Button look="secondary" onClick={onClose}>
          {t("ui.close")}
        </Button>
      </Note>
    );
  const recording = left !== null;
  return (
    <section className="tp-card tp-film" aria-label={t("ui.film.title")} data-recording={recording}>
      <video ref={view} className="tp-film__view" data-side={side} autoPlay muted playsInline tabIndex={-1}>
        <track kind="captions" />
      </video>
      <div className="tp-film__bar">
        {recording ? (
          <TimeLeft seconds={left} />
        ) : (
          <IconButton
            icon="turn-around"
            label={t("ui.film.turn")}
            onClick={() => setSide(side === "user" ? "environment" : "user")}
          />
        )}
        <button
          type="button"
          ref={begin}
          className="tp-record__disc"
          disabled={!stream}
          aria-label={t(recording ? "ui.film.stop" : "ui.film.start")}
          onClick={() => (recording ? stop() : stream && record(stream, { videoBitsPerSecond: RATE }))}
        >
          <Icon name={recording ? "stop" : "camera"} />
        </button>
        {!recording && <IconButton icon="cross" label={t("ui.close")} onClick={onClose} />}
      </div>
    </section>
  );
}
