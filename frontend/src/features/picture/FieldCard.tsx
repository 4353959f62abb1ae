import { useEffect, useRef, useState } from "react";
import { useT } from "~/i18n";
import { FirstNow, IconButton, LinkButton, OwnWords, QuietButton, Said } from "~/ui";
import { Chances } from "./Chances";
import { EvidenceList } from "./EvidenceList";
import { type Evidence, type Island, isSurprise } from "./landscape";

const FEW = 5;

interface FieldCardProps {
  island: Island;
  own: boolean;
  yearName: (year: number) => string;
  onClose: () => void;
}

/** One kind of work: when, what, what changed, and the chances on work beside it. */
export function FieldCard({ island, own, yearName, onClose }: FieldCardProps) {
  const t = useT();
  const { field, entries, years } = island;
  const [all, setAll] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  // Where card and chart do not fit beside each other, one is taken to the card.
  useEffect(() => head.current?.focus(), []);
  const newest = [...entries].reverse();
  const changed = newest.filter(isSurprise);
  return (
    <section className="tp-card tp-stack picture__field" data-field={field} aria-labelledby="field">
      <div className="tp-row tp-row--between tp-row--nowrap">
        <h2 id="field" ref={head} tabIndex={-1}>
          {t(`field.${field}`)}
        </h2>
        <IconButton icon="cross" label={t("ui.close")} onClick={onClose} />
      </div>
      {years.length === 0 ? (
        <p>{t(own ? "picture.notYet" : "picture.notYetOther")}</p>
      ) : (
        <p>{t(own ? "picture.wasIn" : "picture.wasInOther", { years: years.map(yearName).join(", ") })}</p>
      )}
      <EvidenceList entries={all ? newest : newest.slice(0, FEW)} />
      {!all && newest.length > FEW && (
        <QuietButton onClick={() => setAll(true)}>
          {t("picture.more", { count: newest.length - FEW })}
        </QuietButton>
      )}
      {changed.length > 0 && (
        <>
          <h3>{t("picture.changed")}</h3>
          {changed.slice(0, 3).map(({ id, expectation }) => (
            <Changed key={id} expectation={expectation} />
          ))}
        </>
      )}
      {years.length > 0 && <Chances field={field} />}
      {own && (
        <LinkButton to="/erbij" look="secondary">
          {t(years.length > 0 ? "picture.again" : "picture.look")}
        </LinkButton>
      )}
    </section>
  );
}

/** What was thought first, beside what is thought now: the pupil's own words, short. */
function Changed({ expectation }: Pick<Evidence, "expectation">) {
  if (!expectation) return null;
  const { beforeQuestion, before, surprised, after } = expectation;
  const question = before && beforeQuestion ? <OwnWords>{beforeQuestion}</OwnWords> : undefined;
  return (
    <FirstNow
      first={before && <Said question={question}>{before}</Said>}
      now={[surprised, after].filter(Boolean).map((words) => <Said key={words}>{words}</Said>)}
    />
  );
}
