import type { ReactNode } from "react";

/** The contours of an island off the edge of the page. */
const CONTOURS = [
  "M391 60C391 67 387 76 381 81C375 87 365 90 356 93C348 97 338 102 330 101C322 101 313 94 306 90C299 86 293 83 288 78C282 73 276 67 274 60C272 53 271 43 275 37C279 30 290 22 299 21C308 19 321 26 330 28C339 30 346 28 354 30C361 32 370 36 376 40C383 45 390 53 391 60Z",
  "M438 60C439 72 431 88 421 98C411 108 392 113 377 119C362 125 345 135 330 134C315 133 301 120 288 113C275 106 264 101 255 92C245 83 234 72 230 60C226 48 224 30 232 19C239 7 258 -7 275 -10C291 -12 314 0 330 3C346 6 358 3 372 7C386 10 402 16 413 25C424 34 437 48 438 60Z",
  "M491 60C493 78 481 102 465 117C450 132 422 139 400 148C377 157 352 171 330 170C308 168 286 149 267 139C249 129 232 120 218 107C203 94 187 78 182 60C176 42 173 16 184 -2C195 -19 223 -40 248 -44C272 -48 306 -29 330 -25C354 -21 372 -25 393 -19C413 -14 437 -5 453 8C469 21 488 42 491 60Z",
  "M548 60C551 85 535 118 514 138C494 158 456 168 425 180C394 192 360 211 330 209C300 207 270 182 245 167C219 153 197 142 177 124C158 106 136 85 128 60C120 35 116 -0 131 -24C146 -47 185 -76 218 -81C251 -86 297 -61 330 -55C363 -50 387 -55 415 -48C443 -40 475 -28 497 -10C520 8 546 35 548 60Z",
  "M612 60C615 92 594 134 568 160C541 186 492 199 453 215C413 230 369 255 330 252C291 250 253 217 220 198C187 180 158 166 133 143C108 120 79 92 70 60C60 28 54 -18 74 -48C93 -78 143 -115 186 -122C229 -129 288 -96 330 -89C372 -82 404 -89 440 -79C476 -69 517 -54 546 -31C574 -8 608 28 612 60Z",
];

/** Head of a page: the sea with its contours, and the dune where the paper begins. */
export function Hero({ children }: { children: ReactNode }) {
  return (
    <div className="tp-hero">
      <svg
        className="tp-hero__lines"
        viewBox="0 0 390 300"
        preserveAspectRatio="xMaxYMin slice"
        aria-hidden="true"
      >
        {CONTOURS.map((contour) => (
          <path key={contour} d={contour} fill="none" stroke="currentColor" strokeWidth="2" />
        ))}
      </svg>
      <div className="tp-hero__content">{children}</div>
      <svg className="tp-hero__dune" viewBox="0 0 390 36" preserveAspectRatio="none" aria-hidden="true">
        <path d="M0 36V21C46 5 92 5 142 16s88 13 138 2 82-7 110 1v17Z" fill="currentColor" />
      </svg>
    </div>
  );
}
