import { type ReactNode, useEffect, useRef } from "react";
import { useT } from "~/i18n";
import { useGoBack } from "~/session";
import { Hero, LanguageSwitch, Logo, QuietButton } from "~/ui";
import "./second-factor.css";

interface Props {
  title: string;
  lead: string;
  /** Once the second factor stands there is nothing to go back to. */
  done?: boolean;
  children: ReactNode;
}

/** Around each step between the password and the first page. */
export function HalfwayPage({ title, lead, done, children }: Props) {
  const t = useT();
  const goBack = useGoBack();
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step begins at its heading
  useEffect(() => {
    scrollTo(0, 0);
    if (!document.activeElement?.matches("main input, main button[type=submit]")) heading.current?.focus();
  }, [title]);
  return (
    <div className="factor">
      <Hero>
        <div className="tp-bar">
          <Logo />
          <LanguageSwitch />
        </div>
        {!done && (
          <QuietButton icon="back" onClick={() => void goBack().catch(() => {})}>
            {t("factor.back")}
          </QuietButton>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p className="tp-lead">{lead}</p>
      </Hero>
      <div className="tp-page tp-stack factor__form">{children}</div>
    </div>
  );
}
