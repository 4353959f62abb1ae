import { type RefObject, useEffect, useRef } from "react";

const CONTROLS = "button, textarea, select, input, a[href]";

/** Where a change takes away what had focus, focus goes on to what came instead: this control, or the first in here. */
export function useFollow<E extends HTMLElement>(change: unknown): RefObject<E | null> {
  const place = useRef<E>(null);
  const before = useRef(change);
  useEffect(() => {
    if (before.current === change) return;
    before.current = change;
    if (document.activeElement !== document.body) return;
    const here = place.current;
    const inside = () =>
      here?.querySelector<HTMLElement>(":checked") ?? here?.querySelector<HTMLElement>(CONTROLS);
    (here?.matches(CONTROLS) ? here : inside())?.focus();
  }, [change]);
  return place;
}
