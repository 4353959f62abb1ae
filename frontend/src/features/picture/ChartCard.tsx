import { useState } from "react";
import { useT } from "~/i18n";
import type { WorkField } from "~/ui";
import { OwnWords, QuietLink } from "~/ui";
import { AsText } from "./AsText";
import { EvidenceList } from "./EvidenceList";
import { islandsOf, type Picture, yearsOf } from "./landscape";
import { SeaMap } from "./SeaMap";
import { TALL, WIDE } from "./seas";
import { useMedia } from "./useMedia";
import { usePrinting } from "./usePrinting";
import { Voices } from "./Words";
import { useYearName } from "./words";
import "./picture.css";
import "./map.css";

const WORDS = 8;
const SHOWN = 4;

/** The sea chart with its newest words, beside something else: one card, all of it to look at. */
export function ChartCard({ picture }: { picture: Picture }) {
  const t = useT();
  const printing = usePrinting();
  const wide = useMedia("(min-width: 36rem)") || printing;
  const [chosen, setChosen] = useState<WorkField | null>(null);
  const yearName = useYearName(picture.years);
  const islands = islandsOf(picture.entries);
  const open = islands.filter((one) => one.entries.length === 0);
  const island = islands.find(({ field }) => field === chosen);
  const words = picture.words.filter(({ hidden }) => !hidden).slice(0, WORDS);
  const { pupil } = picture;
  return (
    <section className="tp-card tp-stack chartCard" aria-labelledby="chart">
      <div className="tp-row tp-row--between">
        <h2 id="chart">{t("picture.of", { name: pupil.givenName })}</h2>
        <QuietLink to={`/leerling/${pupil.id}/kaart`} icon="map">
          {t("picture.whole")}
        </QuietLink>
      </div>
      <SeaMap
        sea={wide ? WIDE : TALL}
        name={t("picture.mapName", {
          name: pupil.givenName,
          seen: islands.length - open.length,
          open: open.length,
        })}
        islands={islands}
        entries={picture.entries}
        year={null}
        soon={undefined}
        chosen={chosen}
        onChoose={(field) => setChosen(field === chosen ? null : field)}
        onYear={() => {}}
        yearName={yearName}
      />
      {island && !printing && (
        <section className="tp-stack" aria-label={t(`field.${island.field}`)}>
          <h3>{t(`field.${island.field}`)}</h3>
          {island.entries.length > 0 ? (
            <EvidenceList entries={island.entries.slice(-SHOWN).reverse()} />
          ) : (
            <p>{t("picture.notYetOther")}</p>
          )}
        </section>
      )}
      {words.length > 0 && (
        <ul className="picture__words" aria-label={t("picture.wordsOf", { name: pupil.givenName })}>
          {words.map((word) => (
            <li key={word.key}>
              <span className="tp-card picture__word">
                <OwnWords>{word.word}</OwnWords>
                <Voices word={word} picture={picture} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {!printing && yearsOf(picture.entries).length > 0 && (
        <AsText islands={islands} open={open} yearName={yearName} printing={false} folded />
      )}
    </section>
  );
}
