import { type RefObject, useEffect, useRef } from "react";

/** A page for who has no account: a new title is a new step, begun at its heading; no search engine keeps the address. */
export function useVisited(title: string): RefObject<HTMLDivElement | null> {
  const page = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another step
  useEffect(() => {
    scrollTo(0, 0);
    page.current?.querySelector("h1")?.focus({ preventScroll: true });
  }, [title]);
  useEffect(() => {
    // Beside the header, wherever somebody leaves the address.
    const robots = document.createElement("meta");
    robots.name = "robots";
    robots.content = "noindex, nofollow";
    document.head.append(robots);
    return () => robots.remove();
  }, []);
  return page;
}
