import { useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { hoursInFigures } from "~/i18n/dates";
import { Field, IconButton } from "~/ui";
import { hoursOfDay } from "./hours";

const STEP = 0.5;

type Props = {
  hours: number | null | undefined;
  /** How many still fit on this day. */
  most: number;
  /** Where "more" begins on an empty day: as many as on the day before. */
  usual: number;
  onChange: (hours: number | null) => void;
};

/** Hours of a day: by half hours with a thumb, or typed. */
export function HoursStepper({ hours, most, usual, onChange }: Props) {
  const t = useT();
  const language = useLanguage();
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && typed.trim() !== "" && hoursOfDay(typed, most) === null;
  const step = (to: number) => {
    setTyped(null);
    onChange(to > 0 ? Math.min(to, most) : null);
  };
  return (
    <Field label={t("flow.logHours")} error={wrong ? t("flow.logHoursWrong") : undefined}>
      {(control) => (
        <div className="flow__hours">
          <IconButton
            icon="minus"
            label={t("flow.logLess")}
            onClick={() => hours && step(hours - STEP)}
            aria-disabled={!hours}
          />
          <input
            type="text"
            inputMode="decimal"
            autoComplete="off"
            className="utrecht-textbox utrecht-textbox--html-input"
            {...control}
            maxLength={5}
            value={typed ?? (hours ? hoursInFigures(hours, language) : "")}
            onChange={({ target }) => {
              setTyped(target.value);
              onChange(hoursOfDay(target.value, most));
            }}
            onBlur={() => !wrong && setTyped(null)}
          />
          <IconButton
            icon="plus"
            label={t("flow.logMore")}
            onClick={() => step(hours ? hours + STEP : usual)}
            aria-disabled={(hours ?? 0) >= most}
          />
        </div>
      )}
    </Field>
  );
}
