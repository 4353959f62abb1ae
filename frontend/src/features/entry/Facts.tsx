import type { ReactNode } from "react";
import { Link } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { Chip, languageOf, OwnWords } from "~/ui";
import { Answers } from "./Answers";
import { Logbook } from "./Logbook";
import { besideExpectation, Thought } from "./Thought";
import type { Entry } from "./useEntry";

/** What the pupil wrote: the kind's own fields, answers with their questions, and the story. */
export function Facts({ entry }: { entry: Entry }) {
  const t = useT();
  return (
    <>
      {entry.feeling && !besideExpectation(entry) && (
        <p>
          {t("entry.feeling")} <Chip icon="heart">{t(`feeling.${entry.feeling}`)}</Chip>
        </p>
      )}
      <OwnFields entry={entry} />
      <Thought entry={entry} />
      <Answers entry={entry} />
      {entry.body && (
        <section className="tp-stack" aria-labelledby="told">
          <h2 id="told">{t("entry.told")}</h2>
          <p className="entry__words" lang={languageOf(entry.body)}>
            {entry.body}
          </p>
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
              <OwnWords>{tag}</OwnWords>
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
              [t("entry.organisation"), words(details.organisation)],
              ["", details.hours && t("ui.hours", { count: details.hours })],
            ]}
          />
          <Logbook entry={entry} />
        </>
      );
    case "work_sample":
      return (
        <List
          facts={[
            [t("entry.occasion"), words(details.occasion)],
            [t("entry.together"), details.together && t(`entry.together.${details.together}`)],
          ]}
        />
      );
    case "interview":
      return (
        <>
          <List facts={[[t("entry.role"), words(details.role)]]} />
          <Exchanges exchanges={details.exchanges ?? []} />
        </>
      );
    case "article":
      return (
        <>
          <List
            facts={[
              [t("entry.source"), words(details.source)],
              [t("entry.publisher"), words(details.publisher)],
              [t("entry.publishedOn"), details.publishedOn && dayInWords(details.publishedOn, language)],
            ]}
          />
          {details.why && (
            <blockquote
              className="tp-quote entry__words"
              aria-label={t("entry.why")}
              lang={languageOf(details.why)}
            >
              {details.why}
            </blockquote>
          )}
        </>
      );
    case "result":
      return (
        <List
          facts={[
            [t("entry.subject"), words(details.subject)],
            [t("entry.result"), words(details.result)],
            [t("entry.by"), words(details.by)],
          ]}
        />
      );
    case "reflection":
      return (
        <>
          <List facts={[[t("entry.about"), words(details.about)]]} />
          {details.entryId && <Link href={`/verhaal/${details.entryId}`}>{t("entry.aboutEntry")}</Link>}
        </>
      );
  }
}

/** What the pupil filled in, if anything. */
function words(text: string | null | undefined): ReactNode {
  return text && <OwnWords>{text}</OwnWords>;
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
            <OwnWords>{one.question}</OwnWords>
          </h3>
          {one.answer && (
            <p className="entry__words" lang={languageOf(one.answer)}>
              {one.answer}
            </p>
          )}
        </div>
      ))}
    </section>
  );
}
