import type { ReactNode } from "react";
import { Link } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { Chip } from "~/ui";
import type { Entry } from "./useEntry";

/** What the pupil wrote: the kind's own fields, answers with their questions, and the story. */
export function Facts({ entry }: { entry: Entry }) {
  const t = useT();
  const answered = entry.answers.filter((answer) => !answer.skipped && (answer.text || answer.attachmentId));
  return (
    <>
      {entry.feeling && (
        <p>
          {t("entry.feeling")} <Chip icon="heart">{t(`feeling.${entry.feeling}`)}</Chip>
        </p>
      )}
      <OwnFields entry={entry} />
      {entry.details.kind === "experience" && <Expectation expectation={entry.details.expectation} />}
      {answered.length > 0 && (
        <section className="tp-stack" aria-labelledby="answers">
          <h2 id="answers">{t("entry.answers")}</h2>
          {answered.map((answer) => (
            <div key={answer.questionId} className="tp-card tp-stack">
              {answer.competency && (
                <p className="tp-small tp-soft">{t(`competency.${answer.competency}`)}</p>
              )}
              <h3>
                <bdi>{answer.question}</bdi>
              </h3>
              {answer.text && <p className="entry__words">{answer.text}</p>}
              {answer.attachmentId && (
                // biome-ignore lint/a11y/useMediaCaption: a spoken answer has no other text than its question
                <audio
                  controls
                  preload="none"
                  src={`/v1/attachments/${answer.attachmentId}/file`}
                  aria-label={answer.question}
                />
              )}
            </div>
          ))}
        </section>
      )}
      {entry.body && (
        <section className="tp-stack" aria-labelledby="told">
          <h2 id="told">{t("entry.told")}</h2>
          <p className="entry__words">{entry.body}</p>
        </section>
      )}
      {entry.competencies.length > 0 && (
        <section className="tp-stack" aria-labelledby="shows">
          <h2 id="shows">{t("entry.shows")}</h2>
          <ul className="tp-row">
            {entry.competencies.map((code) => (
              <li key={code} className="tp-chip">
                {t(`competency.${code}`)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {entry.tags.length > 0 && (
        <ul className="tp-row" aria-label={t("entry.tags")}>
          {entry.tags.map((tag) => (
            <li key={tag} className="tp-chip">
              <bdi>{tag}</bdi>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function OwnFields({ entry }: { entry: Entry }) {
  const t = useT();
  const language = useLanguage();
  const details = entry.details;
  switch (details.kind) {
    case "experience":
      return (
        <>
          <List
            facts={[
              [t("entry.form"), details.form && t(`form.${details.form}`)],
              [t("entry.organisation"), details.organisation],
              ["", details.hours && t("ui.hours", { count: details.hours })],
            ]}
          />
          <Logbook days={details.logbook ?? []} />
        </>
      );
    case "work_sample":
      return (
        <List
          facts={[
            [t("entry.occasion"), details.occasion],
            [t("entry.together"), details.together && t(`entry.together.${details.together}`)],
          ]}
        />
      );
    case "interview":
      return (
        <>
          <List facts={[[t("entry.role"), details.role]]} />
          <Exchanges exchanges={details.exchanges ?? []} />
        </>
      );
    case "article":
      return (
        <>
          <List
            facts={[
              [t("entry.source"), details.source],
              [t("entry.publisher"), details.publisher],
              [t("entry.publishedOn"), details.publishedOn && dayInWords(details.publishedOn, language)],
            ]}
          />
          {details.why && (
            <blockquote className="tp-quote entry__words" aria-label={t("entry.why")}>
              {details.why}
            </blockquote>
          )}
        </>
      );
    case "result":
      return (
        <List
          facts={[
            [t("entry.subject"), details.subject],
            [t("entry.result"), details.result],
            [t("entry.by"), details.by],
          ]}
        />
      );
    case "reflection":
      return (
        <>
          <List facts={[[t("entry.about"), details.about]]} />
          {details.entryId && <Link href={`/verhaal/${details.entryId}`}>{t("entry.aboutEntry")}</Link>}
        </>
      );
  }
}

/** Facts by name; what was not filled in is left out. */
function List({ facts }: { facts: [name: string, value: ReactNode][] }) {
  const known = facts.filter(([, value]) => value);
  if (known.length === 0) return null;
  return (
    <dl className="entry__facts">
      {known.map(([name, value]) => (
        <div key={name}>
          {name && <dt className="tp-soft">{name}</dt>}
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Interview = Extract<Entry["details"], { kind: "interview" }>;

function Exchanges({ exchanges }: { exchanges: NonNullable<Interview["exchanges"]> }) {
  const t = useT();
  if (exchanges.length === 0) return null;
  return (
    <section className="tp-stack" aria-labelledby="exchanges">
      <h2 id="exchanges">{t("entry.exchanges")}</h2>
      {exchanges.map((one, at) => (
        <div key={at} className="tp-card tp-stack">
          <h3>
            <bdi>{one.question}</bdi>
          </h3>
          {one.answer && <p className="entry__words">{one.answer}</p>}
        </div>
      ))}
    </section>
  );
}

type Experience = Extract<Entry["details"], { kind: "experience" }>;

function Logbook({ days }: { days: NonNullable<Experience["logbook"]> }) {
  const t = useT();
  const language = useLanguage();
  if (days.length === 0) return null;
  return (
    <section className="tp-stack" aria-labelledby="logbook">
      <h2 id="logbook">{t("entry.logbook")}</h2>
      <ol className="tp-stack">
        {days.map((day, at) => (
          <li key={at} className="tp-card">
            {day.on && <p className="tp-small tp-soft">{dayInWords(day.on, language)}</p>}
            <p className="entry__words">{day.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Expectation({ expectation }: { expectation: Experience["expectation"] }) {
  const t = useT();
  if (!expectation?.before && !expectation?.after) return null;
  return (
    <section className="entry__thought">
      {expectation.before && (
        <div>
          <p className="tp-small">{t("entry.first")}</p>
          <p className="entry__words">{expectation.before}</p>
        </div>
      )}
      {expectation.after && (
        <div data-now>
          <p className="tp-small">{t("entry.now")}</p>
          <p className="entry__words">{expectation.after}</p>
          {expectation.listChoice && <p className="tp-small">{t(`entry.list.${expectation.listChoice}`)}</p>}
        </div>
      )}
    </section>
  );
}
