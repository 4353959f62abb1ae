import type { ReactNode } from "react";
import { useT } from "~/i18n";
import { Hero, LanguageSwitch, Logo, QuietButton, QuietLink } from "~/ui";
import "./sign-in.css";

interface Props {
  title: string;
  lead?: string;
  /** The way back: to the ways of signing in, or one step. */
  back?: { label: string; onClick: () => void };
  /** Room for pictures beside or under the heading. */
  wide?: boolean;
  children: ReactNode;
}

/** Around each step of a pupil's sign-in: where one is, and the way back. */
export function SignInPage({ title, lead, back, wide, children }: Props) {
  const t = useT();
  return (
    <div className={wide ? "sign-in sign-in--wide" : "sign-in"}>
      <Hero>
        <div className="tp-bar">
          <Logo />
          <LanguageSwitch />
        </div>
        {back ? (
          <QuietButton icon="back" onClick={back.onClick}>
            {back.label}
          </QuietButton>
        ) : (
          <QuietLink to="/" icon="back">
            {t("signIn.otherWay")}
          </QuietLink>
        )}
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <p className="tp-lead">{lead}</p>}
      </Hero>
      {children}
    </div>
  );
}
