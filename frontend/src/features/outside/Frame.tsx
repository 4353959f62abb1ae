import { type ReactNode, useEffect, useRef } from "react";
import { Hero, LanguageSwitch, Logo } from "~/ui";
import "./outside.css";

/** Around each step: no places to go to, the language, and a heading at which a new step begins. */
export function Frame({
  title,
  lead,
  wide,
  children,
}: {
  title: string;
  lead?: string;
  wide?: boolean;
  children: ReactNode;
}) {
  const page = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another step
  useEffect(() => {
    scrollTo(0, 0);
    page.current?.querySelector("h1")?.focus({ preventScroll: true });
  }, [title]);
  useEffect(() => {
    // No search engine keeps this address, wherever somebody leaves it.
    const robots = document.createElement("meta");
    robots.name = "robots";
    robots.content = "noindex, nofollow";
    document.head.append(robots);
    return () => robots.remove();
  }, []);
  return (
    <div className={wide ? "outside outside--wide" : "outside"} ref={page}>
      <Hero>
        <div className="tp-bar">
          <Logo />
          <LanguageSwitch />
        </div>
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <p className="tp-lead">{lead}</p>}
      </Hero>
      <div className={wide ? "tp-page tp-page--wide" : "tp-page tp-stack"}>{children}</div>
    </div>
  );
}
