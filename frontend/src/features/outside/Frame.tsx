import type { ReactNode } from "react";
import { Hero, LanguageSwitch, Logo } from "~/ui";
import { useVisited } from "~/ui/useVisited";
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
  const page = useVisited(title);
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
