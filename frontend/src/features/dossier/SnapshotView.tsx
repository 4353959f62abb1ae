import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf, daysInWords } from "~/i18n/dates";
import { Icon, KindLabel, languageOf, OwnWords } from "~/ui";
import { fieldsOf } from "./fields";
import type { Snapshot, SnapshotEntry } from "./useDossier";

type Props = { handInId: string; snapshot: Snapshot };

/** What was handed in, by question: own words first, then the stories with what others said. */
export function SnapshotView({ handInId, snapshot }: Props) {
  const t = useT();
  const first = new Map<string, string>();
  for (const part of snapshot.parts) {
    for (const id of part.entryIds) if (!first.has(id)) first.set(id, part.competency);
  }
  return (
    <div className="tp-stack dossier__snapshot">
      {snapshot.parts.map((part) => (
        <section key={part.competency} className="tp-stack" aria-labelledby={`shown-${part.competency}`}>
          <header>
            <p className="tp-small dossier__name">{t(`dossier.name.${part.competency}`)}</p>
            <h2 id={`shown-${part.competency}`}>{t(`competency.${part.competency}`)}</h2>
          </header>
          <div className="dossier__own">
            <h3>{t("dossier.ownWords")}</h3>
            <p className="dossier__text" lang={languageOf(part.text)} dir="auto">
              {part.text || t("dossier.noWords")}
            </p>
          </div>
          {part.entryIds.map((id) => {
            const entry = snapshot.entries.find((one) => one.id === id);
            if (!entry) return null;
            const at = first.get(id);
            return at === part.competency ? (
              <Story key={id} handInId={handInId} entry={entry} />
            ) : (
              <article key={id} className="tp-card">
                <h3>
                  <OwnWords>{entry.title}</OwnWords>
                </h3>
                <p className="tp-small tp-soft">
                  {t("dossier.elsewhere", { question: t(`competency.${at as typeof part.competency}`) })}
                </p>
              </article>
            );
          })}
        </section>
      ))}
    </div>
  );
}

function Story({ handInId, entry }: { handInId: string; entry: SnapshotEntry }) {
  const t = useT();
  const language = useLanguage();
  const { fields, logbook, form, organisation, hours } = fieldsOf(entry, t);
  return (
    <article className="tp-card tp-stack dossier__told">
      <header>
        <h3>
          <OwnWords>{entry.title}</OwnWords>
        </h3>
        <p className="tp-small tp-soft dossier__facts">
          <KindLabel kind={entry.kind} />
          {form && <span>{form}</span>}
          {organisation && <OwnWords>{organisation}</OwnWords>}
          {entry.happenedOn && <span>{daysInWords(entry.happenedOn, entry.endedOn, language)}</span>}
          {hours !== undefined && <span>{t("ui.hours", { count: hours })}</span>}
        </p>
      </header>
      <Files handInId={handInId} entry={entry} />
      {fields.map(({ label, text }) => (
        <Told key={label} label={label} text={text} />
      ))}
      {entry.body && (
        <p className="dossier__text" lang={languageOf(entry.body)} dir="auto">
          {entry.body}
        </p>
      )}
      {logbook.length > 0 && (
        <div>
          <h4>{t("dossier.logbook")}</h4>
          <ul className="dossier__days">
            {logbook.map((day, at) => (
              <li key={`${day.on} ${at}`}>
                {day.on && <span className="tp-small tp-soft">{dayInWords(day.on, language)} </span>}
                <OwnWords>{day.text}</OwnWords>
              </li>
            ))}
          </ul>
        </div>
      )}
      {answersOf(entry).map(({ question, text }) => (
        <Told key={question} label={question} text={text || t("dossier.spoken")} />
      ))}
      {entry.feedback.length > 0 && (
        <div className="dossier__others">
          <h4>{t("dossier.said")}</h4>
          <ul>
            {entry.feedback.map((said) => (
              <li key={`${said.createdAt} ${said.author}`}>
                <p className="tp-small tp-soft">
                  {t("dossier.saidBy", {
                    name: said.author,
                    voice: t(`dossier.voice.${said.voice}`),
                    day: dayInWords(dayOf(said.createdAt), language),
                  })}
                </p>
                <p>
                  {said.text ? (
                    <OwnWords>{said.text}</OwnWords>
                  ) : (
                    said.reaction && t(`reaction.${said.reaction}`)
                  )}
                </p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </article>
  );
}

function Told({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <h4>
        <OwnWords>{label}</OwnWords>
      </h4>
      <p className="dossier__text" lang={languageOf(text)} dir="auto">
        {text}
      </p>
    </div>
  );
}

function answersOf(entry: SnapshotEntry): { question: string; text: string }[] {
  return entry.answers.flatMap((answer) => {
    const { question, text, skipped, attachmentId } = answer as Record<string, unknown>;
    const words = typeof text === "string" ? text.trim() : "";
    return typeof question === "string" && !skipped && (words || attachmentId)
      ? [{ question, text: words }]
      : [];
  });
}

/** Pictures as they were, each opening the whole file; other files by name. */
function Files({ handInId, entry }: { handInId: string; entry: SnapshotEntry }) {
  const t = useT();
  if (entry.files.length === 0) return null;
  const address = (id: string) => `/v1/dossiers/${handInId}/files/${id}`;
  const seen = entry.files.filter(({ kind, hasThumbnail }) => kind === "photo" && hasThumbnail);
  const others = entry.files.filter((file) => !seen.includes(file));
  return (
    <>
      {seen.length > 0 && (
        <ul className="dossier__photos">
          {seen.map((file) => (
            <li key={file.id}>
              <a href={address(file.id)} target="_blank" rel="noreferrer">
                <img
                  src={`${address(file.id)}/thumbnail?width=640`}
                  alt={file.alt || t("dossier.photo", { title: entry.title })}
                  width={file.width ?? undefined}
                  height={file.height ?? undefined}
                  loading="lazy"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul className="dossier__files">
          {others.map((file) => (
            <li key={file.id}>
              <a className="tp-quiet" href={address(file.id)} target="_blank" rel="noreferrer">
                <Icon name={file.kind === "film" ? "play" : file.kind === "photo" ? "camera" : "file"} />
                <span>{t("dossier.file", { name: file.alt || file.name })}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
