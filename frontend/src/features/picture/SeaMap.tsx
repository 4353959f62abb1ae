import { useMemo } from "react";
import { useT } from "~/i18n";
import type { WorkField } from "~/ui";
import { type Point, route, type Spot } from "./coast";
import { IslandShape } from "./IslandShape";
import { type Evidence, type Island, journeyOf, lastSeen } from "./landscape";
import { sail } from "./sailing";
import { type Sea, WAVES } from "./seas";

interface SeaMapProps {
  sea: Sea;
  name: string;
  islands: readonly Island[];
  entries: readonly Evidence[];
  year: number | null;
  /** Where one can go soon, and on which day, in words. */
  soon: { field: WorkField; day: string } | undefined;
  chosen: WorkField | null;
  onChoose: (field: WorkField) => void;
  /** A line on the chosen island: its own school year. */
  onYear: (year: number) => void;
  yearName: (year: number) => string;
}

/** The sea chart: an island for each kind of work, a line on it for each school year, a route between them. */
export function SeaMap(props: SeaMapProps) {
  const { sea, name, islands, entries, year, soon, chosen, onChoose, onYear, yearName } = props;
  const t = useT();
  const spots = islands.map((island, index) => spotOf(sea, island, index));
  const names = islands.map(({ field }) => linesOf(t(`field.${field}`)));
  const indexOf = (field: WorkField) => islands.findIndex((island) => island.field === field);
  const journey = journeyOf(islands);
  const order = [
    ...journey.map(({ field }) => field),
    ...islands.filter((one) => !one.entries.length).map((one) => one.field),
  ];
  const stops = journey.map(({ field }) => indexOf(field));
  const legs = useRoute(stops, sea, islands, spots, names);
  // Of one year its own legs alone, from where the year before ended.
  const called = journey.flatMap((stop, at) => (year === null || stop.year === year ? [at] : []));
  const from = spots[stops[(called[0] ?? 0) - 1] ?? -1];
  const line = route([...(from ? [from] : []), ...called.flatMap((at) => legs[at] ?? [])]);
  const boat = spots[indexOf(lastSeen(entries) ?? order[0] ?? "bouw")];
  const step = (from: WorkField, by: number) => {
    const next = order[(order.indexOf(from) + by + order.length) % order.length];
    document.getElementById(`island-${next}`)?.focus();
  };
  const flagged = islands.filter((one) => (year === null ? one.surprised : one.surprisedIn.includes(year)));
  const invitation = (field: WorkField) =>
    soon?.field === field ? t("picture.openSoon", { day: soon.day }) : t("picture.open");
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
      {order.map((field) => {
        const index = indexOf(field);
        const [island, spot] = [islands[index], spots[index]];
        return (
          island &&
          spot && (
            <IslandShape
              key={field}
              island={island}
              seed={index + 1}
              spot={spot}
              year={year}
              invitation={invitation(field)}
              chosen={field === chosen}
              onChoose={() => onChoose(field)}
              onYear={onYear}
              onStep={(by) => step(field, by)}
              yearName={yearName}
            />
          )
        );
      })}
      {/* All of it is in the names of the buttons; a tap on it is a tap on the island below.
          biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes focus */}
      <g aria-hidden="true" className="map__signs">
        <path className="map__route" data-many={called.length > 7} d={line} />
        {called.map((at) => {
          const spot = spots[stops[at] ?? -1];
          return <circle key={at} className="map__dot" cx={spot?.x} cy={spot?.y} r="7" />;
        })}
        {islands.map((island, index) => (
          <IslandName
            key={island.field}
            island={island}
            spot={spots[index]}
            lines={names[index] ?? []}
            year={year}
          />
        ))}
        {year === null &&
          journey
            .filter(({ begins }) => begins)
            .map((stop) => (
              <YearPill key={stop.year} spot={spots[indexOf(stop.field)]} words={yearName(stop.year)} />
            ))}
        {flagged.map(({ field }) => (
          <path key={field} className="map__flag" d={flagAt(spots[indexOf(field)])} />
        ))}
        {year === null && stops.length > 0 && boat && <Boat spot={boat} />}
        {soon && year === null && <Soon spot={spots[indexOf(soon.field)]} words={soon.day} />}
      </g>
    </svg>
  );
}

/** The way to each stop of the route: worked out again only when other islands are called at, or on another chart. */
function useRoute(
  stops: readonly number[],
  sea: Sea,
  islands: readonly Island[],
  spots: readonly Spot[],
  names: readonly (readonly string[])[],
): Point[][] {
  const key = `${stops.join()} ${names.join()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of what it is made of
  return useMemo(() => {
    const landmarks = spots.map((spot, index) => {
      const seen = (islands[index]?.entries.length ?? 0) > 0;
      const lines = names[index] ?? [];
      const width = Math.max(0, ...lines.map((words) => words.length)) * 8 + 10;
      const height = lines.length * LINE + 8;
      const top = nameTop(spot, seen, lines.length) - LINE;
      return { spot, seen, name: { x: spot.x, y: top + height / 2, width, height } };
    });
    return sail(stops, { width: sea.width, height: sea.height, landmarks });
  }, [key, sea]);
}

/** What was not seen yet lies further off: a smaller, dotted outline. */
function spotOf(sea: Sea, island: Island, index: number): Spot {
  const [x, y] = sea.places[index] ?? [0, 0];
  const size = island.entries.length > 0 ? sea.seen : sea.open;
  return { x, y, rx: size[0], ry: size[1] };
}

const LINE = 17;

/** Two lines at most, cut where the name is cut when people say it. */
function linesOf(name: string): string[] {
  // Arabic writes "and" onto the word after it.
  const cut = name.search(/ (?:en|and) | و/u);
  return name.length < 12 || cut < 0 ? [name] : [name.slice(0, cut), name.slice(cut + 1)];
}

function nameTop(spot: Spot, seen: boolean, lines: number): number {
  return seen ? spot.y + spot.ry * 1.1 + LINE : spot.y + 5 - ((lines - 1) * LINE) / 2;
}

interface IslandNameProps {
  island: Island;
  spot: Spot | undefined;
  lines: readonly string[];
  year: number | null;
}

function IslandName({ island, spot, lines, year }: IslandNameProps) {
  if (!spot) return null;
  const seen = island.entries.length > 0;
  const plain = year === null ? seen : island.years.includes(year);
  const top = nameTop(spot, seen, lines.length);
  return lines.map((line, index) => (
    <text
      key={line}
      className={plain ? "map__name" : "map__name map__name--open"}
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
  const y = spot.y - spot.ry * 0.78;
  return (
    <>
      <rect className="map__pill" x={spot.x - width / 2} y={y - 12} width={width} height="24" rx="12" />
      <text className="map__year" x={spot.x} y={y + 5}>
        {words}
      </text>
    </>
  );
}

const flagAt = (spot: Spot | undefined) => spot && `M${spot.x + 18} ${spot.y + 14}v-30l20 8-20 8`;

/** Something is planned here: a day, on an island that is still dotted. */
function Soon({ spot, words }: { spot: Spot | undefined; words: string }) {
  if (!spot) return null;
  const width = words.length * 8 + 22;
  const y = spot.y + spot.ry + 12;
  return (
    <g>
      <rect className="map__soon" x={spot.x - width / 2} y={y - 14} width={width} height="28" rx="14" />
      <text className="map__soonDay" x={spot.x} y={y + 5}>
        {words}
      </text>
    </g>
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
