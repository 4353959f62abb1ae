import { type ReactNode, type SelectHTMLAttributes, useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { addDays, dayInWords, schoolYearOf, today } from "~/i18n/dates";
import { Button, Dialog, Field, FilterPills, Note, TextField } from "~/ui";
import { problemText } from "./useAdmin";

/** A few fields in a dialog; Enter sends them, and what the server does not take is said beside it. */
export function FormDialog({
  title,
  open,
  onClose,
  onSend,
  send,
  busy,
  error,
  children,
}: {
  title: string;
  open: boolean;
  onClose: () => void;
  onSend: () => void;
  /** The word on the button: a verb. */
  send: string;
  busy: boolean;
  error: unknown;
  children: ReactNode;
}) {
  const t = useT();
  const said = error ? (problemText(error) ?? t("admin.look")) : undefined;
  return (
    <Dialog title={title} open={open} onClose={onClose}>
      <form
        className="tp-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onSend();
        }}
      >
        {children}
        <div role="alert">
          {said && (
            <Note tone="wait">
              <p>{said}</p>
            </Note>
          )}
        </div>
        <Button type="submit" wide busy={busy}>
          {send}
        </Button>
        <Button look="secondary" wide onClick={onClose}>
          {t("ui.cancel")}
        </Button>
      </form>
    </Dialog>
  );
}

type DayName = "today" | "tomorrow" | "yesterday" | "yearEnd" | "nextYear" | "other";

function dayOfName(name: DayName, now: string): string {
  const year = schoolYearOf(now);
  if (name === "tomorrow") return addDays(now, 1);
  if (name === "yesterday") return addDays(now, -1);
  if (name === "yearEnd") return `${year + 1}-07-31`;
  if (name === "nextYear") return `${year + 1}-08-01`;
  return now;
}

/** A day as people say it, or one from the calendar. */
export function DayChoice({
  label,
  hint,
  names,
  value,
  onChange,
  error,
}: {
  label: string;
  hint?: string;
  names: readonly Exclude<DayName, "other">[];
  value: string;
  onChange: (day: string) => void;
  error?: string;
}) {
  const t = useT();
  const language = useLanguage();
  const now = today();
  const named = names.find((name) => dayOfName(name, now) === value);
  const [other, setOther] = useState(named === undefined);
  return (
    <div className="tp-field">
      <FilterPills<DayName>
        label={label}
        showLabel
        value={other ? "other" : (named ?? "other")}
        onChange={(name) => {
          setOther(name === "other");
          if (name !== "other") onChange(dayOfName(name, now));
        }}
        options={[
          ...names.map((name) => ({ value: name as DayName, label: t(`admin.day.${name}`) })),
          { value: "other", label: t("ui.choose-day") },
        ]}
      />
      {(other || error) && (
        <TextField
          type="date"
          label={t("ui.day")}
          value={value}
          error={error}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      <p className="tp-field__hint">
        {[value && dayInWords(value, language), hint].filter(Boolean).join(". ")}
      </p>
    </div>
  );
}

/** One of a list that is too long for pills. */
export function Select({
  label,
  hint,
  error,
  options,
  ...select
}: {
  label: string;
  hint?: string;
  error?: string;
  options: readonly { value: string; label: string }[];
} & SelectHTMLAttributes<HTMLSelectElement>) {
  const t = useT();
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select
          className="utrecht-textbox utrecht-textbox--html-input admin__select"
          {...control}
          {...select}
        >
          <option value="">{t("admin.choose")}</option>
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

/** A block of facts with a heading, and what can be done with it below. */
export function Block({
  id,
  title,
  children,
  actions,
}: {
  id: string;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <section className="tp-sheet tp-stack admin__block" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
      {actions && <div className="tp-row">{actions}</div>}
    </section>
  );
}
