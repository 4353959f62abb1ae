/** The words that wait on this device, the files, or the pupil's small steps. */
export type Traffic = "drafts" | "files" | "steps";

const TAG = "sync:";

/** Runs `work` in one tab, or the service worker, at a time; the next one waits, and goes on where this one ended. */
export function alone(traffic: Traffic, personId: string, work: () => Promise<void>): Promise<void> {
  return navigator.locks.request(`${traffic}:${personId}`, work);
}

/**
 * Asks the browser to wake the service worker for what waits of this person, also after the app is closed: as soon as
 * there is network. Not every browser has it; there it goes on when the app is opened.
 */
export async function workInBackground(personId: string): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (!registration || !("sync" in registration)) return;
  const { sync } = registration as ServiceWorkerRegistration & {
    sync: { register(tag: string): Promise<void> };
  };
  // A person may have switched it off, and then it is as in other browsers.
  await sync.register(TAG + personId).catch(() => {});
}

/** Whose traffic a wake-up is about. */
export function personOf(tag: string): string | null {
  return tag.startsWith(TAG) ? tag.slice(TAG.length) : null;
}
