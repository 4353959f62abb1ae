/**
 * The route between islands: over open water, around islands it does not call at, and where it can around names.
 * A chart of small squares, each with how hard it is to cross; from stop to stop the easiest way is taken.
 */
import type { Point, Spot } from "./coast";

/** An island as the route has to go around it, with the room that its name takes. */
export interface Landmark {
  spot: Spot;
  seen: boolean;
  name: { x: number; y: number; width: number; height: number };
}

export interface Waters {
  width: number;
  height: number;
  landmarks: readonly Landmark[];
}

const NOWHERE = { x: 0, y: 0 };
const CELL = 12;
const SHORE = { seen: 1.2, unseen: 1.35 };
const HARD = { water: 1, edge: 5, sailed: 2, ownName: 4, name: 7, seen: 16, unseen: 400 };
/** So many squares from the edge of the chart nobody sails, where there is another way. */
const EDGE = 2;
/** Between two points of the drawn line; close enough that the curve keeps to it. */
const STEP = 34;

const NEIGHBOURS = [-1, 0, 1].flatMap((dx) =>
  [-1, 0, 1].flatMap((dy) => (dx || dy ? [[dx, dy] as const] : [])),
);

interface Chart {
  columns: number;
  rows: number;
  /** Index of the landmark whose land, or whose name, lies on a square; -1: none. */
  land: Int8Array;
  name: Int8Array;
  /** How busy it is on a square: lines beside each other are easier to follow than lines over each other. */
  sailed: Uint8Array;
}

/**
 * A line that calls at these stops in order; a stop is the place of a landmark in the list. For each stop the points of
 * the way to it from the one before, that one itself left out.
 */
export function sail(stops: readonly number[], waters: Waters): Point[][] {
  const chart = chartOf(waters);
  return stops.map((stop, leg) => {
    const from = stops[leg - 1];
    return from === undefined
      ? [waters.landmarks[stop]?.spot ?? NOWHERE]
      : sailLeg(from, stop, chart, waters);
  });
}

function chartOf({ width, height, landmarks }: Waters): Chart {
  const columns = Math.floor(width / CELL);
  const rows = Math.floor(height / CELL);
  const land = new Int8Array(columns * rows).fill(-1);
  const name = new Int8Array(columns * rows).fill(-1);
  for (let cell = 0; cell < land.length; cell++) {
    const { x, y } = centre(cell, columns);
    land[cell] = landmarks.findIndex(({ spot, seen }) => isOn(spot, seen ? SHORE.seen : SHORE.unseen, x, y));
    name[cell] = landmarks.findIndex(
      ({ name: box }) => Math.abs(x - box.x) < box.width / 2 && Math.abs(y - box.y) < box.height / 2,
    );
  }
  return { columns, rows, land, name, sailed: new Uint8Array(columns * rows) };
}

function isOn({ x, y, rx, ry }: Spot, shore: number, px: number, py: number): boolean {
  return ((px - x) / (rx * shore)) ** 2 + ((py - y) / (ry * shore)) ** 2 < 1;
}

function centre(cell: number, columns: number): Point {
  return { x: ((cell % columns) + 0.5) * CELL, y: (Math.floor(cell / columns) + 0.5) * CELL };
}

function hardness(cell: number, from: number, to: number, chart: Chart, { landmarks }: Waters): number {
  const { columns, rows, land, name, sailed } = chart;
  const own = (index: number) => index === from || index === to;
  const on = land[cell] ?? -1;
  let hard = HARD.water;
  if (on >= 0 && !own(on)) hard = landmarks[on]?.seen ? HARD.seen : HARD.unseen;
  const under = name[cell] ?? -1;
  if (under >= 0) hard = Math.max(hard, own(under) ? HARD.ownName : HARD.name);
  const column = cell % columns;
  const row = Math.floor(cell / columns);
  if (Math.min(column, row, columns - 1 - column, rows - 1 - row) < EDGE) hard += HARD.edge;
  return hard + (on < 0 ? HARD.sailed * (sailed[cell] ?? 0) : 0);
}

function sailLeg(from: number, to: number, chart: Chart, waters: Waters): Point[] {
  const { columns, rows } = chart;
  const start = waters.landmarks[from]?.spot ?? NOWHERE;
  const end = waters.landmarks[to]?.spot ?? NOWHERE;
  const cellAt = ({ x, y }: Point) =>
    Math.min(columns - 1, Math.floor(x / CELL)) + Math.min(rows - 1, Math.floor(y / CELL)) * columns;
  const cost = Float64Array.from({ length: columns * rows }, (_, cell) =>
    hardness(cell, from, to, chart, waters),
  );
  const cells = easiest(cellAt(start), cellAt(end), cost, columns, rows);
  leaveWake(cells, chart);
  const way = [start, ...cells.slice(1, -1).map((cell) => centre(cell, columns)), end];
  const costOf = (one: Point, other: Point) => {
    const length = Math.hypot(other.x - one.x, other.y - one.y);
    const parts = Math.max(1, Math.ceil(length / (CELL / 2)));
    let sum = 0;
    for (let part = 0; part < parts; part++) {
      const share = (part + 0.5) / parts;
      sum += cost[cellAt(between(one, other, share))] ?? 0;
    }
    return (sum * length) / parts;
  };
  return inSteps(rounded(pulled(way, costOf))).slice(1);
}

function leaveWake(cells: readonly number[], { columns, sailed }: Chart): void {
  for (const cell of cells) {
    sailed[cell] = 2;
    for (const [dx, dy] of NEIGHBOURS) {
      const beside = cell + dx + dy * columns;
      sailed[beside] = Math.max(sailed[beside] ?? 0, 1);
    }
  }
}

/** The squares of the easiest way (Dijkstra's, with the next squares kept in a queue until nothing gets easier). */
function easiest(start: number, end: number, cost: Float64Array, columns: number, rows: number): number[] {
  const best = new Float64Array(cost.length).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(cost.length).fill(-1);
  best[start] = 0;
  const queue = [start];
  for (let place = 0; place < queue.length; place++) {
    const cell = queue[place] ?? start;
    const column = cell % columns;
    const row = Math.floor(cell / columns);
    for (const [dx, dy] of NEIGHBOURS) {
      if (column + dx < 0 || column + dx >= columns || row + dy < 0 || row + dy >= rows) continue;
      const next = cell + dx + dy * columns;
      const far = (dx && dy ? Math.SQRT2 : 1) * (((cost[cell] ?? 0) + (cost[next] ?? 0)) / 2);
      const reached = (best[cell] ?? 0) + far;
      if (reached >= (best[next] ?? 0) - 1e-9) continue;
      best[next] = reached;
      before[next] = cell;
      queue.push(next);
    }
  }
  const cells = [end];
  for (let cell = before[end] ?? -1; cell >= 0; cell = before[cell] ?? -1) cells.unshift(cell);
  return cells;
}

/** A thread along the way, pulled straight wherever that is no harder. */
function pulled(way: readonly Point[], costOf: (one: Point, other: Point) => number): Point[] {
  const along = way.slice(1).map((point, index) => costOf(way[index] ?? point, point));
  const kept = way.slice(0, 1);
  for (let at = 0; at < way.length - 1; ) {
    let furthest = at + 1;
    let sum = along[at] ?? 0;
    for (let next = at + 2; next < way.length; next++) {
      sum += along[next - 1] ?? 0;
      const [here, there] = [way[at], way[next]];
      if (here && there && costOf(here, there) <= sum * 1.02) furthest = next;
    }
    const point = way[furthest];
    if (point) kept.push(point);
    at = furthest;
  }
  return kept;
}

const BEND = 30;

/** Corners cut off a little, as somebody draws them. */
function rounded(points: readonly Point[]): Point[] {
  return points.flatMap((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (!before || !after) return [point];
    return [before, after].map((other) => {
      const length = Math.hypot(other.x - point.x, other.y - point.y);
      return between(point, other, Math.min(BEND / length, 0.4));
    });
  });
}

function between(one: Point, other: Point, share: number): Point {
  return { x: one.x + (other.x - one.x) * share, y: one.y + (other.y - one.y) * share };
}

function inSteps(points: readonly Point[]): Point[] {
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    if (!next) return [point];
    const parts = Math.max(1, Math.round(Math.hypot(next.x - point.x, next.y - point.y) / STEP));
    return Array.from({ length: parts }, (_, part) => between(point, next, part / parts));
  });
}
