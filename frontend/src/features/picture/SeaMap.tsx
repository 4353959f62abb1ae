import type { KeyboardEvent } from "react";
import { useT } from "~/i18n";
import type { WorkField } from "~/ui";
import { coast, route, type Spot } from "./coast";
import { type Evidence, type Island, journeyOf, lastSeen } from "./landscape";
import { type Sea, WAVES } from "./seas";

interface SeaMapProps {
  sea: Sea;
  name: string;
  islands: readonly Island[];
  entries: readonly Evidence[];
  chosen: WorkField | null;
  onChoose: (field: WorkField) => void;
  yearName: (year: number) => string;
}

/** The sea chart: an island for each kind of work, a line on it for each school year, a route between them. */
export function SeaMap({ sea, name, islands, entries, chosen, onChoose, yearName }: SeaMapProps) {
  const t = useT();
  const journey = journeyOf(islands);
  const spots = new Map(islands.map((island, index) => [island.field, spotOf(sea, island, index)]));
  const stops = journey.flatMap(({ field }) => spots.get(field) ?? []);
  const boat = spots.get(lastSeen(entries) ?? "bouw");
  const order = [
    ...journey.map(({ field }) => field),
    ...islands.filter((one) => !one.entries.length).map((one) => one.field),
  ];
  const step = (from: WorkField, by: number) => {
    const next = order[(order.indexOf(from) + by + order.length) % order.length];
    document.getElementById(`island-${next}`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing with buttons in it
    <svg className="map" viewBox={`0 0 ${sea.width} ${sea.height}`} role="group" aria-label={name}>
      <desc>{t("picture.mapHelp")}</desc>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes focus */}
      <g aria-hidden="true">
        {WAVES.map(([x, y]) => (
          <path
            key={`${x}-${y}`}
            className="map__wave"
            d={`M${x * sea.width} ${y * sea.height}q6-6 12 0t12 0`}
          />
        ))}
      </g>
      {islands.map((island, index) => (
        <IslandShape
          key={island.field}
          island={island}
          seed={index + 1}
          spot={spotOf(sea, island, index)}
          chosen={island.field === chosen}
          onChoose={() => onChoose(island.field)}
          onStep={(by) => step(island.field, by)}
          yearName={yearName}
        />
      ))}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes focus */}
      <g aria-hidden="true" className="map__signs">
        <path className="map__route" d={route(stops)} />
        {stops.map((spot) => (
          <circle key={`${spot.x}-${spot.y}`} className="map__dot" cx={spot.x} cy={spot.y} r="7" />
        ))}
        {journey
          .filter(({ begins }) => begins)
          .map(({ field, year }) => (
            <YearPill key={year} spot={spots.get(field)} words={yearName(year)} />
          ))}
        {islands
          .filter(({ surprised }) => surprised)
          .map(({ field }) => {
            const spot = spots.get(field);
            return (
              spot && (
                <path key={field} className="map__flag" d={`M${spot.x + 18} ${spot.y + 14}v-30l20 8-20 8`} />
              )
            );
          })}
        {entries.length > 0 && stops.length > 0 && boat && <Boat spot={boat} />}
        {islands.map((island, index) => (
          <IslandName key={island.field} island={island} spot={spotOf(sea, island, index)} />
        ))}
      </g>
    </svg>
  );
}

/** What was not seen yet lies further off: a smaller, dotted outline. */
function spotOf(sea: Sea, island: Island, index: number): Spot {
  const [x, y] = sea.places[index] ?? [0, 0];
  const size = island.entries.length > 0 ? sea.seen : sea.open;
  return { x, y, rx: size[0], ry: size[1] };
}

interface IslandShapeProps {
  island: Island;
  seed: number;
  spot: Spot;
  chosen: boolean;
  onChoose: () => void;
  onStep: (by: number) => void;
  yearName: (year: number) => string;
}

function IslandShape({ island, seed, spot, chosen, onChoose, onStep, yearName }: IslandShapeProps) {
  const t = useT();
  const { field, years, surprised } = island;
  const seen = years.length > 0;
  const words = seen
    ? `${years.map(yearName).join(", ")}${surprised ? `, ${t("picture.different")}` : ""}`
    : t("picture.open");
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
      aria-label={`${t(`field.${field}`)}: ${words}`}
      onClick={onChoose}
      onKeyDown={onKeyDown}
    >
      {seen && <path className="map__shallow" d={coast(seed, spot, 1.16)} />}
      {chosen && <path className="map__chosen" d={coast(seed, spot, seen ? 1.04 : 1.12)} />}
      <path className={seen ? "map__land" : "map__open"} d={coast(seed, spot)} />
      {years.slice(1).map((year, index) => (
        <path
          key={year}
          className="map__ring"
          d={coast(seed + (index + 1) / 9, spot, 1 - (0.82 * (index + 1)) / years.length)}
        />
      ))}
    </g>
  );
}

const LINE = 17;

/** Two lines at most, cut where the name is cut when people say it. */
function linesOf(name: string): string[] {
  const cut = name.indexOf(" en ");
  return name.length < 12 || cut < 0 ? [name] : [name.slice(0, cut), name.slice(cut + 1)];
}

function IslandName({ island, spot }: { island: Island; spot: Spot }) {
  const t = useT();
  const seen = island.entries.length > 0;
  const lines = linesOf(t(`field.${island.field}`));
  const top = seen ? spot.y + spot.ry * 1.1 + LINE : spot.y + 5 - ((lines.length - 1) * LINE) / 2;
  return lines.map((line, index) => (
    <text
      key={line}
      className={seen ? "map__name" : "map__name map__name--open"}
      x={spot.x}
      y={top + index * LINE}
    >
      {line}
    </text>
  ));
}

function YearPill({ spot, words }: { spot: Spot | undefined; words: string }) {
  if (!spot) return null;
  const width = words.length * 7.2 + 20;
  const y = spot.y - spot.ry * 0.62;
  return (
    <>
      <rect className="map__pill" x={spot.x - width / 2} y={y - 12} width={width} height="24" rx="12" />
      <text className="map__year" x={spot.x} y={y + 5}>
        {words}
      </text>
    </>
  );
}

function Boat({ spot }: { spot: Spot }) {
  return (
    <g transform={`translate(${spot.x - 24} ${spot.y + 18})`} className="map__boat">
      <path d="M-17 5h34l-7 11h-20z" fill="#c8412b" />
      <path d="M0 5v-28M2-20c10 4 15 12 15 22H2ZM-3-15c-7 4-10 9-10 17h10Z" fill="#fff" />
    </g>
  );
}
