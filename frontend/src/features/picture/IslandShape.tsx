import type { KeyboardEvent, MouseEvent } from "react";
import { useT } from "~/i18n";
import { coast, contours, type Spot } from "./coast";
import type { Island } from "./landscape";

interface IslandShapeProps {
  island: Island;
  seed: number;
  spot: Spot;
  /** The school year that is looked at alone; null: all of them. */
  year: number | null;
  /** What is said of an island that was not seen: that it was not, and when one can go there. */
  invitation: string;
  chosen: boolean;
  onChoose: () => void;
  /** A tap on a line, once the island is chosen; the years stand in its card too, for who taps with less care. */
  onYear: (year: number) => void;
  onStep: (by: number) => void;
  yearName: (year: number) => string;
}

/** An island: a button with its whole name, a line for each school year. */
export function IslandShape(props: IslandShapeProps) {
  const { island, seed, spot, year, chosen, onChoose, onYear, onStep } = props;
  const t = useT();
  const { field, years } = island;
  const seen = years.length > 0;
  const onClick = ({ target }: MouseEvent) => {
    const line = chosen && years.length > 1 && Number((target as SVGElement).dataset.year);
    if (line) onYear(line);
    else onChoose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === " ") onChoose();
    else if (event.key === "ArrowRight" || event.key === "ArrowDown") onStep(1);
    else if (event.key === "ArrowLeft" || event.key === "ArrowUp") onStep(-1);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button of its own
    <g
      id={`island-${field}`}
      className="map__island"
      data-field={field}
      role="button"
      tabIndex={0}
      aria-pressed={chosen}
      aria-label={`${t(`field.${field}`)}: ${useInWords(props)}`}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      {seen && <path className="map__shallow" d={coast(seed, spot, 1.16)} />}
      {chosen && <path className="map__chosen" d={coast(seed, spot, seen ? 1.04 : 1.06)} />}
      {seen ? (
        contours(seed, spot, years.length).map((line, index) => (
          <path
            key={years[index]}
            className={index === 0 ? "map__land" : "map__ring"}
            data-year={years[index]}
            data-away={year !== null && years[index] !== year}
            style={{ fillOpacity: index === 0 ? undefined : Math.min(0.4, 1.2 / years.length) }}
            d={line}
          />
        ))
      ) : (
        <path className="map__open" d={coast(seed, spot)} />
      )}
    </g>
  );
}

function useInWords({ island: { years, surprised }, year, invitation, yearName }: IslandShapeProps): string {
  const t = useT();
  if (years.length === 0) return invitation;
  if (year !== null) {
    return years.includes(year) ? yearName(year) : t("picture.notThen", { year: yearName(year) });
  }
  return `${years.map(yearName).join(", ")}${surprised ? `, ${t("picture.different")}` : ""}`;
}
