import { describe, expect, it } from "vitest";
import { type Point, route, type Spot } from "~/features/picture/coast";
import { sail } from "~/features/picture/sailing";
import { type Sea, TALL, WIDE } from "~/features/picture/seas";

/** Islands in this order were seen, the others not; the same numbers give the same order. */
function shuffled(seed: number): number[] {
  const order = Array.from({ length: 12 }, (_, index) => index);
  let chance = seed * 7919 + 1;
  for (let last = order.length - 1; last > 0; last--) {
    chance = (chance * 16807) % 2147483647;
    const other = chance % (last + 1);
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

function waters(sea: Sea, seen: readonly number[]) {
  const landmarks = sea.places.map(([x, y], index) => {
    const isSeen = seen.includes(index);
    const [rx, ry] = isSeen ? sea.seen : sea.open;
    const spot: Spot = { x, y, rx, ry };
    const name = { x, y: isSeen ? y + ry * 1.1 + 18 : y, width: 90, height: 40 };
    return { spot, seen: isSeen, name };
  });
  return { width: sea.width, height: sea.height, landmarks };
}

/** Points along the curve as it is drawn. */
function drawn(points: readonly Point[]): Point[] {
  const numbers = (text: string) => text.trim().split(/[ ,]+/u).map(Number);
  const [start = "", ...curves] = route(points).slice(1).split("C");
  let [fromX = 0, fromY = 0] = numbers(start);
  return curves.flatMap((curve) => {
    const [ax = 0, ay = 0, bx = 0, by = 0, x = 0, y = 0] = numbers(curve);
    const here = Array.from({ length: 8 }, (_, step) => {
      const s = (step + 1) / 8;
      const at = (p: number, a: number, b: number, q: number) =>
        (1 - s) ** 3 * p + 3 * (1 - s) ** 2 * s * a + 3 * (1 - s) * s ** 2 * b + s ** 3 * q;
      return { x: at(fromX, ax, bx, x), y: at(fromY, ay, by, y) };
    });
    [fromX, fromY] = [x, y];
    return here;
  });
}

const isInside = ({ x, y, rx, ry }: Spot, point: Point) =>
  ((point.x - x) / rx) ** 2 + ((point.y - y) / ry) ** 2 < 1;

describe.each([
  ["on a phone", TALL],
  ["on a desk", WIDE],
])("the route %s", (_, sea) => {
  it.each([2, 3, 6, 8, 11])("goes around what was not seen, with %i islands seen", (count) => {
    for (let seed = 0; seed < 30; seed++) {
      const seen = shuffled(seed).slice(0, count);
      const around = waters(sea, seen);
      const line = drawn(sail(seen, around).flat());
      const crossed = around.landmarks.findIndex(
        ({ spot, seen: isSeen }) => !isSeen && line.some((point) => isInside(spot, point)),
      );
      expect({ seed, crossed }).toEqual({ seed, crossed: -1 });
    }
  });

  it("calls at every island that was seen, in order, and stays on the chart", () => {
    const seen = shuffled(5);
    const around = waters(sea, seen);
    const points = sail(seen, around).flat();
    const calls = seen.map((index) => {
      const { spot } = around.landmarks[index] ?? { spot: { x: -1, y: -1 } };
      return points.findIndex(({ x, y }) => x === spot.x && y === spot.y);
    });
    expect(calls).toEqual([...calls].sort((a, b) => a - b));
    expect(calls).not.toContain(-1);
    for (const { x, y } of drawn(points)) {
      expect(x > 0 && x < sea.width && y > 0 && y < sea.height).toBe(true);
    }
  });

  it("is nothing without islands, and a point with one", () => {
    expect(sail([], waters(sea, []))).toEqual([]);
    expect(sail([3], waters(sea, [3]))).toHaveLength(1);
  });
});
