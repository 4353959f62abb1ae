import { useEffect, useRef, useState } from "react";
import { useT } from "~/i18n";
import { clockTime } from "~/i18n/dates";
import { Icon } from "./Icon";
import { Note } from "./Note";
import { useFollow } from "./useFollow";

const BARS = 24;
const FORMATS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

interface Recording {
  recorder: MediaRecorder;
  stream: MediaStream;
  context: AudioContext;
}

function stopTracks({ stream, context }: Recording): void {
  for (const track of stream.getTracks()) track.stop();
  void context.close();
}

/** Records speech of at most `maxSeconds` and hands over the sound. */
export default function Recorder({
  onRecorded,
  maxSeconds = 60,
}: {
  onRecorded: (sound: Blob) => void;
  maxSeconds?: number;
}) {
  const t = useT();
  const active = useRef<Recording | null>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  const [levels, setLevels] = useState<number[]>([]);
  const [refused, setRefused] = useState(false);
  const control = useFollow<HTMLButtonElement>(seconds !== null);

  useEffect(
    () => () => {
      if (active.current) stopTracks(active.current);
    },
    [],
  );

  async function start() {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const recorder = new MediaRecorder(stream, {
        mimeType: FORMATS.find((type) => MediaRecorder.isTypeSupported(type)),
      });
      const context = new AudioContext();
      const recording = { recorder, stream, context };
      active.current = recording;
      listen(recording);
    } catch {
      setRefused(true);
    }
  }

  function listen(recording: Recording) {
    const { recorder, stream, context } = recording;
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Uint8Array(analyser.fftSize);
    const pieces: Blob[] = [];
    const began = performance.now();
    const timer = setInterval(() => {
      const passed = (performance.now() - began) / 1000;
      analyser.getByteTimeDomainData(samples);
      const loudness = Math.max(...samples.map((sample) => Math.abs(sample - 128))) / 128;
      setSeconds(passed);
      setLevels((before) => [...before, loudness].slice(-BARS));
      if (passed >= maxSeconds) recorder.stop();
    }, 150);
    recorder.ondataavailable = (event) => pieces.push(event.data);
    recorder.onstop = () => {
      clearInterval(timer);
      stopTracks(recording);
      active.current = null;
      setSeconds(null);
      setLevels([]);
      onRecorded(new Blob(pieces, { type: recorder.mimeType.split(";")[0] }));
    };
    setSeconds(0);
    recorder.start();
  }

  if (refused)
    return (
      <Note tone="wait" icon="interview">
        <p>{t("ui.record.refused")}</p>
      </Note>
    );
  if (seconds === null) {
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
        onClick={() => active.current?.recorder.stop()}
      >
        <Icon name="stop" />
      </button>
      <span className="tp-recording__wave" aria-hidden="true">
        {levels.map((level, index) => (
          <i key={index} style={{ ["--level" as string]: level }} />
        ))}
      </span>
      <span className="tp-nowrap" aria-hidden="true">
        <b>{clockTime(seconds)}</b> {t("ui.record.of", { total: clockTime(maxSeconds) })}
      </span>
      <span className="tp-hidden" role="status">
        {seconds >= maxSeconds - 10 ? t("ui.record.nearly") : ""}
      </span>
    </div>
  );
}
