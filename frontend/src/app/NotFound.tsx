import { useT } from "~/i18n";
import { usePageTitle } from "~/routing";
import { EmptyState, LinkButton } from "~/ui";

export function NotFound() {
  const t = useT();
  usePageTitle(t("app.not-found.title"));
  return (
    <div className="tp-page">
      <h1 className="tp-hidden">{t("app.not-found.title")}</h1>
      <EmptyState
        title={t("app.not-found.title")}
        action={<LinkButton to="/">{t("app.not-found.button")}</LinkButton>}
      >
        {t("app.not-found.text")}
      </EmptyState>
    </div>
  );
}
