import { type ReactNode, useEffect, useRef } from "react";
import { useChangeMe, useSession } from "~/session";
import { Hero, LanguageSwitch, Logo, Note, QuietButton } from "~/ui";
import "./invitation.css";

interface Props {
  title: string;
  lead?: string;
  /** One step back. */
  back?: { label: string; onClick: () => void };
  /** What did not work. */
  problem?: string;
  children: ReactNode;
}

/** Around each step of an invitation; a new step begins at its heading, at the top. */
export function Page({ title, lead, back, problem, children }: Props) {
  const page = useRef<HTMLDivElement>(null);
  const { data: me } = useSession();
  const change = useChangeMe();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another step
  useEffect(() => {
    scrollTo(0, 0);
    page.current?.querySelector("h1")?.focus({ preventScroll: true });
  }, [title]);
  return (
    <div className="invitation" ref={page}>
      <Hero>
        <div className="tp-bar">
          <Logo />
          <LanguageSwitch onChoose={(locale) => me && change.mutate({ locale })} />
        </div>
        {back && (
          <QuietButton icon="back" onClick={back.onClick}>
            {back.label}
          </QuietButton>
        )}
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <p className="tp-lead">{lead}</p>}
      </Hero>
      <div className="tp-page tp-stack invitation__form">
        <div role="alert">
          {problem && (
            <Note tone="wait">
              <p>{problem}</p>
            </Note>
          )}
        </div>
        {children}
      </div>
    </div>
  );
}
