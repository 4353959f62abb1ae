import { useLanguage, useT } from "~/i18n";
import { soon } from "~/i18n/dates";
import { Icon, LinkButton } from "~/ui";
import type { Child } from "./useHome";

/** To the cards that parent and child do together; first what school put ready. */
export function Together({ child, name }: { child: Child; name: string }) {
  const t = useT();
  const language = useLanguage();
  return (
    <div className="tp-card tp-card--sea tp-stack family__together">
      <p className="tp-row tp-row--nowrap">
        <Icon name="together" />
        <span>
          {child.cardReady
            ? t("family.homework.ready", { day: soon(child.cardReady.onDay, language) })
            : t("family.homework.text", { name })}
        </span>
      </p>
      <LinkButton to={`/thuis/opdrachten/${child.id}`} look="secondary">
        {t("family.homework")}
      </LinkButton>
    </div>
  );
}
