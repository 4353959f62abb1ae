import { useEffect, useRef } from "react";
import { useLanguage, useT } from "~/i18n";
import { daysInWords } from "~/i18n/dates";
import type { Suggestion } from "~/session/suggestion";
import { FirstNow, Icon, IconButton, LinkButton, Said, ThoughtFirst } from "~/ui";
import { ByYear } from "./ByYear";
import { Chances } from "./Chances";
import { type Evidence, type Island, isSurprise } from "./landscape";
import { NotForMe } from "./NotForMe";
import { useListed } from "./words";

interface FieldCardProps {
  island: Island;
  /** The school year that is looked at alone; null: all of them. */
  year: number | null;
  own: boolean;
  planned: Suggestion["activity"] | undefined;
  notForMe: boolean;
  yearName: (year: number) => string;
  onYear: (year: number) => void;
  onClose: () => void;
}

/** One kind of work: why it is land, what was done, what changed, and the chances on work beside it. */
export function FieldCard(props: FieldCardProps) {
  const { island, year, own, planned, notForMe, yearName, onClose } = props;
  const t = useT();
  const { field, years } = island;
  const head = useRef<HTMLHeadingElement>(null);
  // Where card and chart do not fit beside each other, one is taken to the card; who comes in here begins at the top.
  useEffect(() => {
    if (document.activeElement?.closest(".picture")) head.current?.focus();
  }, []);
  const entries =
    year === null ? island.entries : island.entries.filter((entry) => entry.schoolYear === year);
  const newest = [...entries].reverse();
  const changed = newest.filter(isSurprise);
  const seen = years.length > 0;
  return (
    <section className="tp-card tp-stack picture__field" data-field={field} aria-labelledby="field">
      <div className="tp-row tp-row--between tp-row--nowrap">
        <h2 id="field" ref={head} tabIndex={-1}>
          {t(`field.${field}`)}
        </h2>
        <IconButton icon="cross" label={t("ui.close")} onClick={onClose} />
      </div>
      <p>{seen ? <WasIn {...props} /> : t(own ? "picture.notYet" : "picture.notYetOther")}</p>
      {year !== null && seen && (
        <p className="tp-soft">
          {t(entries.length > 0 ? "picture.onlyYear" : "picture.notInYear", { year: yearName(year) })}
        </p>
      )}
      {planned && <Coming activity={planned} />}
      {newest.length > 0 && <ByYear entries={newest} yearName={yearName} />}
      {changed.length > 0 && (
        <>
          <h3>{t("picture.changed")}</h3>
          {changed.slice(0, 3).map(({ id, expectation }) => (
            <Changed key={id} expectation={expectation} />
          ))}
        </>
      )}
      {seen && <Chances field={field} />}
      {own && (
        <LinkButton to="/erbij" look="secondary">
          {t(seen ? "picture.again" : "picture.look")}
        </LinkButton>
      )}
      {own && !seen && <NotForMe field={field} said={notForMe} />}
    </section>
  );
}

const HERE = "|";

/** In which school years, each a way to that year alone, as its line on the island is. */
function WasIn({ island: { years }, year, own, yearName, onYear }: FieldCardProps) {
  const t = useT();
  const listed = useListed();
  const [before, after] = t(own ? "picture.wasIn" : "picture.wasInOther", { years: HERE }).split(HERE);
  const [first] = years;
  if (years.length === 1 && first) return `${before}${yearName(first)}${after}`;
  return (
    <>
      {before}
      {listed(years.map(yearName)).map((words, at) => {
        const of = years[at / 2];
        // Between the years stand a comma or "en".
        if (of === undefined) return words;
        return (
          <button
            key={of}
            type="button"
            className="picture__year"
            aria-pressed={of === year}
            onClick={() => onYear(of)}
          >
            {words}
          </button>
        );
      })}
      {after}
    </>
  );
}

/** What was thought first, beside what is thought now: the pupil's own words, short. */
function Changed({ expectation }: Pick<Evidence, "expectation">) {
  if (!expectation) return null;
  const { beforeQuestion, before, who, surprised, after } = expectation;
  return (
    <FirstNow
      first={(before || who) && <ThoughtFirst {...(before ? { beforeQuestion, before } : { who })} />}
      now={[surprised, after].filter(Boolean).map((words) => <Said key={words}>{words}</Said>)}
    />
  );
}

/** What is planned in a kind of work that was not seen yet. */
function Coming({ activity }: { activity: Suggestion["activity"] }) {
  const t = useT();
  const language = useLanguage();
  const [group] = activity.groups;
  return (
    <div className="tp-note picture__coming">
      <Icon name="calendar" />
      <p className="tp-note__words">
        {t("picture.coming", {
          day: daysInWords(activity.happensOn, activity.endsOn, language),
          level: group?.level ?? "none",
          name: group?.name ?? "",
        })}
        <b>{activity.title}</b>
        <span>
          {[activity.startsAt?.slice(0, 5), activity.organisation, activity.place]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </p>
    </div>
  );
}
