/** Words of a talk that are not at school yet: kept on this device for one person, gone with that person. */

const PREFIX = "words";

const keyOf = (personId: string, what: string) => `${PREFIX} ${personId} ${what}`;

/** What was kept of this; null where there is nothing, or nothing to read. */
export function readKeptWords<Content>(
  personId: string,
  what: string,
): { content: Content; version: number } | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(personId, what)) ?? "null");
  } catch {
    return null;
  }
}

/** Keeps words until they are at school; null removes them. A full device keeps them on the screen only. */
export function keepWords(personId: string, what: string, words: unknown): void {
  const key = keyOf(personId, what);
  try {
    if (words === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(words));
  } catch {
    // They are still on the screen, and on their way.
  }
}

/** All words of this person leave the device. */
export function forgetWords(personId: string): void {
  // The service worker has none.
  if (!globalThis.localStorage) return;
  for (const key of Object.keys(localStorage))
    if (key.startsWith(`${PREFIX} ${personId} `)) localStorage.removeItem(key);
}
