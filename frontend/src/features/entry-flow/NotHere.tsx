import { useT } from "~/i18n";
import { EmptyState, LinkButton } from "~/ui";

/** In the place of an entry that cannot be written in. */
export function NotHere({ found }: { found: "gone" | "put-away" }) {
  const t = useT();
  return (
    <div className="tp-page">
      <h1 className="tp-hidden">{t("flow.new")}</h1>
      <EmptyState action={<LinkButton to="/">{t("flow.toHome")}</LinkButton>}>
        {t(found === "gone" ? "flow.gone" : "flow.closed")}
      </EmptyState>
    </div>
  );
}
