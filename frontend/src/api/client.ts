import createClient, { type Middleware } from "openapi-fetch";
import { ApiProblem, readProblem } from "./problem";
import type { components, paths } from "./schema";

export { ApiProblem } from "./problem";

/** A shape of the API by name, such as `Schema<"EntryPage">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

const REQUESTED_BY = { "X-Requested-By": "portfolio" };

/** Same origin, so the session cookie goes along; the header is what another site cannot send. */
const everyRequest: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(REQUESTED_BY)) request.headers.set(name, value);
    // A service worker has no page: it asks in the browser's language.
    const { document } = globalThis;
    if (document) request.headers.set("Accept-Language", document.documentElement.lang);
  },
  async onResponse({ response }) {
    if (!response.ok) throw await readProblem(response);
  },
};

/** The client made from the OpenAPI document. A refusal is thrown as `ApiProblem`, no network as `TypeError`. */
export const api = createClient<paths>({ baseUrl: location.origin, credentials: "same-origin" });
api.use(everyRequest);

/** Takes the body out of an answer; refusals were thrown before. */
export async function body<Data>(answer: Promise<{ data?: Data }>): Promise<Data> {
  return (await answer).data as Data;
}

/** For a change: only if nobody changed it since `version`. */
export function ifMatch(version: number): { "If-Match": string } {
  return { "If-Match": `"${version}"` };
}

/** For a POST that may be sent twice: the same key is carried out once. */
export function idempotencyKey(id: string): { "Idempotency-Key": string } {
  return { "Idempotency-Key": id };
}

/** May a read be tried again? Only when the network or the server faltered, at most twice. */
export function retryRead(failures: number, error: unknown): boolean {
  if (failures >= 2) return false;
  return !(error instanceof ApiProblem) || error.status >= 500 || error.status === 429;
}
