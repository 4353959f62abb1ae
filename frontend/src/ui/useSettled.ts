import { useEffect, useState } from "react";

const PAUSE_MS = 250;

/** The value once it has stayed the same for a moment: a search waits for a pause in typing. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
