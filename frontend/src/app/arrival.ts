import { type RefObject, useEffect, useRef } from "react";
import { useLocation } from "wouter";

const WAIT_MS = 3_000;

/** Runs `act` when the page has what it looks for, within three seconds; stops when the page is left. */
function whenReady(root: HTMLElement, act: () => boolean): () => void {
  if (act()) return () => {};
  const observer = new MutationObserver(() => {
    if (act()) stop();
  });
  observer.observe(root, { childList: true, subtree: true });
  const timer = setTimeout(() => stop(), WAIT_MS);
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
  return stop;
}

let returning = false;
// Heard from the start, before the router hears of it: that draws the page at once.
addEventListener("popstate", () => {
  returning = true;
});

/**
 * Arriving on a page: forward goes to the top with focus on the heading, back goes to where one was.
 * Positions live in memory by address.
 */
export function useArrival(main: RefObject<HTMLElement | null>): void {
  const [path] = useLocation();
  const positions = useRef(new Map<string, number>());
  const first = useRef(true);

  useEffect(() => {
    history.scrollRestoration = "manual";
    const onScroll = () => positions.current.set(location.pathname, scrollY);
    addEventListener("scroll", onScroll, { passive: true });
    return () => removeEventListener("scroll", onScroll);
  }, []);

  useEffect(() => {
    const root = main.current;
    if (!root) return;
    const back = returning;
    returning = false;
    const target = back ? (positions.current.get(path) ?? 0) : 0;
    if (!back) scrollTo(0, 0);
    if (first.current) {
      first.current = false;
      return;
    }
    return whenReady(root, () => {
      const heading = root.querySelector("h1");
      if (!heading || document.documentElement.scrollHeight < target + innerHeight) return false;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      scrollTo(0, target);
      return true;
    });
  }, [path, main]);
}
