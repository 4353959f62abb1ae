import type { ReactNode } from "react";
import { Link } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { daysInWords } from "~/i18n/dates";
import type { EntryState, Kind, Ring, WorkField } from "./codes";
import { Facts } from "./Facts";
import { Icon } from "./Icon";
import { Chip, KindLabel, Rings, StateBadge, WorkFieldChip } from "./Labels";
import { Note } from "./Note";
import { OwnWords } from "./OwnWords";
import { Drawing, Photo } from "./Picture";
import type { Thumbnail } from "./thumbnail";

export interface EntryCardProps {
  to: string;
  kind: Kind;
  title: string;
  happenedOn?: string | null;
  endedOn?: string | null;
  /** The form of an experience in words. */
  form?: string;
  hours?: number | null;
  workFields?: readonly WorkField[];
  /** It was different from what the pupil thought. */
  different?: boolean;
  state: EntryState;
  ring: Ring;
  /** Speaks to the pupil whose entry it is, else about the pupil. */
  own?: boolean;
  photo?: Pick<Thumbnail, "src" | "alt"> & Partial<Thumbnail>;
  film?: boolean;
  quote?: string;
  question?: { name: string; text: string };
  size?: "large" | "compact" | "text";
  /** Buttons in the foot. */
  action?: ReactNode;
  level?: 2 | 3;
}

/** An entry in a list: the title is the link and covers the card. */
export function EntryCard({ size = "compact", own = true, level = 3, ...entry }: EntryCardProps) {
  const t = useT();
  const language = useLanguage();
  const Heading = `h${level}` as "h2" | "h3";
  const facts = [
    entry.happenedOn && daysInWords(entry.happenedOn, entry.endedOn, language),
    entry.form,
    entry.hours && t("ui.hours", { count: entry.hours }),
  ].filter((fact) => Boolean(fact));
  const firstField = entry.workFields?.[0];
  return (
    <article className={`tp-card tp-entry tp-entry--${size}`} data-kind={entry.kind}>
      {size !== "text" && (
        <div className="tp-entry__picture">
          {entry.photo ? <Photo {...entry.photo} /> : <Drawing kind={entry.kind} field={firstField} />}
          {entry.film && (
            <span className="tp-entry__play" aria-hidden="true">
              <Icon name="play" />
            </span>
          )}
        </div>
      )}
      <div className="tp-entry__words">
        <KindLabel kind={entry.kind} />
        <Heading>
          <Link href={entry.to}>
            <OwnWords>{entry.title}</OwnWords>
          </Link>
        </Heading>
        {facts.length > 0 && (
          <p className="tp-small tp-soft">
            <Facts of={facts} />
          </p>
        )}
        {entry.quote && size !== "compact" && (
          <blockquote className="tp-quote">
            <OwnWords>{`“${entry.quote}”`}</OwnWords>
          </blockquote>
        )}
        {size !== "compact" && <EntryChips {...entry} />}
      </div>
      <div className="tp-entry__foot">
        {size === "compact" && <EntryChips {...entry} />}
        {entry.question && (
          <Note tone="wait" icon="ask-back">
            <p className="tp-small">
              <b>{t("ui.asks-back", { name: entry.question.name })}</b>{" "}
              <OwnWords>{`“${entry.question.text}”`}</OwnWords>
            </p>
          </Note>
        )}
        <div className="tp-row tp-row--between">
          <Rings ring={entry.ring} own={own} />
          {entry.action ??
            ((entry.state === "seen" || entry.state === "asked_back" || entry.state === "draft") && (
              <StateBadge state={entry.state} />
            ))}
        </div>
      </div>
    </article>
  );
}

function EntryChips({ workFields = [], different }: Pick<EntryCardProps, "workFields" | "different">) {
  const t = useT();
  if (workFields.length === 0 && !different) return null;
  return (
    <div className="tp-entry__chips">
      {workFields.map((field) => (
        <WorkFieldChip key={field} field={field} />
      ))}
      {different && (
        <Chip icon="flag" tone="sun">
          {t("ui.different")}
        </Chip>
      )}
    </div>
  );
}
