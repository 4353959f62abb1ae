import { type ReactNode, useId } from "react";
import { useT } from "~/i18n";
import { FEELINGS, type Feeling, WORK_FIELDS, type WorkField } from "./codes";

interface Option<T extends string> {
  value: T;
  label: string;
  hint?: string;
  /** A sign before the word. */
  sign?: ReactNode;
}

interface ChoiceGridProps<T extends string> {
  label: string;
  hideLabel?: boolean;
  options: readonly Option<T>[];
  value: T | undefined;
  onChange: (value: T) => void;
  /** One under the other, for options with a hint. */
  list?: boolean;
}

/** One of a few, each with a sign and words. */
export function ChoiceGrid<T extends string>({
  label,
  hideLabel,
  options,
  value,
  onChange,
  list,
}: ChoiceGridProps<T>) {
  const name = useId();
  return (
    <fieldset className="tp-field">
      <legend className={hideLabel ? "tp-hidden" : "tp-label"} style={{ marginBlockEnd: "var(--tp-2)" }}>
        {label}
      </legend>
      <div className={list ? "tp-choice tp-choice--list" : "tp-choice"}>
        {options.map((option) => (
          <label key={option.value} className="tp-choice__option">
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.sign}
            <span>
              {option.label}
              {option.hint && <span className="tp-choice__hint">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface FilterPillsProps<T extends string> {
  label: string;
  showLabel?: boolean;
  options: readonly (Option<T> & { count?: number })[];
  value: T | "";
  onChange: (value: T) => void;
}

/** Pills that filter or pick; pressed is said as well as shown. */
export function FilterPills<T extends string>({
  label,
  showLabel,
  options,
  value,
  onChange,
}: FilterPillsProps<T>) {
  const id = useId();
  return (
    <>
      <span className={showLabel ? "tp-label" : "tp-hidden"} id={id}>
        {label}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form where there is none */}
      <div className="tp-filter" role="group" aria-labelledby={id}>
        {options.map((option) => (
          <button
            key={option.value}
            type="button"
            className="tp-filter__pill"
            aria-pressed={option.value === value}
            onClick={() => onChange(option.value)}
          >
            {option.sign}
            <span>
              {option.label}
              {option.count !== undefined && <span className="tp-filter__count"> {option.count}</span>}
            </span>
          </button>
        ))}
      </div>
    </>
  );
}

/** Work fields by name and island colour; more than one may be picked, up to `max`. */
export function WorkFieldPicks({
  label,
  value,
  onChange,
  fields = WORK_FIELDS,
  max = 5,
}: {
  label: string;
  value: readonly WorkField[];
  onChange: (value: WorkField[]) => void;
  fields?: readonly WorkField[];
  max?: number;
}) {
  const t = useT();
  return (
    <fieldset className="tp-field">
      <legend className="tp-label" style={{ marginBlockEnd: "var(--tp-2)" }}>
        {label}
      </legend>
      <div className="tp-picks">
        {fields.map((field) => {
          const picked = value.includes(field);
          return (
            <label key={field} className="tp-pick" data-field={field}>
              <input
                type="checkbox"
                checked={picked}
                disabled={!picked && value.length >= max}
                onChange={() =>
                  onChange(picked ? value.filter((other) => other !== field) : [...value, field])
                }
              />
              {t(`field.${field}`)}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

const MOUTHS: Record<Feeling, string> = {
  not_nice: "M15 35c5-7 13-7 18 0",
  meh: "M16 33c5-3 11-3 16 0",
  okay: "M16 32h16",
  nice: "M16 30c5 4.500 11 4.500 16 0",
  very_nice: "M14 28c4 10.500 16 10.500 20 0Z",
};

/** One face; its word stands beside it. */
export function FeelingFace({ feeling }: { feeling: Feeling }) {
  return (
    <svg className="tp-face" viewBox="0 0 48 48" aria-hidden="true">
      <path d="M24 3c13 0 21 8.200 21 21s-8.200 21-21 21S3 36.800 3 24 11 3 24 3Z" />
      <path d="M17 18v2M31 18v2" strokeWidth="4" />
      <path d={MOUTHS[feeling]} fill={feeling === "very_nice" ? "#fff" : "none"} />
    </svg>
  );
}

/** Five faces with words; the pupil's own feeling, never added up. */
export function Faces({
  label,
  value,
  onChange,
  wordOf,
}: {
  label: string;
  value: Feeling | null;
  onChange: (value: Feeling) => void;
  /** Other words than those of how it was. */
  wordOf?: (feeling: Feeling) => string;
}) {
  const t = useT();
  const name = useId();
  return (
    <fieldset>
      <legend className="tp-label" style={{ marginBlockEnd: "var(--tp-2)" }}>
        {label}
      </legend>
      <div className="tp-faces">
        {FEELINGS.map((feeling) => (
          <label key={feeling}>
            <input type="radio" name={name} checked={feeling === value} onChange={() => onChange(feeling)} />
            <FeelingFace feeling={feeling} />
            <span>{wordOf ? wordOf(feeling) : t(`feeling.${feeling}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
