import { useState } from "react";
import { useT } from "~/i18n";
import { today } from "~/i18n/dates";
import { Faces, FilterPills, FirstNow, Icon, QuietButton, saidBefore, ThoughtFirst } from "~/ui";
import { useFollow } from "~/ui/useFollow";
import { type DetailsOf, type Expectation, expectationOf } from "./content";
import { Paragraph } from "./Lines";
import { useBoundaryWords } from "./useBoundaryWords";

type Own = DetailsOf<"experience">;
type Props = { details: Own; onChange: (details: Own) => void };

function useExpectation({ details, onChange }: Props) {
  const expectation = expectationOf(details);
  const set = (change: Partial<Expectation>) =>
    onChange({ ...details, expectation: { ...expectation, ...change } });
  return [expectation, set] as const;
}

/** What is thought beforehand; `comes`: asked before the visit, else remembered after it. */
export function BeforeFields({ comes, ...props }: Props & { comes?: boolean }) {
  const t = useT();
  const words = useBoundaryWords();
  const [expectation, set] = useExpectation(props);
  const { beforeQuestion } = expectation;
  return (
    <>
      <Paragraph
        label={beforeQuestion || (comes ? words("knows") : t("flow.before"))}
        hint={comes ? undefined : t("flow.beforeHint")}
        value={expectation.before}
        onChange={(before) => set({ before })}
      />
      <Paragraph
        label={comes ? words("who") : t("flow.beforeWho")}
        value={expectation.who}
        onChange={(who) => set({ who })}
      />
      <Faces
        label={comes ? words("forward") : t("flow.beforeForward")}
        value={expectation.lookingForward}
        wordOf={(feeling) => t(`ui.forward.${feeling}`)}
        onChange={(lookingForward) => set({ lookingForward })}
      />
    </>
  );
}

/** In the first step: what was thought beforehand as it was written, or the way to write it down. */
export function Beforehand({ day, ...props }: Props & { day: string | null }) {
  const t = useT();
  const { details } = props;
  const said = saidBefore(expectationOf(details));
  const [writing, setWriting] = useState(details.expectation !== null && !said);
  const place = useFollow<HTMLDivElement>(writing);
  if (writing) {
    return (
      <div ref={place} className="tp-card tp-stack">
        <BeforeFields {...props} comes={day !== null && day > today()} />
      </div>
    );
  }
  return (
    <div ref={place} className="tp-stack">
      {said && <FirstNow first={<ThoughtFirst {...expectationOf(details)} />} />}
      <QuietButton icon={said ? "pencil" : "flag"} onClick={() => setWriting(true)}>
        {t(said ? "flow.beforeEdit" : "flow.beforeAdd")}
      </QuietButton>
    </div>
  );
}

/** In the last step: what was thought first, and below it what is thought now. */
export function Afterwards({ asked, ...props }: Props & { asked: boolean }) {
  const t = useT();
  const words = useBoundaryWords();
  const [expectation, set] = useExpectation(props);
  const place = useFollow<HTMLElement>(asked);
  if (!asked) {
    return (
      <QuietButton icon="flag" onClick={() => set({})}>
        {t("flow.afterAdd")}
      </QuietButton>
    );
  }
  return (
    <section ref={place} className="tp-thought flow__thought" aria-labelledby="first-now">
      <h2 id="first-now" className="tp-hidden">
        {t("flow.firstNow")}
      </h2>
      {saidBefore(expectation) && (
        <>
          <div>
            <p className="tp-small tp-soft">{t("ui.first")}</p>
            <ThoughtFirst {...expectation} />
          </div>
          <Icon name="forward" />
        </>
      )}
      <div data-now>
        <p className="tp-small">{t("ui.now")}</p>
        <Paragraph
          label={words("surprised")}
          value={expectation.surprised}
          onChange={(surprised) => set({ surprised })}
        />
        <Paragraph
          label={words("different")}
          hint={t("flow.differentHint")}
          value={expectation.after}
          onChange={(after) => set({ after })}
        />
        <div className="tp-field">
          <FilterPills
            label={words("list")}
            showLabel
            options={(["on", "off", "unsure"] as const).map((value) => ({
              value,
              label: t(`flow.list.${value}`),
            }))}
            value={expectation.listChoice ?? ""}
            onChange={(choice) => set({ listChoice: expectation.listChoice === choice ? null : choice })}
          />
        </div>
        {expectation.listChoice && (
          <Paragraph label={t("flow.why")} value={expectation.why} onChange={(why) => set({ why })} />
        )}
      </div>
    </section>
  );
}
