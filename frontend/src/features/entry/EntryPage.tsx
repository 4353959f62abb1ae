import { type ReactNode, useRef } from "react";
import { Link } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf, daysInWords } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import {
  ErrorState,
  KindLabel,
  LinkButton,
  Loading,
  Note,
  OwnWords,
  ReadAloud,
  StateBadge,
  WorkFieldChip,
} from "~/ui";
import { Actions } from "./Actions";
import { Facts } from "./Facts";
import { photosByDay } from "./Logbook";
import { Media } from "./Media";
import { Thread } from "./Thread";
import { type Entry, useEntry } from "./useEntry";
import { Versions } from "./Versions";
import { WhoSees } from "./WhoSees";
import "./entry.css";

type Props = {
  id: string;
  /** What another viewer can say or do, beside the entry. */
  panel?: (entry: Entry) => ReactNode;
  /** What may follow on one's own story, below it. */
  below?: (entry: Entry) => ReactNode;
  /** What stands in its place where it does not open yet. */
  instead: (error: unknown, again: () => void) => ReactNode;
};

/** One entry, as the pupil, school or home sees it: the API says what each may see and do. */
export function EntryPage({ id, panel, below, instead }: Props) {
  const entry = useEntry(id);
  usePageTitle(entry.data?.title);
  if (entry.isPending && entry.fetchStatus === "paused") return <Missing error={null} />;
  if (entry.isPending) return <Loading />;
  const again = () => void entry.refetch();
  if (entry.isError) return instead(entry.error, again) ?? <Missing error={entry.error} onRetry={again} />;
  const side = panel?.(entry.data);
  return (
    <div className={side ? "tp-page tp-page--wide tp-columns" : "tp-page"}>
      <Story entry={entry.data} below={below?.(entry.data)} />
      {side && <aside className="tp-stack">{side}</aside>}
    </div>
  );
}

function Missing({ error, onRetry }: { error: Error | null; onRetry?: () => void }) {
  const t = useT();
  return (
    <div className="tp-page">
      <h1 className="tp-hidden">{t("entry.title")}</h1>
      <ErrorState error={error} onRetry={onRetry} />
    </div>
  );
}

function Story({ entry, below }: { entry: Entry; below?: ReactNode }) {
  const t = useT();
  const own = entry.viewer === "self";
  const words = useRef<HTMLElement>(null);
  return (
    <article ref={words} className="tp-stack entry" data-kind={entry.kind}>
      <Head entry={entry} />
      <ReadAloud of={words} />
      {own && entry.state === "archived" && (
        <Note>
          <p>{t("entry.stateArchived")}</p>
        </Note>
      )}
      {own && entry.state === "trashed" && (
        <Note>
          <p>{t("entry.stateTrashed")}</p>
        </Note>
      )}
      {own && entry.state === "draft" && (
        <Note>
          <p>{t("entry.stateDraft")}</p>
        </Note>
      )}
      {own && entry.state === "asked_back" && <Thread entry={entry} />}
      <Media title={entry.title} files={unplaced(entry)} />
      <Facts entry={entry} />
      {own && entry.state !== "asked_back" && <Thread entry={entry} />}
      {below}
      <WhoSees entry={entry} />
      {own && entry.versionCount > 1 && <Versions id={entry.id} count={entry.versionCount} />}
      {own && <Actions entry={entry} />}
    </article>
  );
}

/** The files without a place of their own: a spoken answer stands with its question, a photo of a day with the day. */
function unplaced(entry: Entry) {
  const placed = new Set(entry.answers.map((answer) => answer.attachmentId));
  for (const photos of photosByDay(entry).values()) for (const { id } of photos) placed.add(id);
  return entry.attachments.filter((file) => !placed.has(file.id));
}

function Head({ entry }: { entry: Entry }) {
  const t = useT();
  const language = useLanguage();
  return (
    <header className="tp-stack entry__head">
      <div className="tp-row tp-row--between">
        <KindLabel kind={entry.kind} />
        <StateBadge state={entry.state} />
      </div>
      <h1 tabIndex={-1}>{entry.title ? <OwnWords>{entry.title}</OwnWords> : t("entry.untitled")}</h1>
      <p className="tp-soft">
        {entry.viewer !== "self" && (
          <b>
            <Link href={`/leerling/${entry.pupil.id}`}>{t("entry.of", { name: entry.pupil.name })}</Link>{" "}
          </b>
        )}
        {entry.happenedOn && <bdi>{daysInWords(entry.happenedOn, entry.endedOn, language)}</bdi>}
      </p>
      {entry.workFields.length > 0 && (
        <ul className="tp-row" aria-label={t("entry.fields")}>
          {entry.workFields.map((field) => (
            <li key={field}>
              <WorkFieldChip field={field} />
            </li>
          ))}
        </ul>
      )}
      {entry.seenAt && entry.viewer === "self" && (
        <p className="tp-small tp-soft">
          {t("entry.seenOn", { day: dayInWords(dayOf(entry.seenAt), language) })}
        </p>
      )}
      {entry.rights.edit && (
        <LinkButton to={`/erbij/${entry.id}/wat-deed-ik`} look="secondary" icon="pencil">
          {t("entry.edit")}
        </LinkButton>
      )}
    </header>
  );
}
