import { useLanguage, useT } from "~/i18n";
import { hoursInFigures } from "~/i18n/dates";
import { LinkButton, Stub } from "~/ui";
import type { RunningLogbook } from "./useLogbooks";

/** A stage or other logbook that runs: today's line is one tap away. */
export function LogbookStubs({ logbooks }: { logbooks: readonly RunningLogbook[] }) {
  const t = useT();
  const language = useLanguage();
  return logbooks.map(({ id, title, organisation, field, days, hours, today, over }) => {
    const total = hours
      ? t("ui.total", { hours: hoursInFigures(hours, language), days })
      : t("ui.totalDays", { days });
    const facts = [organisation, days > 0 && total, today && t("home.logDone")];
    return (
      <Stub
        key={id}
        label={t("home.logbook")}
        title={title || organisation || t("home.untitled")}
        when={facts.filter(Boolean).join(" · ")}
        kind="experience"
        field={field}
        action={
          <LinkButton
            to={`/logboek/${id}`}
            look={today || over ? "secondary" : "primary"}
            wide
            iconAfter="forward"
          >
            {t(today || over ? "home.logOpen" : "home.logToday")}
          </LinkButton>
        }
      />
    );
  });
}
