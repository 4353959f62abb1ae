import { useState } from "react";
import { useT } from "~/i18n";
import { Button, Icon } from "~/ui";
import { useFollow } from "~/ui/useFollow";
import { OwnQuestionCard, Withdrawn } from "./OwnQuestionCard";
import { QuestionForm } from "./QuestionForm";
import type { Band, Competency, OwnQuestion, Packaged } from "./useQuestions";

type Props = {
  schoolId: string;
  mayChange: boolean;
  band: Band;
  /** The ages that the school has. */
  bands: readonly Band[];
  competency: Competency;
  own: readonly OwnQuestion[];
  packaged: readonly Packaged[];
};

/** Where there is room, the product's questions stand open beside the school's. */
const WIDE = "(min-width: 64rem)";

/** All that can be asked about one competency at one age. */
export function CompetencySection({ schoolId, mayChange, band, bands, competency, own, packaged }: Props) {
  const t = useT();
  const id = `about-${competency}`;
  const [adding, setAdding] = useState(false);
  const [wide] = useState(() => matchMedia(WIDE).matches);
  const place = useFollow<HTMLDivElement>(adding);
  const asked = own.filter(({ withdrawnAt }) => withdrawnAt === null);
  const away = own.filter(({ withdrawnAt }) => withdrawnAt !== null);
  return (
    <section className="questions__about" aria-labelledby={id}>
      <h2 id={id}>
        {t(`competency.${competency}`)}{" "}
        <span className="tp-small tp-soft questions__name">{t(`questions.name.${competency}`)}</span>
      </h2>
      <div className="questions__own">
        <h3 className="tp-label">{t("questions.own")}</h3>
        {asked.length > 0 && (
          <ul className="tp-stack" aria-label={t("questions.own")}>
            {asked.map((question) => (
              <li key={question.id}>
                <OwnQuestionCard
                  schoolId={schoolId}
                  question={question}
                  bands={bands}
                  mayChange={mayChange}
                />
              </li>
            ))}
          </ul>
        )}
        {asked.length === 0 && !adding && <p className="tp-soft">{t("questions.none")}</p>}
        {mayChange && (
          <div ref={place}>
            {adding ? (
              <QuestionForm
                schoolId={schoolId}
                competency={competency}
                band={band}
                bands={bands}
                onClose={() => setAdding(false)}
              />
            ) : (
              <Button look="secondary" icon="plus" onClick={() => setAdding(true)} aria-describedby={id}>
                {t("questions.add")}
              </Button>
            )}
          </div>
        )}
        {away.length > 0 && (
          <details className="tp-fold">
            <summary>
              {t("questions.withdrawn", { count: away.length })}
              <Icon name="down" />
            </summary>
            <ul className="tp-stack">
              {away.map((question) => (
                <li key={question.id}>
                  <Withdrawn schoolId={schoolId} question={question} mayChange={mayChange} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <details className="tp-card tp-card--sea tp-fold questions__packaged" open={wide}>
        <summary>
          {t("questions.packaged", { count: packaged.length })}
          <Icon name="down" />
        </summary>
        <ul>
          {packaged.map((question) => (
            <li key={question.id}>
              <p>{question.text}</p>
              {question.havoVwo && (
                <p className="tp-small tp-soft">{t("questions.havoVwo", { text: question.havoVwo })}</p>
              )}
              {(question.kinds.length > 0 || question.forms.length > 0) && (
                <p className="tp-small tp-soft">{fitsWords(question, t)}</p>
              )}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function fitsWords({ kinds, forms }: Packaged, t: ReturnType<typeof useT>): string {
  const words = kinds.map((kind) =>
    kind === "experience" && forms.length > 0
      ? forms.map((form) => t(`form.${form}`)).join(", ")
      : t(`kind.${kind}`).toLocaleLowerCase(),
  );
  return t("questions.fits", { kinds: words.join(", ") });
}
