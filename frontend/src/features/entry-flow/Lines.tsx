import { useT } from "~/i18n";
import { TextArea, TextField } from "~/ui";
import { LIMITS } from "./content";

type Props = { label: string; hint?: string; value: string | undefined; onChange: (value: string) => void };

/** One line of words. */
export function Line({ value, onChange, ...rest }: Props) {
  return (
    <TextField
      {...rest}
      value={value ?? ""}
      maxLength={LIMITS.line}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** A few sentences. What does not fit is told: pasting more would else lose the rest in silence. */
export function Paragraph({ value, onChange, max = LIMITS.paragraph, ...rest }: Props & { max?: number }) {
  const t = useT();
  return (
    <TextArea
      {...rest}
      value={value ?? ""}
      maxLength={max}
      error={value && value.length >= max ? t("flow.full", { max }) : undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

type DayProps = { label: string; value: string | null | undefined; onChange: (day: string | null) => void };

/** A day from the device's own calendar. */
export function Day({ value, onChange, ...rest }: DayProps) {
  return (
    <TextField
      {...rest}
      type="date"
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value || null)}
    />
  );
}
