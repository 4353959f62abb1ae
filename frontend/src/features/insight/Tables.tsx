import { useId } from "react";
import { type MessageId, useLanguage, useT } from "~/i18n";
import { schoolYear } from "~/i18n/dates";
import { WORK_FIELDS } from "~/ui";
import { Bars } from "./Bars";
import { type Level, type Told, toldOf } from "./figures";
import type { Counts, Figure, Report } from "./useCounts";

export const FORMS = [
  "company_visit",
  "internship",
  "taster_internship",
  "shadow_day",
  "trial_study",
  "open_day",
  "guest_lesson",
  "fair",
  "experience_lesson",
  "extended_day",
  "project",
  "volunteering",
  "side_job",
  "hobby",
  "care_at_home",
] as const;

/** How figures are said: in the reader's digits, small groups in words. */
export function useWords(city: boolean) {
  const t = useT();
  const language = useLanguage();
  const format = new Intl.NumberFormat(language);
  return {
    number: (value: number) => format.format(value),
    told: (told: Told | undefined) =>
      told === undefined
        ? t("insight.notThere")
        : told.pupils === 0
          ? t(city ? "insight.fewPerSchool" : "insight.few")
          : format.format(told.pupils),
    times: (told: Told | undefined) => (told?.times == null ? "–" : format.format(told.times)),
  };
}

interface Props {
  figures: readonly Figure[];
  levels: readonly Level[];
  level: Level | "";
  city: boolean;
}

/** Whom it reaches: of how many pupils something was shared, by level. */
export function Reach({ figures, levels, city }: Omit<Props, "level">) {
  const t = useT();
  const words = useWords(city);
  const rows = levels.map((level) => ({
    level,
    placed: toldOf(figures, "placed", level),
    shared: toldOf(figures, "shared", level),
  }));
  return (
    <Block title={t("insight.reach")} intro={t("insight.reachIntro")}>
      {(caption) => (
        <>
          <Bars
            bars={rows.map(({ level, placed, shared }) => ({
              name: t(`insight.level.${level}`),
              value: shared?.pupils ?? 0,
              whole: Math.max(placed?.pupils ?? 0, shared?.pupils ?? 0),
              words: words.told(shared),
            }))}
          />
          <Scroll label={caption}>
            <table>
              <caption>{t("insight.reachCaption")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("insight.column.level")}</th>
                  <th scope="col">{t("insight.column.placed")}</th>
                  <th scope="col">{t("insight.column.shared")}</th>
                  <th scope="col">{t("insight.column.items")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ level, placed, shared }) => (
                  <tr key={level}>
                    <th scope="row">{t(`insight.level.${level}`)}</th>
                    <td>{words.told(placed)}</td>
                    <td>{words.told(shared)}</td>
                    <td>{words.times(shared)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </Block>
  );
}

/** By field of work, or by form: how many pupils, and how often. */
export function ByCode({ figures, level, city, what }: Omit<Props, "levels"> & { what: "field" | "form" }) {
  const t = useT();
  const words = useWords(city);
  const rows = codesOf(what).map((code) => ({
    code,
    name: t(`${what}.${code}` as MessageId),
    told: toldOf(figures, code, level),
  }));
  const whose = level === "" ? t("insight.level.all") : t(`insight.level.${level}`);
  return (
    <Block title={t(`insight.${what}s`)} intro={t(`insight.${what}sIntro`)}>
      {(caption) => (
        <>
          <Bars
            bars={rows.map(({ code, name, told }) => ({
              name,
              value: told?.pupils ?? 0,
              words: words.told(told),
              field: what === "field" ? code : undefined,
            }))}
          />
          <Scroll label={caption}>
            <table>
              <caption>{t(`insight.${what}sCaption`, { whose })}</caption>
              <thead>
                <tr>
                  <th scope="col">{t(`insight.column.${what}`)}</th>
                  <th scope="col">{t("insight.column.pupils")}</th>
                  <th scope="col">{t("insight.column.times")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ code, name, told }) => (
                  <tr key={code}>
                    <th scope="row">{name}</th>
                    <td>{words.told(told)}</td>
                    <td>{words.times(told)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </Block>
  );
}

/** Fields of work by level, in pupils. */
export function FieldsByLevel({ figures, levels, city }: Omit<Props, "level">) {
  const t = useT();
  const words = useWords(city);
  return (
    <Cross
      title={t("insight.fieldsByLevel")}
      caption={t("insight.fieldsByLevelCaption")}
      corner={t("insight.column.field")}
      columns={levels.map((level) => ({ key: level, name: t(`insight.level.${level}`) }))}
      rows={WORK_FIELDS.map((field) => ({ key: field, name: t(`field.${field}`) }))}
      cell={(field, level) => words.told(toldOf(figures, field, level as Level))}
    />
  );
}

/** Forms by school year, in pupils: the last figures of each year. */
export function FormsByYear({
  years,
  level,
  city,
}: {
  years: Counts["years"];
  level: Level | "";
  city: boolean;
}) {
  const t = useT();
  const words = useWords(city);
  const oldestFirst = [...years].reverse();
  const whose = level === "" ? t("insight.level.all") : t(`insight.level.${level}`);
  return (
    <Cross
      title={t("insight.formsByYear")}
      intro={t("insight.formsByYearIntro")}
      caption={t("insight.formsByYearCaption", { whose })}
      corner={t("insight.column.form")}
      columns={oldestFirst.map((year) => ({
        key: `${year.schoolYear}`,
        name: schoolYear(year.schoolYear),
      }))}
      rows={FORMS.map((form) => ({ key: form, name: t(`form.${form}`) }))}
      cell={(form, key) => {
        const year = years.find((one) => `${one.schoolYear}` === key);
        return words.told(year && toldOf(year.figures, form, level));
      }}
    />
  );
}

/** What the report of 2016 said of choices in the region: beside ours, not against it. */
export function ReportOf2016({ report }: { report: Report }) {
  const t = useT();
  const { number } = useWords(true);
  const year = schoolYear(report.schoolYear);
  const students = new Map(report.fields.map((one) => [one.field, one.students]));
  return (
    <Block title={t("insight.report", { year })} intro={t("insight.reportIntro", { region: report.region })}>
      {(caption) => (
        <Scroll label={caption}>
          <table>
            <caption>
              {t("insight.reportCaption", { year, total: number(report.total) })}{" "}
              <span lang="nl">{t("insight.reportSource", { source: report.source })}</span>
            </caption>
            <thead>
              <tr>
                <th scope="col">{t("insight.column.field")}</th>
                <th scope="col">{t("insight.column.students")}</th>
              </tr>
            </thead>
            <tbody>
              {WORK_FIELDS.map((field) => (
                <tr key={field}>
                  <th scope="row">{t(`field.${field}`)}</th>
                  <td>{students.has(field) ? number(students.get(field) ?? 0) : t("insight.notThere")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Block>
  );
}

interface Named {
  key: string;
  name: string;
}

function Cross(props: {
  title: string;
  intro?: string;
  caption: string;
  corner: string;
  columns: readonly Named[];
  rows: readonly Named[];
  cell: (row: string, column: string) => string;
}) {
  const { title, intro, caption, corner, columns, rows, cell } = props;
  return (
    <Block title={title} intro={intro}>
      {(label) => (
        <Scroll label={label}>
          <table className="insight__cross">
            <caption>{caption}</caption>
            <thead>
              <tr>
                <th scope="col">{corner}</th>
                {columns.map(({ key, name }) => (
                  <th key={key} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.key}>
                  <th scope="row">{row.name}</th>
                  {columns.map((column) => (
                    <td key={column.key}>{cell(row.key, column.key)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Block>
  );
}

function codesOf(what: "field" | "form"): readonly string[] {
  return what === "field" ? WORK_FIELDS : FORMS;
}

function Block(props: { title: string; intro?: string; children: (label: string) => React.ReactNode }) {
  const id = useId();
  return (
    <section className="tp-card insight__block" aria-labelledby={id}>
      <div className="insight__head">
        <h2 id={id}>{props.title}</h2>
        {props.intro && <p className="tp-soft">{props.intro}</p>}
      </div>
      {props.children(id)}
    </section>
  );
}

/** A table that is wider than a phone scrolls within itself, also by keyboard. */
function Scroll({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="insight__table" aria-labelledby={label} tabIndex={0}>
      {children}
    </section>
  );
}
