/// <reference lib="webworker" />

import { ExpirationPlugin } from "workbox-expiration";
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";
import { ApiProblem, api, body } from "~/api/client";
import { alone, personOf } from "~/offline/background";
import { putFromWorker, sendEntry, sendStep, uploadGate } from "~/offline/gate";
import { sendDrafts } from "~/offline/outbox";
import { sendSteps } from "~/offline/steps";
import { UploadQueue } from "~/offline/uploads";

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

/** The browser found network for what waited. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

// The app itself, so that it opens in a dead spot; what the API says is never kept here.
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: [/^\/v1\//] }));

// A language and its letters, once somebody reads them; their names change with what is in them.
registerRoute(
  ({ url }) =>
    url.origin === location.origin && /^\/assets\/(catalogue-.*\.js|.*\.woff2)$/.test(url.pathname),
  new CacheFirst({ cacheName: "languages", plugins: [new ExpirationPlugin({ maxEntries: 24 })] }),
);

self.addEventListener("message", ({ data }) => {
  if (data?.type === "SKIP_WAITING") void self.skipWaiting();
});

self.addEventListener("sync", (event) => {
  const { tag, waitUntil } = event as SyncEvent;
  const personId = personOf(tag);
  if (personId) waitUntil.call(event, travel(personId));
});

/** Sends what waits, once no open tab does. Throws where the browser should wake us again. */
async function travel(personId: string): Promise<void> {
  // Somebody else may be signed in by now, on a device of the school.
  if ((await signedIn()) !== personId) return;
  const drafts = () => alone("drafts", personId, () => sendDrafts(personId, sendEntry));
  await drafts();
  await alone("steps", personId, () => sendSteps(personId, sendStep));
  const uploads = new UploadQueue(personId, uploadGate(personId, putFromWorker, drafts));
  await alone("files", personId, () => uploads.run());
}

async function signedIn(): Promise<string | null> {
  try {
    return (await body(api.GET("/v1/me"))).id;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}
