import { useRef, useState } from "react";
import { useT } from "~/i18n";
import { Icon } from "./Icon";
import { Note } from "./Note";
import { TimeLeft } from "./TimeLeft";
import { useCapture } from "./useCapture";
import { useFollow } from "./useFollow";

const BARS = 24;
const FORMATS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

interface RecorderProps {
  onRecorded: (sound: Blob) => void;
  maxSeconds?: number;
}

/** Records speech of at most `maxSeconds` and hands over the sound. */
export default function Recorder({ onRecorded, maxSeconds = 60 }: RecorderProps) {
  const t = useT();
  const listener = useRef<{ context: AudioContext; analyser: AnalyserNode }>(null);
  const [levels, setLevels] = useState<number[]>([]);
  const finish = (sound: Blob) => {
    void listener.current?.context.close();
    setLevels([]);
    onRecorded(sound);
  };
  const hear = () => {
    const { analyser } = listener.current ?? {};
    if (!analyser) return;
    const samples = new Uint8Array(analyser.fftSize);
    analyser.getByteTimeDomainData(samples);
    const loudness = Math.max(...samples.map((sample) => Math.abs(sample - 128))) / 128;
    setLevels((before) => [...before, loudness].slice(-BARS));
  };
  const capture = useCapture({ formats: FORMATS, maxSeconds, onRecorded: finish, onTick: hear });
  const control = useFollow<HTMLButtonElement>(capture.left !== null);

  const start = async () => {
    const stream = await capture.open({ audio: true });
    if (!stream) return;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    listener.current = { context, analyser };
    capture.record(stream);
  };

  if (capture.refused)
    return (
      <Note tone="wait" icon="interview">
        <p>{t("ui.record.refused")}</p>
      </Note>
    );
  if (capture.left === null) {
    return (
      <button type="button" className="tp-record" ref={control} onClick={start}>
        <span className="tp-record__disc">
          <Icon name="interview" />
        </span>
        {t("ui.record")}
      </button>
    );
  }
  return (
    <div className="tp-recording tp-grow">
      <button
        type="button"
        ref={control}
        className="tp-record__disc"
        aria-label={t("ui.record.stop")}
        onClick={capture.stop}
      >
        <Icon name="stop" />
      </button>
      <span className="tp-recording__wave" aria-hidden="true">
        {levels.map((level, index) => (
          <i key={index} style={{ ["--level" as string]: level }} />
        ))}
      </span>
      <TimeLeft seconds={capture.left} />
    </div>
  );
}
