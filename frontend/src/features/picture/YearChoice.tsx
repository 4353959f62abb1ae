import { useT } from "~/i18n";
import { Field, FilterPills } from "~/ui";
import { useMedia } from "./useMedia";

interface YearChoiceProps {
  label: string;
  showLabel?: boolean;
  options: readonly { value: string; label: string }[];
  /** Empty: none is chosen yet. */
  value: string;
  onChange: (value: string) => void;
}

const FEW = 7;

/** One of the school years: pills, or where many would fill a phone, a list that folds. */
export function YearChoice({ label, showLabel, options, value, onChange }: YearChoiceProps) {
  const t = useT();
  const narrow = useMedia("(max-width: 47.99rem)");
  if (!narrow || options.length <= FEW) {
    return (
      <FilterPills label={label} showLabel={showLabel} options={options} value={value} onChange={onChange} />
    );
  }
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          className="utrecht-textbox utrecht-textbox--html-input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {value === "" && <option value="">{t("picture.pickYear")}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
