import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { type Translate, useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf, schoolYear } from "~/i18n/dates";
import type { Draft } from "~/offline";
import {
  EntryCard,
  Facts,
  LinkButton,
  QuietButton,
  type Ring,
  Route,
  Stop,
  Stub,
  thumbnailOf,
  YearHeading,
} from "~/ui";
import { byYear, type Card, type Year } from "./useHome";

/** What somebody asks back: before all else. */
export function AskedBack({ cards }: { cards: readonly Card[] }) {
  const t = useT();
  if (cards.length === 0) return null;
  return (
    <section className="tp-stack" aria-labelledby="asked-back">
      <h2 id="asked-back">{t("home.askedBack")}</h2>
      {cards.map((card) => (
        <OwnCard key={card.id} card={card} size="large" />
      ))}
    </section>
  );
}

const FIRST_DRAFTS = 2;

/** Drafts half-way: to go on with, never counted as late. */
export function Unfinished({ cards }: { cards: readonly Card[] }) {
  const t = useT();
  const language = useLanguage();
  const [all, setAll] = useState(false);
  const shown = all ? cards : cards.slice(0, FIRST_DRAFTS);
  const stubs = shown.map((card) => {
    return (
      <Stub
        key={card.id}
        label={t("home.drafts")}
        title={card.title ? t("home.resume", { title: card.title }) : t("home.resumeUntitled")}
        when={t("home.draftOf", { day: dayInWords(card.happenedOn ?? dayOf(card.updatedAt), language) })}
        kind={card.kind}
        field={card.workFields[0]}
        action={
          <LinkButton
            to={`/erbij/${card.id}/${card.title ? "laat-zien" : "wat-deed-ik"}`}
            wide
            iconAfter="forward"
          >
            {t("home.go")}
          </LinkButton>
        }
      />
    );
  });
  return (
    <>
      {stubs}
      {shown.length < cards.length && (
        <QuietButton onClick={() => setAll(true)}>
          {t("home.moreDrafts", { count: cards.length - shown.length })}
        </QuietButton>
      )}
    </>
  );
}

/** Drafts that did not reach the school yet. */
export function OnDevice({ drafts }: { drafts: readonly Draft[] }) {
  const t = useT();
  return drafts.map(({ entryId, content }) => (
    <Stub
      key={entryId}
      label={t("home.onDevice")}
      title={content.title ? t("home.resume", { title: content.title }) : t("home.resumeUntitled")}
      when=""
      kind={content.details.kind as Card["kind"]}
      field={content.workFields?.[0]}
      action={
        <LinkButton to={`/erbij/${entryId}/wat-deed-ik`} wide iconAfter="forward">
          {t("home.go")}
        </LinkButton>
      }
    />
  ));
}

type TimelineProps = { cards: readonly Card[]; years: readonly Year[]; largeFirst: boolean };

/** The journey, by school year. */
export function Timeline({ cards, years, largeFirst }: TimelineProps) {
  const first = largeFirst ? cards[0]?.id : undefined;
  return byYear(cards, years).map(({ year, cards: inYear }) => (
    <OneYear key={year.schoolYear} year={year} cards={inYear} first={first} />
  ));
}

function OneYear({ year, cards, first }: { year: Year; cards: readonly Card[]; first: string | undefined }) {
  const t = useT();
  const id = useId();
  return (
    <section>
      <YearHeading
        id={id}
        title={yearInWords(year, t)}
        detail={<Facts of={[schoolYear(year.schoolYear), year.schoolName]} />}
      />
      <Route labelledBy={id}>
        {cards.map((card) => (
          <Stop key={card.id} kind={card.kind}>
            <Arrival id={card.id}>
              <OwnCard card={card} size={sizeOf(card, card.id === first)} />
            </Arrival>
          </Stop>
        ))}
      </Route>
    </section>
  );
}

/** What was just shared rises once, in view. */
function Arrival({ id, children }: { id: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (history.state?.arrived !== id || !place.current) return;
    place.current.scrollIntoView({ block: "center" });
    place.current.classList.add("tp-rise");
    history.replaceState(null, "");
  }, [id]);
  return <div ref={place}>{children}</div>;
}

/** "Groep 8", "Klas 2", "Mbo jaar 1": the pupil's own year, before the calendar's. */
function yearInWords({ level, studyYear, schoolYear: start }: Year, t: Translate): string {
  if (!level || !studyYear) return t("home.year.none", { year: schoolYear(start) });
  if (level === "po") return t("home.year.groep", { n: studyYear });
  return t(level === "mbo" ? "home.year.mbo" : "home.year.klas", { n: studyYear });
}

function pictureOf(card: Card) {
  return card.attachments.find((file) => file.kind !== "document" && file.hasThumbnail);
}

function sizeOf(card: Card, newest: boolean): "large" | "compact" | "text" {
  if (newest && pictureOf(card)) return "large";
  return card.attachments.length === 0 && card.excerpt ? "text" : "compact";
}

function OwnCard({ card, size }: { card: Card; size: "large" | "compact" | "text" }) {
  const t = useT();
  const picture = pictureOf(card);
  const form = card.form && t(`form.${card.form}`);
  return (
    <EntryCard
      to={`/verhaal/${card.id}`}
      kind={card.kind}
      title={card.title || t("home.untitled")}
      happenedOn={card.happenedOn}
      endedOn={card.endedOn}
      form={form || undefined}
      hours={card.hours}
      workFields={card.workFields}
      different={card.different}
      state={card.state}
      ring={card.ring as Ring}
      photo={picture && thumbnailOf(picture)}
      film={card.attachments.some((file) => file.kind === "film")}
      quote={size === "text" ? card.excerpt : undefined}
      question={
        card.openQuestion ? { name: card.openQuestion.authorName, text: card.openQuestion.text } : undefined
      }
      size={size}
      action={
        card.state === "asked_back" ? (
          <LinkButton to={`/verhaal/${card.id}`} look="secondary">
            {t("home.answer")}
          </LinkButton>
        ) : undefined
      }
    />
  );
}
