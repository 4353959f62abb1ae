/** Outlines of islands: drawn by hand in feeling, the same every time, and without a meaning in their size. */

const POINTS = 10;

/** A number between 0 and 1 that a seed always gives at this place. */
function noise(seed: number, index: number): number {
  const wave = Math.sin(seed * 127.1 + index * 311.7) * 43758.5453;
  return wave - Math.floor(wave);
}

export interface Spot {
  x: number;
  y: number;
  rx: number;
  ry: number;
}

/** A closed, smooth outline around a spot as an SVG path; `scale` gives the same coast smaller or larger. */
export function coast(seed: number, spot: Spot, scale = 1): string {
  return closed(around(spot, scale, (index) => noise(seed, index)));
}

/**
 * The lines on an island, from the coast inland: `count` of them. With few, each has a shape of its own; with many they
 * follow the coast, so that none crosses another.
 */
export function contours(seed: number, spot: Spot, count: number): string[] {
  const own = Math.min(1, 1.6 / count);
  return Array.from({ length: count }, (_, line) => {
    const scale = 1 - (0.82 * line) / Math.max(count, 2);
    return closed(
      around(spot, scale, (index) => {
        const shore = noise(seed, index);
        return line === 0 ? shore : shore + (noise(seed + line / 9, index) - shore) * own;
      }),
    );
  });
}

function around({ x, y, rx, ry }: Spot, scale: number, shape: (index: number) => number): Point[] {
  return Array.from({ length: POINTS }, (_, index) => {
    const angle = (2 * Math.PI * index) / POINTS;
    const reach = (0.84 + 0.3 * shape(index)) * scale;
    return { x: x + Math.cos(angle) * rx * reach, y: y + Math.sin(angle) * ry * reach };
  });
}

export type Point = Pick<Spot, "x" | "y">;

const at = (points: readonly Point[], index: number): Point =>
  points[(index + points.length) % points.length] ?? { x: 0, y: 0 };
const round = (value: number) => Math.round(value * 10) / 10;
const place = ({ x, y }: Point) => `${round(x)} ${round(y)}`;

/** Bézier curve from one point to the next, with the slope of its neighbours (Catmull-Rom). */
function curve(before: Point, from: Point, to: Point, after: Point): string {
  const first = { x: from.x + (to.x - before.x) / 6, y: from.y + (to.y - before.y) / 6 };
  const second = { x: to.x - (after.x - from.x) / 6, y: to.y - (after.y - from.y) / 6 };
  return `C${place(first)} ${place(second)} ${place(to)}`;
}

function closed(points: readonly Point[]): string {
  const steps = points.map((point, index) =>
    curve(at(points, index - 1), point, at(points, index + 1), at(points, index + 2)),
  );
  return `M${place(at(points, 0))}${steps.join("")}Z`;
}

/** A flowing line through these points, in order. */
export function route(points: readonly Point[]): string {
  const [first] = points;
  if (!first) return "";
  const last = points.length - 1;
  const steps = points
    .slice(1)
    .map((point, index) =>
      curve(
        points[Math.max(index - 1, 0)] ?? point,
        points[index] ?? point,
        point,
        points[Math.min(index + 2, last)] ?? point,
      ),
    );
  return `M${place(first)}${steps.join("")}`;
}
