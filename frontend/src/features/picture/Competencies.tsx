import { useState } from "react";
import { useT } from "~/i18n";
import { QuietButton } from "~/ui";
import { EvidenceList } from "./EvidenceList";
import type { Evidence, Picture } from "./landscape";

const COMPETENCIES = ["qualities", "motives", "work_exploration", "steering", "networking"] as const;
const FEW = 4;

/** The five questions of a career, each with what answers it. No points. */
export function Competencies({ picture, entries }: { picture: Picture; entries: readonly Evidence[] }) {
  const t = useT();
  return (
    <section className="tp-stack" aria-labelledby="competencies">
      <div>
        <h2 id="competencies">{t("picture.competencies")}</h2>
        <p className="tp-soft">
          {t(picture.viewer === "self" ? "picture.competenciesOwn" : "picture.competenciesOther")}
        </p>
      </div>
      {COMPETENCIES.map((code) => (
        <Competency
          key={code}
          code={code}
          entries={entries.filter((entry) => entry.competencies.includes(code)).reverse()}
        />
      ))}
    </section>
  );
}

function Competency({
  code,
  entries,
}: {
  code: (typeof COMPETENCIES)[number];
  entries: readonly Evidence[];
}) {
  const t = useT();
  const [all, setAll] = useState(false);
  return (
    <div className="picture__competency">
      <h3>
        {t(`competency.${code}`)} <small>{t(`picture.competency.${code}`)}</small>
      </h3>
      {entries.length === 0 ? (
        <p className="tp-soft">{t("picture.nothingYet")}</p>
      ) : (
        <div>
          <EvidenceList entries={all ? entries : entries.slice(0, FEW)} />
          {!all && entries.length > FEW && (
            <QuietButton onClick={() => setAll(true)}>
              {t("picture.more", { count: entries.length - FEW })}
            </QuietButton>
          )}
        </div>
      )}
    </div>
  );
}
