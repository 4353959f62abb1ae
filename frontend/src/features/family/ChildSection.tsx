import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { EmptyState, EntryCard, type IconName, Note, QuietLink } from "~/ui";
import { cardOf } from "~/ui/cardOf";
import { groupName } from "~/ui/groupName";
import { ChildNotices } from "./ChildNotices";
import { Fields } from "./Fields";
import { Invited } from "./Invited";
import { News } from "./News";
import { Together } from "./Together";
import type { Child } from "./useHome";
import { useSeen } from "./useSeen";

/** One child: the newest of what was shared with home, or why there is nothing to see. */
export function ChildSection({ child, asOf }: { child: Child; asOf: string }) {
  const t = useT();
  const place = useSeen(child, asOf);
  const name = child.givenName ?? t("family.child");
  const id = `child-${child.id}`;
  if (child.state !== "open") return <Closed child={child} name={name} id={id} />;
  const rest = child.total - child.items.length;
  return (
    <section ref={place} className="tp-stack" aria-labelledby={id}>
      <div>
        <h2 id={id}>{t("family.showed", { name })}</h2>
        {child.school && (
          <p className="tp-small tp-soft">
            {child.group && <bdi>{groupName(child.group, t)}</bdi>}
            {child.group && " · "}
            <bdi lang="nl">{child.school.name}</bdi>
          </p>
        )}
      </div>
      <News child={child} name={name} />
      {child.talk && <Invited talk={child.talk} name={name} />}
      <ChildNotices child={child} />
      {child.cardReady && <Together child={child} name={name} />}
      {child.items.length === 0 && <EmptyState>{t("family.nothing", { name })}</EmptyState>}
      {child.items.length > 0 && (
        <ul className="tp-stack">
          {child.items.map((card, at) => (
            <li key={card.id}>
              <EntryCard {...cardOf(card, t)} own={false} size={at === 0 ? "large" : "compact"} />
            </li>
          ))}
        </ul>
      )}
      <p>
        <QuietLink to={`/leerling/${child.id}/gesprekken`} icon="ask-back">
          {t("family.talks", { name })}
        </QuietLink>
      </p>
      {child.items.length > 0 && (
        <p>
          <QuietLink to={`/leerling/${child.id}`} iconAfter="forward">
            {rest > 0 ? t("family.more", { count: rest, name }) : t("family.everything", { name })}
          </QuietLink>
        </p>
      )}
      {!child.cardReady && <Together child={child} name={name} />}
      <Fields child={child} name={name} />
    </section>
  );
}

const SIGNS = { waiting: "wait", closed: "lock", pupil_decides: "me" } as const satisfies Record<
  string,
  IconName
>;

function Closed({ child, name, id }: { child: Child; name: string; id: string }) {
  const t = useT();
  const language = useLanguage();
  if (child.state === "open") return null;
  return (
    <section className="tp-stack" aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      <Note icon={SIGNS[child.state]}>
        <p>
          <b>{t(`family.state.${child.state}.title`, { name })}</b>
        </p>
        <p>{t(`family.state.${child.state}.text`, { name })}</p>
        {child.state === "waiting" && (
          <p className="tp-small">
            {t("family.state.waiting.since", { day: dayInWords(child.since, language) })}
          </p>
        )}
      </Note>
    </section>
  );
}
