import type { ReactNode } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { Avatar, Button, ErrorState, Icon, Loading, QuietButton } from "~/ui";
import { groupName } from "~/ui/groupName";
import type { Link, useLinks } from "./useParents";

interface Props {
  links: ReturnType<typeof useLinks>;
  empty: ReactNode;
  actions: (link: Link) => { label: string; act: () => void }[];
}

/** Parents with their children, a page at a time. */
export function LinkList({ links, empty, actions }: Props) {
  const t = useT();
  if (links.isPending) return <Loading />;
  if (links.isError && !links.data) return <ErrorState error={links.error} onRetry={() => links.refetch()} />;
  const items = links.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return empty;
  return (
    <>
      <ul className="tp-list tp-sheet">
        {items.map((link) => (
          <Row key={link.id} link={link} actions={actions(link)} />
        ))}
      </ul>
      {links.hasNextPage && (
        <div>
          <Button look="secondary" busy={links.isFetchingNextPage} onClick={() => links.fetchNextPage()}>
            {t("parentsAdmin.more")}
          </Button>
        </div>
      )}
    </>
  );
}

function Row({ link, actions }: { link: Link; actions: ReturnType<Props["actions"]> }) {
  const t = useT();
  const { parent, pupil, group } = link;
  return (
    <li className="parents-admin__link">
      <Avatar id={parent.id} name={parent.name} />
      <div className="tp-grow">
        <h3>
          <bdi>{parent.name}</bdi>
        </h3>
        <p>
          {t(
            `parentsAdmin.${link.state === "claimed" && link.relation ? "says" : "relation"}.${link.relation ?? "register"}`,
            {
              pupil: pupil.name,
            },
          )}
          {group && ` · ${groupName(group, t)}`}
        </p>
        <p className="tp-small tp-soft">
          <Origin link={link} />
        </p>
        {link.state === "confirmed" && <Opens link={link} />}
      </div>
      <div className="tp-row">
        {link.own ? (
          <span className="tp-small">{t("parentsAdmin.own")}</span>
        ) : (
          actions.map(({ label, act }) => (
            <QuietButton
              key={label}
              aria-label={t("parentsAdmin.actionOf", {
                action: label,
                parent: parent.name,
                pupil: pupil.name,
              })}
              onClick={act}
            >
              {label}
            </QuietButton>
          ))
        )}
      </div>
    </li>
  );
}

/** How the school can know who this is: the name they sign in with, and the letter that they had. */
function Origin({ link }: { link: Link }) {
  const t = useT();
  const language = useLanguage();
  const day = dayInWords(dayOf(link.since), language);
  const letter = link.letter && dayInWords(dayOf(link.letter.madeAt), language);
  return (
    <>
      {link.parent.username
        ? t("parentsAdmin.signsInAs", { name: link.parent.username })
        : t("parentsAdmin.noAccount")}
      {" · "}
      {t("parentsAdmin.since", { day })}
      {link.letter && letter && (
        <>
          {" · "}
          {link.letter.mailTo
            ? t("parentsAdmin.byMail", { day: letter, address: link.letter.mailTo })
            : t("parentsAdmin.byLetter", { day: letter, letter: link.letter.letter })}
        </>
      )}
    </>
  );
}

/** What the school's word opens, in words. */
function Opens({ link }: { link: Link }) {
  const t = useT();
  const language = useLanguage();
  const open = link.custody === "yes" || link.openedOn !== null;
  return (
    <>
      <p>
        <span className="tp-state" data-state={open ? "ok" : undefined}>
          <Icon name={open ? "check" : "lock"} />
          {t(`parentsAdmin.custody.${link.custody}`)}
          {": "}
          {link.custody === "yes"
            ? t("parentsAdmin.opens.yes")
            : link.openedOn
              ? t("parentsAdmin.opens.byHand", { day: dayInWords(link.openedOn, language) })
              : t("parentsAdmin.opens.no")}
        </span>
      </p>
      {link.reason && <p className="tp-small">{t("parentsAdmin.reason.was", { reason: link.reason })}</p>}
    </>
  );
}
