import { useT } from "~/i18n";
import { type EntryState, type Kind, type Ring, type Tone, WORK_FIELDS, type WorkField } from "./codes";
import { Icon } from "./Icon";
import type { IconName } from "./icons";

export function KindLabel({ kind }: { kind: Kind }) {
  const t = useT();
  return (
    <span className="tp-kind" data-kind={kind}>
      <Icon name={kind} />
      {t(`kind.${kind}`)}
    </span>
  );
}

/** The kind as a round mark on the route; the word stands on the card. */
export function Mark({ kind }: { kind: Kind }) {
  return (
    <span className="tp-mark" data-kind={kind} aria-hidden="true">
      <Icon name={kind} />
    </span>
  );
}

export function WorkFieldChip({ field }: { field: WorkField }) {
  const t = useT();
  return (
    <span className="tp-chip" data-field={field}>
      {t(`field.${field}`)}
    </span>
  );
}

/** A plain chip with a sign, such as the flag of a boundary experience. */
export function Chip({ icon, tone, children }: { icon?: IconName; tone?: Tone; children: string }) {
  return (
    <span className="tp-chip" data-state={tone}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

/** The contours of who sees it: only the pupil, school, home, outside. */
export function RingsSign({ ring }: { ring: Ring }) {
  return (
    <svg viewBox="0 0 30 30" aria-hidden="true">
      <circle cx="15" cy="15" r="3" fill="var(--tp-ink)" />
      {[1, 2, 3].map((step) => (
        <circle
          key={step}
          cx="15"
          cy="15"
          r={3 + step * 3.5}
          fill="none"
          stroke={step <= ring ? "var(--tp-ink)" : "#8b968f"}
          strokeWidth={step <= ring ? 2.2 : 1.3}
          strokeDasharray={step <= ring ? undefined : "2 3"}
        />
      ))}
    </svg>
  );
}

/** "Wie ziet dit?" in a sign and words. `own` speaks to the pupil, else about the pupil. */
export function Rings({ ring, own = true }: { ring: Ring; own?: boolean }) {
  const t = useT();
  return (
    <span className="tp-rings">
      <RingsSign ring={ring} />
      <span>{own ? t(`ring.${ring}`) : t(`ring.other.${ring}`)}</span>
    </span>
  );
}

const STATES: Record<EntryState, { icon: IconName; tone?: Tone }> = {
  draft: { icon: "pencil" },
  shared: { icon: "check", tone: "info" },
  asked_back: { icon: "ask-back", tone: "wait" },
  seen: { icon: "eye", tone: "ok" },
  archived: { icon: "archive" },
  trashed: { icon: "trash" },
};

export function StateBadge({ state }: { state: EntryState }) {
  const t = useT();
  const { icon, tone } = STATES[state];
  return (
    <span className="tp-state" data-state={tone}>
      <Icon name={icon} />
      {t(`state.${state}`)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean);
  const first = words[0]?.[0] ?? "";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}

/** One of twelve tints, the same for a person every time. */
function tint(id: string): WorkField {
  let sum = 0;
  for (const sign of id) sum = (sum * 31 + sign.charCodeAt(0)) >>> 0;
  return WORK_FIELDS[sum % WORK_FIELDS.length] ?? "groen";
}

/** Initials on a pebble, beside the name in words. No photos of children in lists. */
export function Avatar({ id, name, large = false }: { id: string; name: string; large?: boolean }) {
  return (
    <span
      className={large ? "tp-avatar tp-avatar--large" : "tp-avatar"}
      data-field={tint(id)}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}
