import { useEffect, useRef, useState } from "react";

/** How many bytes had been sent at a moment, in milliseconds. */
export interface Sample {
  at: number;
  sent: number;
}

const LOOK_BACK_MS = 15_000;
const ENOUGH_MS = 3_000;

/** The samples that count, with the newest one. */
export function withSample(samples: readonly Sample[], newest: Sample): Sample[] {
  return [...samples.filter((one) => newest.at - one.at < LOOK_BACK_MS), newest];
}

/** Seconds that the rest takes at the pace of the last while; null while that cannot be said. */
export function secondsLeft(samples: readonly Sample[], total: number): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < ENOUGH_MS || last.sent <= first.sent) return null;
  const bytesPerMs = (last.sent - first.sent) / (last.at - first.at);
  return (total - last.sent) / bytesPerMs / 1000;
}

/** Seconds left of what is sent, while `running`. */
export function useTimeLeft(sent: number, total: number, running: boolean): number | null {
  const samples = useRef<Sample[]>([]);
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    samples.current = running ? withSample(samples.current, { at: performance.now(), sent }) : [];
    setLeft(secondsLeft(samples.current, total));
  }, [sent, total, running]);
  return left;
}
