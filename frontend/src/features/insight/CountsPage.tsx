import { type ReactNode, useId } from "react";
import { useSearchParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, schoolYear } from "~/i18n/dates";
import { EmptyState, ErrorState, Field, FilterPills, Icon, Loading, Note, QuietButton } from "~/ui";
import { LEVELS, type Level, levelsIn } from "./figures";
import { ByCode, FieldsByLevel, FormsByYear, Reach, ReportOf2016 } from "./Tables";
import { type Counts, type Publication, sheetOf, useCounts } from "./useCounts";
import "./insight.css";

interface Props {
  /** None: the city. */
  schoolId: string | null;
  /** What stands where nothing was set yet. */
  empty: string;
  above?: ReactNode;
}

/** Figures of the city or of a school, as they were set. Which ones stands in the address. */
export function CountsPage({ schoolId, empty, above }: Props) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const found = useCounts(schoolId, params.get("van") ?? undefined);
  const level = LEVELS.find((one) => one === params.get("soort")) ?? "";
  const ask = (part: { van?: string; soort?: string }) => {
    const next = { van: params.get("van") ?? "", soort: level, ...part };
    setParams(Object.fromEntries(Object.entries(next).filter(([, value]) => value)), { replace: true });
  };
  const counts = found.data;
  return (
    <div className="tp-page tp-page--wide tp-stack insight">
      {above}
      <header>
        <h1 tabIndex={-1}>
          {counts?.school ? t("insight.ofSchool", { school: counts.school.name }) : t("insight.title")}
        </h1>
        <p className="tp-soft">{t("insight.intro")}</p>
      </header>
      {found.isPending && <Loading />}
      {found.isError && <ErrorState error={found.error} onRetry={() => found.refetch()} />}
      {counts && !found.isError && (
        <>
          {counts.shown ? (
            <Shown
              counts={counts}
              shown={counts.shown}
              schoolId={schoolId}
              level={levelsIn(counts.figures).includes(level as Level) ? level : ""}
              ask={ask}
              busy={found.isPlaceholderData}
            />
          ) : (
            <EmptyState title={t("insight.none")}>{empty}</EmptyState>
          )}
          <WhatCounts city={schoolId === null} />
          {counts.report && <ReportOf2016 report={counts.report} />}
        </>
      )}
    </div>
  );
}

interface ShownProps {
  counts: Counts;
  shown: Publication;
  schoolId: string | null;
  level: Level | "";
  ask: (part: { van?: string; soort?: string }) => void;
  busy: boolean;
}

function Shown({ counts, shown, schoolId, level, ask, busy }: ShownProps) {
  const t = useT();
  const language = useLanguage();
  const city = schoolId === null;
  const levels = levelsIn(counts.figures);
  const day = (one: Publication) => dayInWords(one.setOn, language);
  return (
    <>
      <div className="tp-card tp-card--sea insight__choice">
        <Field label={t("insight.which")}>
          {(control) => (
            <select
              {...control}
              className="utrecht-textbox utrecht-textbox--html-input"
              value={shown.id}
              onChange={(event) => ask({ van: event.target.value })}
            >
              {counts.sets.map((one) => (
                <option key={one.id} value={one.id}>
                  {t("insight.set", { year: schoolYear(one.schoolYear), day: day(one) })}
                </option>
              ))}
            </select>
          )}
        </Field>
        {levels.length > 1 && (
          <div>
            <FilterPills
              label={t("insight.level")}
              showLabel
              value={level || "all"}
              onChange={(one) => ask({ soort: one === "all" ? "" : one })}
              options={[
                { value: "all", label: t("insight.level.all") },
                ...levels.map((one) => ({ value: one, label: t(`insight.level.${one}`) })),
              ]}
            />
          </div>
        )}
        <p className="tp-row insight__ways">
          <a
            className="utrecht-button utrecht-button--secondary-action"
            href={sheetOf(schoolId, shown.id)}
            download
          >
            <Icon name="file" />
            <span>{t("insight.sheet")}</span>
          </a>
          <QuietButton icon="print" onClick={() => print()}>
            {t("insight.print")}
          </QuietButton>
        </p>
      </div>
      <p role="status" className="insight__set">
        {t("insight.setOn", { day: day(shown), year: schoolYear(shown.schoolYear) })}
      </p>
      {city && shown.fictional && (
        <Note tone="wait">
          <p>{t("insight.fictional")}</p>
        </Note>
      )}
      <div className="tp-stack insight__blocks" aria-busy={busy}>
        <Reach
          figures={counts.figures}
          levels={level ? levels.filter((one) => one === level) : levels}
          city={city}
        />
        <ByCode what="field" figures={counts.figures} level={level} city={city} />
        <ByCode what="form" figures={counts.figures} level={level} city={city} />
        {levels.length > 1 && !level && (
          <FieldsByLevel figures={counts.figures} levels={levels} city={city} />
        )}
        <FormsByYear years={counts.years} level={level} city={city} />
      </div>
    </>
  );
}

/** What is counted and what is not, in plain words. */
function WhatCounts({ city }: { city: boolean }) {
  const t = useT();
  const id = useId();
  return (
    <section className="tp-card tp-card--sea insight__block" aria-labelledby={id}>
      <h2 id={id}>{t("insight.what")}</h2>
      <div className="insight__what">
        <ul>
          <li>{t("insight.what.pupil")}</li>
          <li>{t("insight.what.shared")}</li>
          <li>{t("insight.what.once")}</li>
          <li>{t("insight.what.days")}</li>
        </ul>
        <ul>
          <li>{t("insight.what.tens")}</li>
          <li>{t(city ? "insight.what.fewCity" : "insight.what.few")}</li>
          <li>{t("insight.what.not")}</li>
          <li>{t("insight.what.nobody")}</li>
        </ul>
      </div>
    </section>
  );
}
