import { useState } from "react";
import { useT } from "~/i18n";
import { FilterPills, QuietButton, TextArea } from "~/ui";
import { BANDS, type Band, COMPETENCIES, type Plan, type PlannableGroup, type Question } from "./plan";
import { useQuestionsOf } from "./useActivities";

const PLACES = [0, 1] as const;

/** The two questions: by what they are about, or in own words. None chosen: the product chooses. */
export function QuestionFields({
  plan,
  change,
  groups,
}: {
  plan: Plan;
  change: (part: Partial<Plan>) => void;
  groups: readonly PlannableGroup[];
}) {
  const chosen = groups.filter(({ id }) => plan.groupIds.includes(id));
  const ages = new Set<Band>([
    ...plan.bands,
    ...(chosen.length > 0 ? chosen : groups).map(({ band }) => band),
  ]);
  const put = (place: number, question: Question | null) => {
    const next: (Question | null)[] = PLACES.map((at) => plan.questions[at] ?? null);
    next[place] = question;
    change({ questions: next.filter((one) => one !== null) });
  };
  return PLACES.filter((place) => place <= plan.questions.length).map((place) => (
    <OneQuestion
      key={place}
      place={place}
      question={plan.questions[place] ?? null}
      taken={plan.questions[1 - place]?.competency}
      bands={BANDS.filter((band) => ages.has(band))}
      onChange={(question) => put(place, question)}
    />
  ));
}

interface OneProps {
  place: 0 | 1;
  question: Question | null;
  taken: Question["competency"] | undefined;
  bands: readonly Band[];
  onChange: (question: Question | null) => void;
}

function OneQuestion({ place, question, taken, bands, onChange }: OneProps) {
  const t = useT();
  const [own, setOwn] = useState(Boolean(question?.text));
  return (
    <div className="tp-field activities__question">
      <FilterPills
        label={t(place === 0 ? "activities.question1" : "activities.question2")}
        showLabel
        options={COMPETENCIES.filter((code) => code !== taken).map((value) => ({
          value,
          label: t(`competency.${value}`),
        }))}
        value={question?.competency ?? ""}
        onChange={(competency) =>
          onChange(competency === question?.competency ? null : { competency, text: question?.text ?? null })
        }
      />
      {question && own && (
        <TextArea
          label={t("activities.ownWords")}
          value={question.text ?? ""}
          rows={2}
          maxLength={200}
          onChange={({ target }) => onChange({ ...question, text: target.value || null })}
        />
      )}
      {question && !question.text && (
        <div className="activities__asked">
          <p className="tp-small tp-soft">{t("activities.askedLike")}</p>
          <ul>
            {bands.map((band) => (
              <Asked key={band} band={band} competency={question.competency} named={bands.length > 1} />
            ))}
          </ul>
        </div>
      )}
      {question && (
        <p>
          <QuietButton
            icon={own ? "undo" : "pencil"}
            onClick={() => {
              setOwn(!own);
              if (own) onChange({ ...question, text: null });
            }}
          >
            {t(own ? "activities.fittingWords" : "activities.useOwnWords")}
          </QuietButton>
        </p>
      )}
    </div>
  );
}

/** How pupils of this age are asked. */
function Asked({
  band,
  competency,
  named,
}: {
  band: Band;
  competency: Question["competency"];
  named: boolean;
}) {
  const t = useT();
  const { data = [] } = useQuestionsOf(band);
  const text = data.find((one) => one.competency === competency)?.text;
  if (!text) return null;
  return (
    <li>
      {named && <b>{t(`activities.band.${band}`)}: </b>}
      {text}
    </li>
  );
}
