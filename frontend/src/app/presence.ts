const MINUTE_MS = 60_000;

/** On a shared device: when to ask whether it is still the same person, and when to sign out. */
export const ASK_AFTER_MS = 8.5 * MINUTE_MS;
export const END_AFTER_MS = 10 * MINUTE_MS;

/** How long a session may go without the server hearing of someone who is busy here. */
const TOUCH_AFTER_MS = 4 * MINUTE_MS;

export type Presence = "here" | "asked" | "gone";

/** How things stand at `now`, with the last sign of life at `lastActive` (both in ms since 1970). */
export function presenceAt(now: number, lastActive: number): Presence {
  const quiet = now - lastActive;
  if (quiet >= END_AFTER_MS) return "gone";
  return quiet >= ASK_AFTER_MS ? "asked" : "here";
}

/** Whether the server should hear of someone who only reads or types. */
export function needsTouch(now: number, lastActive: number, lastTouch: number): boolean {
  return lastActive > lastTouch && now - lastTouch >= TOUCH_AFTER_MS;
}
