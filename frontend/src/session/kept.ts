import type { Me } from "./index";

const KEY = "who";
/** What of the server stays at hand for who is kept here. */
export const AT_HAND = "at-hand";

/**
 * Keeps who is signed in, on a device of one's own, so that loading the app anew in a dead spot finds the way back to
 * what one was writing. `null` forgets it.
 */
export function keepWho(me: Me | null): void {
  if (me?.id !== keptWho()?.id) localStorage.removeItem(AT_HAND);
  if (me?.device === "own") localStorage.setItem(KEY, JSON.stringify(me));
  else localStorage.removeItem(KEY);
}

/** Who was signed in here when there was a network. */
export function keptWho(): Me | null {
  return JSON.parse(localStorage.getItem(KEY) ?? "null");
}
