import { type FormEvent, useRef, useState } from "react";
import { useT } from "~/i18n";
import { today as now } from "~/i18n/dates";
import type { StepContent } from "~/offline";
import { Button, FilterPills, QuietButton, TextField } from "~/ui";
import { dueOf, nextSeason, remindOf, type When, whenOf } from "./when";

interface StepFormProps {
  /** What stands there before: of a step that is changed, or a start. */
  before?: Pick<StepContent, "text" | "dueOn">;
  entryId?: string | null;
  label: string;
  keep: string;
  busy?: boolean;
  problem?: string;
  onKeep: (content: StepContent) => void;
  onCancel?: () => void;
}

/** What you want to do, and when; a day is optional. */
export function StepForm({
  before,
  entryId = null,
  label,
  keep,
  busy,
  problem,
  onKeep,
  onCancel,
}: StepFormProps) {
  const t = useT();
  const today = now();
  const season = nextSeason(today);
  const [text, setText] = useState(before?.text ?? "");
  const [when, setWhen] = useState<When>(() => whenOf(before?.dueOn ?? null, today));
  const [picked, setPicked] = useState(before?.dueOn ?? "");
  const [missing, setMissing] = useState<"text" | "day">();
  // The second of two quick taps finds an empty field: that is no reason to ask for words.
  const justKept = useRef(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") {
      if (!justKept.current) setMissing("text");
      return;
    }
    if (when === "day" && picked === "") return setMissing("day");
    const dueOn = dueOf(when, picked, today);
    setMissing(undefined);
    onKeep({ text: text.trim(), dueOn, remindOn: remindOf(when, dueOn, today), entryId });
    if (!before) {
      justKept.current = true;
      setText("");
      setWhen("none");
      setPicked("");
    }
  };
  return (
    <form className="tp-stack" onSubmit={submit} noValidate>
      <TextField
        label={label}
        hint={t("steps.textHint")}
        value={text}
        maxLength={200}
        autoComplete="off"
        onChange={({ target }) => {
          justKept.current = false;
          setText(target.value);
        }}
        error={missing === "text" ? t("steps.needsText") : problem}
      />
      {text.trim() !== "" && (
        <div className="tp-field">
          <FilterPills
            label={t("steps.when")}
            showLabel
            value={when}
            onChange={setWhen}
            options={[
              { value: "none", label: t("steps.when.none") },
              { value: "week", label: t("steps.when.week") },
              { value: "season", label: t(`steps.when.${season.name}`) },
              { value: "day", label: t("steps.when.day") },
            ]}
          />
        </div>
      )}
      {when === "day" && (
        <TextField
          type="date"
          label={t("ui.day")}
          value={picked}
          min={today}
          onChange={({ target }) => setPicked(target.value)}
          error={missing === "day" ? t("steps.needsDay") : undefined}
        />
      )}
      <div className="tp-row">
        <Button type="submit" busy={busy} look={onCancel ? "primary" : "secondary"}>
          {keep}
        </Button>
        {onCancel && <QuietButton onClick={onCancel}>{t("ui.cancel")}</QuietButton>}
      </div>
    </form>
  );
}
