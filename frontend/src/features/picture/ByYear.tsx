import { useState } from "react";
import { useT } from "~/i18n";
import { EvidenceList } from "./EvidenceList";
import { type Evidence, yearsOf } from "./landscape";
import { YearChoice } from "./YearChoice";

const FEW = 5;
/** Two beside each other on paper. */
const ON_PAPER = 4;
/** So few that folding them away helps nobody. */
const ENOUGH = 8;

interface ByYearProps {
  /** Newest first. */
  entries: readonly Evidence[];
  yearName: (year: number) => string;
  printing?: boolean;
}

/** The newest entries; where there are many, the rest by school year, one at a time. */
export function ByYear({ entries, yearName, printing = false }: ByYearProps) {
  const t = useT();
  const [year, setYear] = useState("");
  if (entries.length <= ENOUGH) return <EvidenceList entries={entries} />;
  const few = printing ? ON_PAPER : FEW;
  const rest = entries.slice(few);
  const inYear = rest.filter((entry) => `${entry.schoolYear}` === year);
  return (
    <div className="picture__byYear">
      <EvidenceList entries={entries.slice(0, few)} />
      {printing ? (
        <p className="tp-soft">{t("picture.moreInTable", { count: rest.length })}</p>
      ) : (
        <>
          <YearChoice
            showLabel
            label={t("picture.earlier", { count: rest.length })}
            options={yearsOf(rest).map((one) => ({ value: `${one}`, label: yearName(one) }))}
            value={year}
            onChange={(one) => setYear(one === year ? "" : one)}
          />
          {inYear.length > 0 && <EvidenceList entries={inYear} />}
        </>
      )}
    </div>
  );
}
