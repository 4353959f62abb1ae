import { type ReactNode, useEffect, useState } from "react";
import { ApiProblem } from "~/api/problem";
import { serverSpeaks, useLanguage, useT } from "~/i18n";
import { Button, LinkButton } from "./Button";
import { Icon } from "./Icon";

/** An island not yet seen: an invitation, one sentence and one button. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title?: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="tp-empty">
      <svg
        className="tp-empty__island"
        viewBox="0 0 128 72"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeLinecap="round"
      >
        <path
          d="M16 40c-2-16 14-27 33-27 13 0 19 6 33 5 17-1 31 7 30 22-1 14-17 20-36 19-14-1-22 4-37 2-13-2-22-9-23-21Z"
          strokeWidth="2.5"
          strokeDasharray="1 7"
          fill="#fff8"
        />
        <path d="M4 62c8-4 14 3 22 0M100 66c8-4 14 3 22 0M98 8c8-4 14 3 22 0" strokeWidth="2" opacity=".5" />
      </svg>
      {title && <h2>{title}</h2>}
      <p>{children}</p>
      {action}
    </div>
  );
}

/** What went wrong in the words of the server, and a way on. What is not there is no failure. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useT();
  const language = useLanguage();
  if (error instanceof ApiProblem && error.status === 404) return <Gone />;
  const problem = error instanceof ApiProblem && serverSpeaks(language) ? error : null;
  const text = problem ? problem.message : navigator.onLine ? t("ui.error.unknown") : t("ui.error.offline");
  return (
    <div className="tp-error" role="alert">
      <div className="tp-error__head">
        <Icon name={navigator.onLine ? "info" : "no-network"} />
        <h2>{problem?.title ?? t("ui.error.title")}</h2>
      </div>
      <p>{text}</p>
      {onRetry && (
        <Button look="secondary" icon="undo" onClick={onRetry}>
          {t("ui.again")}
        </Button>
      )}
    </div>
  );
}

/** Not there, or not for this person: that looks the same. */
function Gone() {
  const t = useT();
  return (
    <EmptyState title={t("ui.gone.title")} action={<LinkButton to="/">{t("ui.gone.start")}</LinkButton>}>
      {t("ui.gone.text")}
    </EmptyState>
  );
}

const PATIENCE_MS = 250;

/** Still shapes of what comes, only when it takes long enough to notice. */
export function Loading({ cards = 3 }: { cards?: number }) {
  const t = useT();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="tp-page tp-skeleton" role="status" aria-busy="true">
      {late && (
        <>
          <span className="tp-hidden">{t("ui.loading")}</span>
          <div className="tp-skeleton__line" />
          {Array.from({ length: cards }, (_, index) => (
            <div key={index} className="tp-skeleton__card" />
          ))}
        </>
      )}
    </div>
  );
}
