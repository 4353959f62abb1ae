import { useT } from "~/i18n";
import { ByYear } from "./ByYear";
import type { Evidence, Picture } from "./landscape";

const COMPETENCIES = ["qualities", "motives", "work_exploration", "steering", "networking"] as const;

interface CompetenciesProps {
  picture: Picture;
  entries: readonly Evidence[];
  yearName: (year: number) => string;
  printing: boolean;
}

/** The five questions of a career, each with what answers it. No points. */
export function Competencies({ picture, entries, yearName, printing }: CompetenciesProps) {
  const t = useT();
  return (
    <section className="tp-stack" aria-labelledby="competencies">
      <div>
        <h2 id="competencies">{t("picture.competencies")}</h2>
        <p className="tp-soft">
          {t(picture.viewer === "self" ? "picture.competenciesOwn" : "picture.competenciesOther")}
        </p>
      </div>
      {COMPETENCIES.map((code) => {
        const shown = entries.filter((entry) => entry.competencies.includes(code)).reverse();
        return (
          <div key={code} className="picture__competency">
            <h3>
              {t(`competency.${code}`)} <small>{t(`picture.competency.${code}`)}</small>
            </h3>
            {shown.length === 0 ? (
              <p className="tp-soft">{t("picture.nothingYet")}</p>
            ) : (
              <ByYear entries={shown} yearName={yearName} printing={printing} />
            )}
          </div>
        );
      })}
    </section>
  );
}
