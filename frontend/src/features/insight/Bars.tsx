import type { CSSProperties } from "react";

export interface Bar {
  name: string;
  value: number;
  /** What stands at its end. */
  words: string;
  /** Of so many; drawn as the room that is left. */
  whole?: number;
  field?: string;
}

/** Bars in the order of the screens, never by length. The table beside them says the same, so readers are spared them. */
export function Bars({ bars }: { bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ value, whole }) => whole ?? value));
  return (
    <div className="insight__bars" aria-hidden="true">
      {bars.map(({ name, value, words, whole, field }) => (
        <div key={name} className="insight__bar" data-field={field}>
          <span className="insight__name">{name}</span>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none">
            <title>{name}</title>
            {whole !== undefined && (
              <rect className="insight__whole" width={(100 * whole) / most} height="10" rx="0.6" />
            )}
            <rect className="insight__part" width={(100 * value) / most} height="10" rx="0.6" />
            {value === 0 && <path className="insight__few" d="M0.500 1v8" style={DOTTED} />}
          </svg>
          <span className="insight__words">{words}</span>
        </div>
      ))}
    </div>
  );
}

const DOTTED: CSSProperties = { vectorEffect: "non-scaling-stroke" };
