import { Link } from "wouter";
import { useT } from "~/i18n";
import { Icon } from "./Icon";

const MOST = 9;

/** The way to the notices, with how many are new. */
export function Bell({ unread }: { unread: number }) {
  const t = useT();
  const label = unread > MOST ? t("notices.bell.many") : t("notices.bell", { count: unread });
  return (
    <Link href="/berichten" className="tp-bell" aria-label={label}>
      <Icon name="bell" />
      {unread > 0 && (
        <span className="tp-bell__count" aria-hidden="true">
          {unread > MOST ? `${MOST}+` : unread}
        </span>
      )}
    </Link>
  );
}
