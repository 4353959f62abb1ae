import type { ReactNode } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, today } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import { EmptyState, ErrorState, LinkButton, Loading, Note, QuietButton, QuietLink } from "~/ui";
import { Chart } from "./Chart";
import { Competencies } from "./Competencies";
import { type Picture, yearsOf } from "./landscape";
import { SideBySide } from "./SideBySide";
import { usePicture } from "./usePicture";
import { usePrinting } from "./usePrinting";
import { ALL, BESIDE, useView } from "./useView";
import { Words } from "./Words";
import { useYearName } from "./words";
import { YearChoice } from "./YearChoice";
import "./picture.css";
import "./map.css";
import "./picture-print.css";

interface PictureScreenProps {
  pupilId: string;
  /** What stands in its place where it does not open yet. */
  instead: (error: unknown, again: () => void) => ReactNode;
}

/** The talent picture: the chart, the words, and what shows them. */
export function PictureScreen({ pupilId, instead }: PictureScreenProps) {
  const t = useT();
  const picture = usePicture(pupilId);
  const { pupil, viewer } = picture.data ?? {};
  usePageTitle(pupil && viewer !== "self" ? t("picture.of", { name: pupil.givenName }) : undefined);
  const other = instead(picture.error, () => picture.refetch());
  if (other) return other;
  const waits = picture.isPending && picture.fetchStatus === "paused";
  return (
    <div className="tp-page tp-page--wide tp-stack picture">
      {(picture.isError || waits) && <h1 className="tp-hidden">{t("picture.title")}</h1>}
      {picture.isPending && !waits && <Loading />}
      {waits && (
        <Note icon="no-network">
          <p>{t("picture.offline")}</p>
        </Note>
      )}
      {picture.isError && <ErrorState error={picture.error} onRetry={() => picture.refetch()} />}
      {picture.data && <Whole picture={picture.data} />}
    </div>
  );
}

function Whole({ picture }: { picture: Picture }) {
  const t = useT();
  const language = useLanguage();
  const printing = usePrinting();
  const { pupil, viewer, years, entries } = picture;
  const own = viewer === "self";
  const yearName = useYearName(years);
  const withEntries = yearsOf(entries);
  const { shown, year, show } = useView(withEntries);
  const options = [
    { value: ALL, label: t("picture.allYears") },
    ...withEntries.map((one) => ({ value: `${one}`, label: yearName(one) })),
    ...(withEntries.length > 1 ? [{ value: BESIDE, label: t("picture.beside") }] : []),
  ];
  const inView = year === null ? entries : entries.filter((entry) => entry.schoolYear === year);
  return (
    <>
      <header className="picture__head">
        <div>
          {!own && (
            <p>
              <QuietLink to={`/leerling/${pupil.id}`} icon="back">
                {t("picture.toPortfolio", { name: pupil.givenName })}
              </QuietLink>
            </p>
          )}
          <div className="tp-row tp-row--between tp-row--nowrap picture__title">
            <h1 tabIndex={-1}>{own ? t("picture.own") : t("picture.of", { name: pupil.givenName })}</h1>
            {entries.length > 0 && (
              <QuietButton icon="print" onClick={() => print()}>
                {t("picture.print")}
              </QuietButton>
            )}
          </div>
          <p className="picture__onPaper">
            {pupil.name} · {dayInWords(today(), language)}
          </p>
          <p className="tp-soft">{t(own ? "picture.explained" : "picture.explainedOther")}</p>
        </div>
        {entries.length > 0 && (
          <div className="picture__filter">
            <YearChoice
              label={t("picture.chooseYear")}
              options={options}
              value={shown}
              onChange={(value) => show({ year: value })}
            />
          </div>
        )}
      </header>
      {entries.length === 0 ? (
        <EmptyState action={own && <LinkButton to="/erbij">{t("picture.emptyGo")}</LinkButton>}>
          {t(own ? "picture.empty" : "picture.emptyOther", { name: pupil.givenName })}
        </EmptyState>
      ) : shown === BESIDE ? (
        <SideBySide
          entries={entries}
          years={withEntries}
          yearName={yearName}
          onChoose={(field, of) => show({ year: `${of}`, field })}
        />
      ) : (
        <Chart picture={picture} yearName={yearName} printing={printing} />
      )}
      {entries.length > 0 && (
        <>
          <Words picture={picture} yearName={yearName} printing={printing} />
          <Competencies picture={picture} entries={inView} yearName={yearName} printing={printing} />
        </>
      )}
    </>
  );
}
