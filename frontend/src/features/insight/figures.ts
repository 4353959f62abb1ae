import type { Figure } from "./useCounts";

export const LEVELS = ["po", "vmbo", "havo", "vwo", "mbo"] as const;
export type Level = (typeof LEVELS)[number];

/** At least so many pupils, and at least so often; 0 pupils is fewer than ten. */
export interface Told {
  pupils: number;
  times: number | null;
}

/** Levels of which there are figures, in the order of a school life. */
export function levelsIn(figures: readonly Figure[]): Level[] {
  return LEVELS.filter((level) => figures.some((figure) => figure.level === level));
}

/** What is told of this code, of one level or of all together: a sum of what is told, so it tells nothing more. */
export function toldOf(figures: readonly Figure[], code: string, level: Level | ""): Told | undefined {
  const found = figures.filter((figure) => figure.code === code && (level === "" || figure.level === level));
  if (found.length === 0) return undefined;
  const times = found.flatMap((figure) => (figure.times == null ? [] : [figure.times]));
  return {
    pupils: found.reduce((sum, { pupils }) => sum + pupils, 0),
    times: times.length > 0 ? times.reduce((sum, one) => sum + one, 0) : null,
  };
}
