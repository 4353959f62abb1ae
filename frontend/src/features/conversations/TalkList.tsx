import { Link } from "wouter";
import { useT } from "~/i18n";
import { Avatar, Chip, type IconName } from "~/ui";
import type { Item } from "./useTalks";
import { useWas, useWhen } from "./words";

const SIGNS = {
  planned: { icon: "calendar", tone: undefined },
  prepared: { icon: "check", tone: "ok" },
  held: { icon: "pencil", tone: "info" },
  recorded: { icon: "pencil", tone: "info" },
  agreed: { icon: "check", tone: "ok" },
  cancelled: { icon: "cross", tone: "wait" },
} as const satisfies Record<Item["state"], { icon: IconName; tone: string | undefined }>;

/** Talks by day; each a way to the talk itself. */
export function TalkList({ talks, viewer }: { talks: readonly Item[]; viewer: "self" | "other" }) {
  return (
    <ul className="tp-stack talks__list">
      {talks.map((talk) => (
        <li key={talk.id}>
          <TalkRow talk={talk} viewer={viewer} />
        </li>
      ))}
    </ul>
  );
}

function TalkRow({ talk, viewer }: { talk: Item; viewer: "self" | "other" }) {
  const t = useT();
  const when = useWhen();
  const was = useWas();
  const sign = SIGNS[talk.state];
  const before = talk.state === "planned" || talk.state === "prepared" ? was(talk) : undefined;
  const person = viewer === "self" ? talk.heldWith : talk.pupil;
  return (
    <article className="tp-card talks__row" data-off={talk.state === "cancelled" || talk.ended}>
      <Avatar id={person.id} name={person.name} />
      <div className="talks__words">
        <h3>
          <Link href={`/gesprek/${talk.id}`}>
            {t(`talks.kind.${talk.kind}`)} {t("talks.with", { name: person.name })}
          </Link>
        </h3>
        <p>{when(talk)}</p>
        {before && <p className="tp-small tp-soft">{t("talks.was", { when: before })}</p>}
        {viewer === "other" && (
          <p className="tp-small tp-soft">{t("talks.holds", { name: talk.heldWith.name })}</p>
        )}
      </div>
      <p className="talks__state">
        {talk.ended && talk.state !== "cancelled" ? (
          <Chip icon="leave" tone="wait">
            {t("talks.ended.short")}
          </Chip>
        ) : (
          <Chip icon={sign.icon} tone={sign.tone}>
            {t(`talks.state.${talk.state}`)}
          </Chip>
        )}
      </p>
    </article>
  );
}
