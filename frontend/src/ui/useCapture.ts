import { useCallback, useEffect, useRef, useState } from "react";

const TICK_MS = 150;

interface CaptureOptions {
  /** The types that are tried, the best first. */
  formats: readonly string[];
  maxSeconds: number;
  onRecorded: (recording: Blob) => void;
  /** Called a few times a second while recording. */
  onTick?: () => void;
}

/** Microphone, and camera where asked: `open` asks for it, `record` begins, and it ends by itself in time. */
export function useCapture({ formats, maxSeconds, onRecorded, onTick }: CaptureOptions) {
  const recorder = useRef<MediaRecorder | null>(null);
  const latest = useRef({ onRecorded, onTick });
  latest.current = { onRecorded, onTick };
  const [stream, setStream] = useState<MediaStream | null>(null);
  /** Seconds that are left; null while nothing is recorded. */
  const [left, setLeft] = useState<number | null>(null);
  const [refused, setRefused] = useState(false);

  const opened = useRef<MediaStream | null>(null);
  const gone = useRef(false);

  /** Lets go of microphone and camera; a recording that runs ends with them, and is handed over. */
  const release = useCallback(() => {
    for (const track of opened.current?.getTracks() ?? []) track.stop();
    opened.current = null;
  }, []);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      release();
    };
  }, [release]);

  const open = useCallback(
    async (wanted: MediaStreamConstraints): Promise<MediaStream | null> => {
      // A phone opens its second camera only when the first is closed.
      release();
      setStream(null);
      try {
        const next = await navigator.mediaDevices.getUserMedia(wanted);
        release();
        opened.current = next;
        if (gone.current) release();
        setStream(opened.current);
        return opened.current;
      } catch {
        setRefused(true);
        return null;
      }
    },
    [release],
  );

  const record = (from: MediaStream, options: MediaRecorderOptions = {}) => {
    const mimeType = formats.find((type) => MediaRecorder.isTypeSupported(type));
    const running = new MediaRecorder(from, { ...options, mimeType });
    recorder.current = running;
    const pieces: Blob[] = [];
    const began = performance.now();
    const timer = setInterval(() => {
      const passed = (performance.now() - began) / 1000;
      setLeft(Math.max(0, maxSeconds - passed));
      latest.current.onTick?.();
      if (passed >= maxSeconds && running.state === "recording") running.stop();
    }, TICK_MS);
    running.ondataavailable = (event) => pieces.push(event.data);
    running.onstop = () => {
      clearInterval(timer);
      recorder.current = null;
      release();
      setLeft(null);
      setStream(null);
      latest.current.onRecorded(new Blob(pieces, { type: running.mimeType.split(";")[0] }));
    };
    setLeft(maxSeconds);
    running.start();
  };

  const stop = () => recorder.current?.stop();
  return { stream, left, refused, open, record, stop };
}
