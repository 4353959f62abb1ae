import { type FormEvent, useState } from "react";
import { useParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf, schoolYear } from "~/i18n/dates";
import {
  Button,
  ErrorState,
  FilterPills,
  Loading,
  Note,
  OwnWords,
  QuietButton,
  QuietLink,
  TextArea,
  useToast,
} from "~/ui";
import {
  type Checklist,
  COMPETENCIES,
  type Competency,
  problemOf,
  useChecklist,
  useKeepChecklist,
} from "./useDossier";
import "./dossier.css";

const MAX_NOTE = 500;
const COUNTS = ["1", "2", "3", "4", "5"] as const;
type Content = { needs: Record<Competency, Need>; note: string };
type Need = { entries: number; reflection: boolean; text: boolean };

function contentOf({ needs, note }: Checklist): Content {
  const filled = COMPETENCIES.map((code) => {
    const { entries = 1, reflection = false, text = true } = needs[code] ?? {};
    return [code, { entries, reflection, text }] as const;
  });
  return { needs: Object.fromEntries(filled) as Content["needs"], note: note ?? "" };
}

/** What a school asks in the dossier, per question; a dean changes it for this school year. */
export default function ChecklistScreen() {
  const t = useT();
  const { schoolId = "" } = useParams<{ schoolId: string }>();
  const asked = useChecklist(schoolId);
  return (
    <div className="tp-page tp-stack">
      <p>
        <QuietLink to={`/dossiers/${schoolId}`} icon="back">
          {t("dossier.backList")}
        </QuietLink>
      </p>
      <h1 tabIndex={-1}>{t("dossier.asked.title")}</h1>
      {asked.isPending && <Loading />}
      {asked.isError && <ErrorState error={asked.error} onRetry={() => asked.refetch()} />}
      {asked.data && <Asked key={asked.data.school.id} asked={asked.data} />}
    </div>
  );
}

function Asked({ asked }: { asked: Checklist }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const keep = useKeepChecklist(asked.school.id);
  const [start, setStart] = useState(asked.version);
  const [content, setContent] = useState(() => contentOf(asked));
  const problem = problemOf(keep.error);
  // Somebody else was first: both lists stand side by side, and nothing goes away by itself.
  const theirs = keep.isError && problem?.status === 412 && asked.version !== start ? asked : undefined;
  const year = schoolYear(asked.schoolYear);
  const by = asked.changedBy ?? "";
  const send = async (version: number) => {
    try {
      await keep.mutateAsync({ content, version });
    } catch {
      return;
    }
    setStart(version + 1);
    toast({ text: t("dossier.asked.saved", { year }) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(start);
  };
  const change = (code: Competency, part: Partial<Need>) =>
    setContent({ ...content, needs: { ...content.needs, [code]: { ...content.needs[code], ...part } } });
  return (
    <form className="tp-stack" onSubmit={submit} noValidate>
      <p className="tp-soft">{t("dossier.asked.intro", { school: asked.school.name, year })}</p>
      {asked.version === 0 && (
        <p className="tp-soft">
          {asked.fromYear === null
            ? t("dossier.asked.default")
            : t("dossier.asked.before", { year: schoolYear(asked.fromYear) })}
        </p>
      )}
      {asked.changedAt && (
        <p className="tp-small tp-soft">
          {t("dossier.asked.changed", { day: dayInWords(dayOf(asked.changedAt), language), name: by })}
        </p>
      )}
      {COMPETENCIES.map((code) => (
        <fieldset key={code} className="tp-card tp-stack dossier__asked" disabled={!asked.mayChange}>
          <legend className="tp-hidden">{t(`competency.${code}`)}</legend>
          <div aria-hidden="true">
            <p className="tp-small dossier__name">{t(`dossier.name.${code}`)}</p>
            <p className="dossier__question">{t(`competency.${code}`)}</p>
          </div>
          {asked.mayChange ? (
            <NeedFields
              need={content.needs[code]}
              question={t(`competency.${code}`)}
              onChange={(part) => change(code, part)}
            />
          ) : (
            <p>
              <Sentence need={content.needs[code]} />
            </p>
          )}
        </fieldset>
      ))}
      {asked.mayChange ? (
        <TextArea
          label={t("dossier.asked.note")}
          hint={t("dossier.asked.noteHint")}
          rows={3}
          maxLength={MAX_NOTE}
          value={content.note}
          onChange={({ target }) => setContent({ ...content, note: target.value })}
        />
      ) : (
        content.note && (
          <p>
            <OwnWords>{content.note}</OwnWords>
          </p>
        )
      )}
      <div role="alert">
        {theirs && (
          <Note tone="wait">
            <p>{t("dossier.asked.conflict", { name: by })}</p>
            <div className="dossier__versions">
              <Listed label={t("dossier.asked.yours")} content={content} />
              <Listed label={t("dossier.asked.theirs", { name: by })} content={contentOf(theirs)} />
            </div>
            <div className="tp-row">
              <Button look="secondary" busy={keep.isPending} onClick={() => send(theirs.version)}>
                {t("dossier.asked.keepYours")}
              </Button>
              <QuietButton
                onClick={() => {
                  setContent(contentOf(theirs));
                  setStart(theirs.version);
                  keep.reset();
                }}
              >
                {t("dossier.asked.keepTheirs", { name: by })}
              </QuietButton>
            </div>
          </Note>
        )}
        {keep.isError && !theirs && (
          <Note tone="wait">
            <p>{problem?.message ?? t("dossier.failed")}</p>
          </Note>
        )}
      </div>
      {asked.mayChange && !theirs && (
        <Button type="submit" wide busy={keep.isPending}>
          {t("dossier.asked.save")}
        </Button>
      )}
    </form>
  );
}

function NeedFields({
  need,
  question,
  onChange,
}: {
  need: Need;
  question: string;
  onChange: (part: Partial<Need>) => void;
}) {
  const t = useT();
  return (
    <>
      <div className="tp-field">
        <span className="tp-label" aria-hidden="true">
          {t("dossier.asked.entries")}
        </span>
        <FilterPills
          label={`${question} ${t("dossier.asked.entries")}`}
          options={COUNTS.map((value) => ({ value, label: value }))}
          value={String(need.entries) as (typeof COUNTS)[number]}
          onChange={(value) => onChange({ entries: Number(value) })}
        />
      </div>
      <label className="dossier__check">
        <input
          type="checkbox"
          checked={need.reflection}
          onChange={({ target }) => onChange({ reflection: target.checked })}
        />
        <span>{t("dossier.asked.reflection")}</span>
      </label>
      <label className="dossier__check">
        <input
          type="checkbox"
          checked={need.text}
          onChange={({ target }) => onChange({ text: target.checked })}
        />
        <span>{t("dossier.asked.text")}</span>
      </label>
    </>
  );
}

function Listed({ label, content }: { label: string; content: Content }) {
  const t = useT();
  return (
    <section className="tp-card" aria-label={label}>
      <h3>{label}</h3>
      <dl>
        {COMPETENCIES.map((code) => (
          <div key={code}>
            <dt className="tp-small tp-soft">{t(`competency.${code}`)}</dt>
            <dd>
              <Sentence need={content.needs[code]} />
            </dd>
          </div>
        ))}
      </dl>
      {content.note && <OwnWords>{content.note}</OwnWords>}
    </section>
  );
}

function Sentence({ need }: { need: Need }) {
  const t = useT();
  const language = useLanguage();
  const needs = [
    t("dossier.need.entries", { count: need.entries }),
    ...(need.reflection ? [t("dossier.need.reflection")] : []),
    ...(need.text ? [t("dossier.need.text")] : []),
  ];
  return <>{new Intl.ListFormat(language, { type: "conjunction" }).format(needs)}</>;
}
