import { api, body } from "~/api/client";
import { ApiProblem } from "~/api/problem";
import { readDraft } from "./drafts";
import type { SendEntry } from "./outbox";
import type { SendStep } from "./steps";
import type { UploadGate } from "./uploads";

/** Sends an entry under the id made here. */
export const sendEntry: SendEntry = async (entryId, content, version) => {
  const receipt = await body(
    api.PUT("/v1/entries/{entry_id}", {
      params: { path: { entry_id: entryId }, header: version === null ? {} : { "if-match": `"${version}"` } },
      body: content,
    }),
  );
  return receipt.version;
};

/** Sends a step: first its words, under the id made here, then where it stands. */
export const sendStep: SendStep = async (id, { content, state }, version) => {
  const header = (known: number | null) => (known === null ? {} : { "if-match": `"${known}"` });
  const path = { step_id: id };
  let known = version;
  if (content) {
    const params = { path, header: header(known) };
    const receipt = await body(api.PUT("/v1/me/steps/{step_id}", { params, body: content }));
    if (!state) return receipt;
    known = receipt.version;
  }
  const params = { path, header: header(known) };
  return body(api.PUT("/v1/me/steps/{step_id}/state", { params, body: { state: state ?? "open" } }));
};

type PutPart = UploadGate["put"];

/** PUT of one part from a page. XMLHttpRequest, because fetch does not tell how far it is. */
export const putFromPage: PutPart = (url, bytes, onProgress, signal) => {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener("abort", abort, { once: true });
    request.open("PUT", url);
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      const etag = request.getResponseHeader("ETag");
      // An address that ran out (403) is passing: the next try asks for a fresh one.
      if (request.status >= 200 && request.status < 300 && etag) resolve(etag);
      else reject(new Error(`the store answered ${request.status}`));
    };
    request.onerror = () => reject(new TypeError("no network"));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    request.onloadend = () => signal.removeEventListener("abort", abort);
    request.send(bytes);
  });
};

/** PUT of one part from the service worker, which has no XMLHttpRequest and nobody who looks. */
export const putFromWorker: PutPart = async (url, bytes, _onProgress, signal) => {
  const answer = await fetch(url, { method: "PUT", body: bytes, signal });
  const etag = answer.headers.get("ETag");
  if (!answer.ok || !etag) throw new Error(`the store answered ${answer.status}`);
  return etag;
};

/** The server and the store. `sendDrafts` makes entries known that exist only here. */
export function uploadGate(personId: string, put: PutPart, sendDrafts: () => Promise<void>): UploadGate {
  const isHereOnly = async (entryId: string) =>
    (await readDraft(personId, entryId).then((draft) => draft?.version)) === null;
  const path = (id: string) => ({ params: { path: { attachment_id: id } } });
  return {
    async start({ id, entryId, name, mediaType, size }) {
      if (await isHereOnly(entryId)) await sendDrafts();
      if (await isHereOnly(entryId)) throw new Error("the entry has not arrived yet");
      return body(
        api.POST("/v1/entries/{entry_id}/attachments", {
          params: { path: { entry_id: entryId } },
          body: { id, name, mediaType, size },
        }),
      );
    },
    read: (id) => body(api.GET("/v1/attachments/{attachment_id}/upload", path(id))),
    put,
    async complete(id, parts) {
      await api.POST("/v1/attachments/{attachment_id}/complete", { ...path(id), body: { parts } });
    },
    async remove(id) {
      try {
        await api.DELETE("/v1/attachments/{attachment_id}", path(id));
      } catch (error) {
        if (!(error instanceof ApiProblem && error.status === 404)) throw error;
      }
    },
  };
}
