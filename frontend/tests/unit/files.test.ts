import { describe, expect, it } from "vitest";
import { within } from "~/features/entry-flow/lighter";
import { type Sample, secondsLeft, withSample } from "~/ui/useTimeLeft";

describe("a photo on mobile data", () => {
  it("stays what it is up to 12 million pixels", () => {
    expect(within(4000, 3000)).toEqual({ width: 4000, height: 3000 });
  });
  it("keeps its shape when it is made smaller", () => {
    const { width, height } = within(9000, 12_000);
    expect(width * height).toBeLessThanOrEqual(12_000_000);
    expect(width * height).toBeGreaterThan(11_900_000);
    expect(width / height).toBeCloseTo(0.75, 2);
  });
});

describe("the time that an upload still takes", () => {
  const at = (...sent: number[]) =>
    sent.reduce<Sample[]>(
      (samples, bytes, second) => withSample(samples, { at: second * 1000, sent: bytes }),
      [],
    );
  it("is not said in the first seconds", () => {
    expect(secondsLeft(at(0, 100), 1000)).toBeNull();
  });
  it("follows the pace of the last quarter of a minute", () => {
    expect(secondsLeft(at(0, 100, 200, 300), 1000)).toBeCloseTo(7);
    const slower = at(
      ...Array.from({ length: 30 }, (_, second) => (second < 10 ? second * 100 : 900 + second)),
    );
    expect(secondsLeft(slower, 1929)).toBeCloseTo(1000);
  });
  it("is not said when nothing moves", () => {
    expect(secondsLeft(at(500, 500, 500, 500), 1000)).toBeNull();
  });
});
