import { useLanguage, useT } from "~/i18n";
import { soon } from "~/i18n/dates";
import { Icon, LinkButton } from "~/ui";
import type { Child } from "./useHome";

/** The talk at school to which this parent is invited. */
export function Invited({ talk, name }: { talk: NonNullable<Child["talk"]>; name: string }) {
  const t = useT();
  const language = useLanguage();
  const day = soon(talk.onDay, language);
  const when = talk.atTime ? t("talks.at", { day, time: talk.atTime.slice(0, 5) }) : day;
  return (
    <div className="tp-card tp-card--sea tp-stack family__together">
      <p>
        <Icon name="ask-back" /> {t("family.talk", { name, when })}
      </p>
      {talk.place && (
        <p className="tp-small tp-soft">
          <bdi lang="nl">{talk.place}</bdi>
        </p>
      )}
      <LinkButton to={`/gesprek/${talk.id}`} look="secondary">
        {t("family.talk.go")}
      </LinkButton>
    </div>
  );
}
