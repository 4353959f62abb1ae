import {
  type InputHTMLAttributes,
  type ReactNode,
  type TextareaHTMLAttributes,
  useId,
  useState,
} from "react";
import { useLanguage, useT } from "~/i18n";
import { addDays, dayInWords, today } from "~/i18n/dates";
import { IconButton } from "./Button";
import { FilterPills } from "./Choices";
import { Icon } from "./Icon";

interface FieldProps {
  label: string;
  hint?: string;
  /** What is wrong and what to do, in the server's or the screen's words. */
  error?: string;
}

interface ControlIds {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

/** Label, hint and error around one control, tied together. */
export function Field({
  label,
  hint,
  error,
  children,
}: FieldProps & { children: (control: ControlIds) => ReactNode }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="tp-field">
      <label className="tp-label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <p className="tp-field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {error && (
        <p className="tp-field__error" id={`${id}-error`}>
          <Icon name="info" />
          {error}
        </p>
      )}
    </div>
  );
}

export function TextField({
  label,
  hint,
  error,
  ...input
}: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input type="text" className="utrecht-textbox utrecht-textbox--html-input" {...control} {...input} />
      )}
    </Field>
  );
}

/** A password that can be looked at, pasted and filled in by a password manager. */
export function PasswordField({
  label,
  hint,
  error,
  ...input
}: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const t = useT();
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <span className="tp-password">
          <input
            type={shown ? "text" : "password"}
            className="utrecht-textbox utrecht-textbox--html-input"
            autoComplete="current-password"
            {...control}
            {...input}
          />
          <IconButton
            icon={shown ? "eye-off" : "eye"}
            label={t(shown ? "ui.password.hide" : "ui.password.show")}
            onClick={() => setShown(!shown)}
          />
        </span>
      )}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  ...textarea
}: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <textarea className="utrecht-textarea utrecht-textarea--html-textarea" {...control} {...textarea} />
      )}
    </Field>
  );
}

/** Today, yesterday, or a day from the device's own calendar. `value` is an ISO date or empty. */
export function DateChoice({
  label,
  value,
  onChange,
  error,
}: {
  label: string;
  value: string;
  onChange: (day: string) => void;
  error?: string;
}) {
  const t = useT();
  const language = useLanguage();
  const now = today();
  const yesterday = addDays(now, -1);
  const other = value !== "" && value !== now && value !== yesterday;
  const [choosing, setChoosing] = useState(other);
  const selected = choosing
    ? "other"
    : value === now
      ? "today"
      : value === yesterday
        ? "yesterday"
        : other
          ? "other"
          : "";
  return (
    <div className="tp-field">
      <FilterPills
        label={label}
        showLabel
        value={selected}
        onChange={(choice) => {
          setChoosing(choice === "other");
          if (choice === "today") onChange(now);
          if (choice === "yesterday") onChange(yesterday);
        }}
        options={[
          { value: "today", label: t("ui.today") },
          { value: "yesterday", label: t("ui.yesterday") },
          { value: "other", label: other ? dayInWords(value, language, now) : t("ui.choose-day") },
        ]}
      />
      {(choosing || error) && (
        <TextField
          type="date"
          label={t("ui.day")}
          value={value}
          max={now}
          error={error}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </div>
  );
}
