import { type ReactNode, useState } from "react";
import { useT } from "~/i18n";
import {
  EmptyState,
  ErrorState,
  FilterPills,
  LinkButton,
  Loading,
  Note,
  QuietLink,
  type WorkField,
} from "~/ui";
import { AsText } from "./AsText";
import { Competencies } from "./Competencies";
import { FieldCard } from "./FieldCard";
import { Legend } from "./Legend";
import { type Evidence, islandsOf, type Picture } from "./landscape";
import { SeaMap } from "./SeaMap";
import { SideBySide } from "./SideBySide";
import { TALL, WIDE } from "./seas";
import { useMedia } from "./useMedia";
import { usePicture } from "./usePicture";
import { Words } from "./Words";
import { useYearName } from "./words";
import "./picture.css";

interface PictureScreenProps {
  pupilId: string;
  /** What stands in its place where it does not open yet. */
  instead: (error: unknown, again: () => void) => ReactNode;
}

/** The talent picture: the chart, the words, and what shows them. */
export function PictureScreen({ pupilId, instead }: PictureScreenProps) {
  const t = useT();
  const picture = usePicture(pupilId);
  const other = instead(picture.error, () => picture.refetch());
  if (other) return other;
  return (
    <div className="tp-page tp-page--wide tp-stack picture">
      {picture.isPending && <Loading />}
      {picture.isError && (
        <>
          <h1 className="tp-hidden">{t("picture.title")}</h1>
          <ErrorState error={picture.error} onRetry={() => picture.refetch()} />
        </>
      )}
      {picture.data && <Whole picture={picture.data} />}
    </div>
  );
}

const ALL = "all";
const BESIDE = "beside";

function Whole({ picture }: { picture: Picture }) {
  const t = useT();
  const { pupil, viewer, years, entries } = picture;
  const own = viewer === "self";
  const yearName = useYearName(years);
  const [shown, setShown] = useState<string>(ALL);
  const [chosen, setChosen] = useState<WorkField | null>(null);
  const withEntries = [...new Set(entries.map((entry) => entry.schoolYear))].sort((a, b) => a - b);
  const options = [
    { value: ALL, label: t("picture.allYears") },
    ...withEntries.map((year) => ({ value: `${year}`, label: yearName(year) })),
    ...(withEntries.length > 1 ? [{ value: BESIDE, label: t("picture.beside") }] : []),
  ];
  const inView = /^\d+$/.test(shown) ? entries.filter((entry) => `${entry.schoolYear}` === shown) : entries;
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
          <h1 tabIndex={-1}>{own ? t("picture.own") : t("picture.of", { name: pupil.givenName })}</h1>
          <p className="tp-soft">{t("picture.explained")}</p>
        </div>
        {entries.length > 0 && (
          <FilterPills label={t("picture.chooseYear")} options={options} value={shown} onChange={setShown} />
        )}
      </header>
      {entries.length === 0 ? (
        <EmptyState action={own && <LinkButton to="/erbij">{t("picture.emptyGo")}</LinkButton>}>
          {t(own ? "picture.empty" : "picture.emptyOther", { name: pupil.givenName })}
        </EmptyState>
      ) : shown === BESIDE ? (
        <SideBySide entries={entries} years={withEntries} yearName={yearName} />
      ) : (
        <Chart picture={picture} entries={inView} chosen={chosen} onChoose={setChosen} yearName={yearName} />
      )}
      {entries.length > 0 && (
        <>
          <Words picture={picture} />
          <Competencies picture={picture} entries={inView} />
        </>
      )}
    </>
  );
}

interface ChartProps {
  picture: Picture;
  entries: readonly Evidence[];
  chosen: WorkField | null;
  onChoose: (field: WorkField | null) => void;
  yearName: (year: number) => string;
}

function Chart({ picture, entries, chosen, onChoose, yearName }: ChartProps) {
  const t = useT();
  const wide = useMedia("(min-width: 48rem)");
  const islands = islandsOf(entries);
  const island = islands.find((one) => one.field === chosen);
  const seen = islands.filter((one) => one.entries.length > 0).length;
  const close = () => {
    document.getElementById(`island-${chosen}`)?.focus();
    onChoose(null);
  };
  return (
    <>
      <div className="picture__chart">
        <div className="tp-stack picture__sea">
          <SeaMap
            sea={wide ? WIDE : TALL}
            name={t("picture.mapName", { name: picture.pupil.givenName, seen, open: islands.length - seen })}
            islands={islands}
            entries={entries}
            chosen={chosen}
            onChoose={onChoose}
            yearName={yearName}
          />
          <Legend />
        </div>
        {island ? (
          <FieldCard
            key={island.field}
            island={island}
            own={picture.viewer === "self"}
            yearName={yearName}
            onClose={close}
          />
        ) : (
          <Note icon="map">
            <p>{t("picture.chooseIsland")}</p>
          </Note>
        )}
      </div>
      <AsText islands={islands} yearName={yearName} />
    </>
  );
}
