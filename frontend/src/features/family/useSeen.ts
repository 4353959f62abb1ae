import { useEffect, useRef } from "react";
import { api } from "~/api/client";
import type { Child } from "./useHome";

/** So long part of it was on a screen that somebody looked at. */
const LOOKED_MS = 2_000;

/**
 * Tells once that what is here of a child was really on screen: in view, in a tab that shows, for a moment. The page
 * keeps what was new until it is asked again.
 */
export function useSeen(child: Child, asOf: string) {
  const place = useRef<HTMLElement>(null);
  const { id, state } = child;
  useEffect(() => {
    const element = place.current;
    if (!element || state !== "open" || !asOf) return;
    let inView = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      stop();
      // Who has no connection now sees the same news again next time: nothing is lost.
      api
        .PUT("/v1/home/{pupil_id}/seen", { params: { path: { pupil_id: id } }, body: { asOf } })
        .catch(() => {});
    };
    const weigh = () => {
      clearTimeout(timer);
      if (inView && document.visibilityState === "visible") timer = setTimeout(tell, LOOKED_MS);
    };
    const observer = new IntersectionObserver(([seen]) => {
      inView = seen?.isIntersecting ?? false;
      weigh();
    });
    const stop = () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener("visibilitychange", weigh);
    };
    observer.observe(element);
    document.addEventListener("visibilitychange", weigh);
    return stop;
  }, [id, state, asOf]);
  return place;
}
