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

/** A few sentences. */
export function Paragraph({ value, onChange, max = LIMITS.paragraph, ...rest }: Props & { max?: number }) {
  return (
    <TextArea
      {...rest}
      value={value ?? ""}
      maxLength={max}
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
