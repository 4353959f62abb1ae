import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { useSuggestion } from "~/session/suggestion";
import { Note } from "~/ui";
import { AsText } from "./AsText";
import { EvidenceList } from "./EvidenceList";
import { FieldCard } from "./FieldCard";
import { Legend } from "./Legend";
import { type Evidence, islandsOf, journeyOf, type Picture, yearsOf } from "./landscape";
import { SeaMap } from "./SeaMap";
import { TALL, WIDE } from "./seas";
import { useMedia } from "./useMedia";
import { ALL, useView } from "./useView";

interface ChartProps {
  picture: Picture;
  yearName: (year: number) => string;
  printing: boolean;
}

/** The sea chart, the island that was tapped, and the same as text. */
export function Chart({ picture, yearName, printing }: ChartProps) {
  const t = useT();
  const language = useLanguage();
  const wide = useMedia("(min-width: 48rem)") || printing;
  const roomy = useMedia("(min-width: 64rem)");
  const own = picture.viewer === "self";
  const { entries } = picture;
  const { year, chosen, show } = useView(yearsOf(entries));
  const { data: pointed } = useSuggestion(own);
  const inView = year === null ? entries : entries.filter((entry) => entry.schoolYear === year);
  const islands = islandsOf(entries);
  const open = islands.filter((one) => one.entries.length === 0);
  const island = islands.find((one) => one.field === chosen);
  // What was just told may be seen here before the suggestion is asked for again.
  const suggestion =
    (open.some(({ field }) => field === pointed?.suggestion?.field) && pointed?.suggestion) || undefined;
  // The same year once more: all of them again.
  const toYear = (of: number) => show({ year: of === year ? ALL : `${of}` });
  const close = () => {
    document.getElementById(`island-${chosen}`)?.focus();
    show({ field: null });
  };
  return (
    <>
      <div className="picture__chart">
        <div className="tp-stack picture__sea">
          <SeaMap
            sea={wide ? WIDE : TALL}
            name={t("picture.mapName", {
              name: picture.pupil.givenName,
              seen: islands.length - open.length,
              open: open.length,
            })}
            islands={islands}
            entries={entries}
            year={year}
            soon={
              suggestion && {
                field: suggestion.field,
                day: dayInWords(suggestion.activity.happensOn, language),
              }
            }
            chosen={chosen}
            onChoose={(field) => show({ field })}
            onYear={toYear}
            yearName={yearName}
          />
          <Legend
            route={journeyOf(islands).some((stop) => year === null || stop.year === year)}
            open={open.length > 0}
            soon={Boolean(suggestion)}
          />
        </div>
        {island ? (
          <FieldCard
            key={island.field}
            island={island}
            year={year}
            own={own}
            planned={suggestion?.field === island.field ? suggestion.activity : undefined}
            notForMe={pointed?.notForMe.includes(island.field) ?? false}
            yearName={yearName}
            onYear={toYear}
            onClose={close}
          />
        ) : (
          <div className="tp-stack">
            <Note icon="map">
              <p>{t(own ? "picture.chooseIsland" : "picture.chooseIslandOther")}</p>
            </Note>
            {roomy && <Newest entries={inView} />}
          </div>
        )}
      </div>
      <AsText
        islands={year === null ? islands : islandsOf(inView)}
        open={open}
        yearName={yearName}
        printing={printing}
      />
    </>
  );
}

const NEWEST = 4;

/** Beside the chart, while no island is tapped: what came last. */
function Newest({ entries }: { entries: readonly Evidence[] }) {
  const t = useT();
  return (
    <section className="tp-card tp-stack" aria-labelledby="newest">
      <h2 id="newest" className="picture__newest">
        {t("picture.newest")}
      </h2>
      <EvidenceList entries={entries.slice(-NEWEST).reverse()} />
    </section>
  );
}
