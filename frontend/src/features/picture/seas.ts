/** Where the twelve islands lie, in the order of the work fields, and how large they are drawn. */
export interface Sea {
  width: number;
  height: number;
  places: readonly (readonly [number, number])[];
  seen: readonly [number, number];
  open: readonly [number, number];
}

export const WIDE: Sea = {
  width: 820,
  height: 616,
  places: [
    [712, 488],
    [112, 98],
    [304, 494],
    [704, 282],
    [510, 486],
    [512, 302],
    [314, 286],
    [318, 92],
    [106, 486],
    [514, 106],
    [710, 94],
    [108, 292],
  ],
  seen: [82, 58],
  open: [58, 38],
};

export const TALL: Sea = {
  width: 360,
  height: 762,
  places: [
    [298, 618],
    [62, 70],
    [62, 615],
    [300, 252],
    [180, 664],
    [298, 436],
    [182, 304],
    [62, 250],
    [62, 430],
    [180, 120],
    [298, 74],
    [178, 484],
  ],
  seen: [46, 42],
  open: [48, 36],
};

/** Small waves, as parts of width and height; they mean nothing. */
export const WAVES = [
  [0.36, 0.06],
  [0.82, 0.16],
  [0.56, 0.3],
  [0.04, 0.36],
  [0.76, 0.56],
  [0.3, 0.62],
  [0.06, 0.86],
  [0.44, 0.7],
  [0.86, 0.94],
  [0.24, 0.95],
] as const;
