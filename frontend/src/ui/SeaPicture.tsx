/** Drawn things of the sea on a 64 grid: each a list of outlines with the fill they have. */
const PICTURES = {
  anchor: [
    ["M32 6a5 5 0 1 1 0 10 5 5 0 0 1 0-10Z", "var(--tp-sun)"],
    ["M32 16v38M21 25h22M11 40c2 10 10 14 21 14s19-4 21-14", "none"],
  ],
  gull: [["M6 30c8-11 19-9 26 4 7-13 18-15 26-4-9-1-14 2-18 8l-8 9-8-9c-4-6-9-9-18-8Z", "#fff"]],
  fish: [
    ["M8 32c9-14 26-15 35-3l13-9v24l-13-9C34 47 17 46 8 32Z", "#f5a14a"],
    ["M19 29v.1", "none"],
  ],
  crab: [
    [
      "M18 29c-8-4-10-11-6-18l4 7 5-4c2 6 1 11-3 15ZM46 29c8-4 10-11 6-18l-4 7-5-4c-2 6-1 11 3 15Z",
      "#d9583b",
    ],
    ["M14 40c0-9 8-14 18-14s18 5 18 14-8 13-18 13-18-4-18-13Z", "#d9583b"],
    ["M26 36v.1M38 36v.1M16 49l-7 7M48 49l7 7", "none"],
  ],
  boat: [
    ["M34 10c9 7 13 15 13 26H34Z", "#8cc6cf"],
    ["M29 16 15 36h14Z", "#fff"],
    ["M32 42V8", "none"],
    ["M9 42h46l-8 13H17Z", "#4f9db5"],
  ],
  shell: [
    ["M32 55 10 31C12 18 21 10 32 10s20 8 22 21Z", "#f7c3ad"],
    ["M32 54V11M31 54 20 15M33 54 44 15", "none"],
  ],
  star: [["m32 7 8 16 17 2-13 12 4 18-16-9-16 9 4-18L7 25l17-2Z", "var(--tp-sun)"]],
  lighthouse: [
    ["M26 21h12l5 35H21Z", "#d9583b"],
    ["M25 32h15l1 10H23Z", "#fff"],
    ["M25 12h14v9H25ZM32 6v6", "var(--tp-sun)"],
  ],
  bucket: [
    ["M15 27c0-23 34-23 34 0", "none"],
    ["M13 27h38l-6 28H19Z", "#4f9db5"],
    ["M15 36h34l-2 8H17Z", "var(--tp-sun)"],
  ],
  kite: [
    ["m32 5 16 21-16 21-16-21Z", "#d9583b"],
    ["M32 5v42M16 26h32M32 47c-6 4 6 8 0 13", "none"],
  ],
  whale: [
    [
      "M7 39c1-17 34-19 41-1 5-1 7-5 7-11l-7-4 7-3c1-4 3-6 5-7-1 8 1 20-8 27-3 12-16 14-25 14S6 50 7 39Z",
      "#8cc6cf",
    ],
    ["M18 38v.1M22 16c0-5 3-8 7-8M22 16c0-5-3-8-7-8M22 16v6", "none"],
  ],
  parasol: [
    ["M8 34C10 18 20 10 32 10s22 8 24 24Z", "#5fa777"],
    ["M32 34v23M24 34c0-12 3-19 8-24 5 5 8 12 8 24", "none"],
  ],
} as const;

export type SeaPictureName = keyof typeof PICTURES;

const NAMES = Object.keys(PICTURES) as SeaPictureName[];

const OF_FIGURES = [
  "anchor",
  "gull",
  "fish",
  "crab",
  "boat",
  "shell",
  "star",
  "lighthouse",
  "bucket",
  "kite",
] as const;

/** One for each figure (0–9): some remember a row of pictures better. */
export function pictureOfFigure(figure: number): (typeof OF_FIGURES)[number] {
  return OF_FIGURES[figure % 10] ?? OF_FIGURES[0];
}

/** The own picture of a person, the same every time; a name always stands beside it. */
export function pictureOf(id: string): SeaPictureName {
  let sum = 0;
  for (const sign of id) sum = (sum * 31 + sign.charCodeAt(0)) >>> 0;
  return NAMES[sum % NAMES.length] ?? "anchor";
}

/** A drawing without a meaning of its own. */
export function SeaPicture({ name }: { name: SeaPictureName }) {
  return (
    <svg className="tp-sea-picture" viewBox="0 0 64 64" aria-hidden="true">
      {PICTURES[name].map(([outline, fill]) => (
        <path key={outline} d={outline} fill={fill} />
      ))}
    </svg>
  );
}
