import { DIRECTIONAL, ICONS, type IconName } from "./icons";

/** A sign beside a word; never the only carrier of a meaning, so hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className={DIRECTIONAL.has(name) ? "tp-icon tp-icon--flip" : "tp-icon"}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={ICONS[name]} />
    </svg>
  );
}
