import { type APIRequestContext, expect } from "@playwright/test";
import { codeAt } from "./totp.mjs";

const STEP_MS = 30_000;
const OURS = { "X-Requested-By": "portfolio" };
const lastStep = new Map<string, number>();

export function stepNow(): number {
  return Math.floor(Date.now() / STEP_MS);
}

/** The next code of this person that was not taken yet: one of before, of or after now; then it waits. */
export async function nextCode(username: string): Promise<string> {
  // The one before now is still taken, unless now is nearly over: it has to be typed first.
  const earliest = Math.floor((Date.now() + 10_000) / STEP_MS) - 1;
  const step = Math.max((lastStep.get(username) ?? 0) + 1, earliest);
  await new Promise((go) => setTimeout(go, Math.max(0, (step - 1) * STEP_MS + 500 - Date.now())));
  lastStep.set(username, step);
  return codeAt(step);
}

/** Signs in by the API, with a code where one is asked. */
export async function signIn(request: APIRequestContext, username: string, password: string): Promise<void> {
  const answer = await request.post("/v1/sessions", {
    headers: OURS,
    data: { username, password, device: "own" },
  });
  expect(answer.status()).toBe(201);
  if (!("due" in (await answer.json()))) return;
  // A code that an earlier run used is not taken again: the next one is.
  for (let tries = 1; tries <= 3; tries += 1) {
    const given = await request.post("/v1/sessions/current/factor/by-app", {
      headers: OURS,
      data: { code: await nextCode(username) },
    });
    if (given.ok()) return;
  }
  throw new Error(`${username} has no code that is taken`);
}
