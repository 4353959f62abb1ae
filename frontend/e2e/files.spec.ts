import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { v7 as newId } from "uuid";
import { expectAccessible, it, phonePhoto } from "./journey";
import { type CDPSession, expect, type Page, test } from "./product";

const OURS = { "X-Requested-By": "portfolio" };
const PART = 8 * 1024 * 1024;
const MB = 1_000_000;

test.use({ permissions: ["camera", "microphone"] });

/** Something from the workshop of the backend's tests: a real film, photo or document. */
function made(expression: string): Buffer {
  const code = `import sys; from tests.media.making import *; sys.stdout.buffer.write(${expression})`;
  return execFileSync(".venv/bin/python", ["-c", code], { cwd: "..", maxBuffer: 200 * MB });
}

async function comeIn(page: Page, username: string): Promise<void> {
  const data = { username, password: "schelpen-aan-zee", device: "own" };
  expect((await page.request.post("/v1/sessions", { headers: OURS, data })).status()).toBe(201);
}

/** A new entry of this pupil, at the step where files go in. */
async function show(page: Page, username: string, title: string): Promise<string> {
  await comeIn(page, username);
  const id = newId();
  await page.request.put(`/v1/entries/${id}`, {
    headers: OURS,
    data: { title, happenedOn: "2026-10-01", details: { kind: "work_sample" } },
  });
  await page.goto(`/erbij/${id}/laat-zien`);
  await expect(page.getByRole("heading", { level: 1, name: "Laat het zien" })).toBeVisible();
  return id;
}

test("a film made in the page counts down, is checked, gets captions and plays by keyboard", async ({
  page,
}) => {
  const id = await show(page, "yara", `Filmpje ${Date.now()}`);
  await page.getByRole("button", { name: "Film", exact: true }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Begin met filmen" }).click();
  await expect(page.getByText("nog 0:57")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Stop de film" }).click();

  await expect(page.getByText("Nagekeken en klaar")).toBeVisible({ timeout: 30_000 });
  await page.getByLabel("Wat zie je in de film?").fill("Een groen scherm dat piept.");
  await page.keyboard.press("Tab");
  const vtt = "WEBVTT\n\n00:00.000 --> 00:02.000\nPiep!\n";
  const captions = page.getByLabel("Ondertitels erbij (.vtt)");
  await captions.setInputFiles({ name: "film.vtt", mimeType: "text/vtt", buffer: Buffer.from("Piep!") });
  await expect(page.getByRole("alert").filter({ hasText: "WebVTT" })).toBeVisible();
  await captions.setInputFiles({ name: "film.vtt", mimeType: "text/vtt", buffer: Buffer.from(vtt) });
  await expect(page.getByText("Er zijn ondertitels bij.")).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/verhaal/${id}`);
  const film = page.locator("video");
  await expect(film).toHaveAttribute("aria-label", "Een groen scherm dat piept.");
  await film.focus();
  await page.keyboard.press("Space");
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(0.5);
  expect(await film.evaluate((video: HTMLVideoElement) => video.textTracks[0]?.cues?.length)).toBe(1);
  await expectAccessible(page);
});

test("what cannot be shown is said with what to do", async ({ page }) => {
  await show(page, "isa", `Kapot ${Date.now()}`);
  const choose = page.getByLabel("Uit mijn bestanden");
  await choose.setInputFiles({ name: "leeg.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) });
  await expect(page.getByText("Dit bestand is leeg. Kies een ander.")).toBeVisible();
  const broken = made("pdf()").subarray(0, 300);
  await choose.setInputFiles({ name: "werkstuk.pdf", mimeType: "application/pdf", buffer: broken });
  await expect(page.getByText("Dit bestand is kapot of niet compleet.")).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
});

/** Slow, or no, network for the page; bytes a second. */
async function throttle(cdp: CDPSession, upload: number): Promise<void> {
  await cdp.send("Network.emulateNetworkConditions", {
    offline: upload === 0,
    latency: 20,
    downloadThroughput: -1,
    uploadThroughput: upload,
  });
}

/** Of 8 MiB: five of ballast and the film itself. The film of 500 MB is tried with TALENT_FILM_PARTS=59. */
const FILM_PARTS = Number(process.env.TALENT_FILM_PARTS ?? 5);
const CUTS = FILM_PARTS > 20 ? 10 : 2;

test("a film over a slow network that is cut tells how long, and sends no part twice but the one in hand", async ({
  page,
}, info) => {
  test.setTimeout(60_000 + FILM_PARTS * 5_000);
  const path = info.outputPath("film.mp4");
  const film = made(`film(Path(${JSON.stringify(`${path}.mp4`)})).read_bytes()`);
  writeFileSync(path, Buffer.concat([film, free(FILM_PARTS * PART)]));
  await show(page, "cagla", `Traag ${Date.now()}`);
  const puts = new Map<string, number>();
  let begun = 0;
  page.on("request", (request) => {
    if (request.method() === "PUT" && request.url().includes("partNumber")) begun += 1;
  });
  page.on("requestfinished", (request) => {
    if (request.method() !== "PUT" || !request.url().includes("partNumber")) return;
    const part = new URL(request.url()).searchParams.get("partNumber") ?? "";
    puts.set(part, (puts.get(part) ?? 0) + 1);
  });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  await throttle(cdp, 4 * MB);
  await page.getByLabel("Uit mijn bestanden").setInputFiles(path);
  await expect(page.getByText(/van \d+ MB, nog/)).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  for (let cut = 0; cut < CUTS; cut += 1) {
    const goal = Math.floor((cut * FILM_PARTS) / CUTS) + 1;
    await expect.poll(() => puts.size, { timeout: 60_000 }).toBeGreaterThanOrEqual(goal);
    await page.context().setOffline(true);
    await expect(page.getByText(/Wacht op internet/)).toBeVisible();
    await page.context().setOffline(false);
    await throttle(cdp, 8 * MB);
  }
  await expect(page.getByText("Nagekeken en klaar")).toBeVisible({ timeout: 120_000 });
  expect([...puts.values()].every((times) => times === 1)).toBe(true);
  expect(puts.size).toBe(FILM_PARTS + 1);
  // Three parts are in hand at once; each cut loses those, and what had arrived stays.
  expect(begun).toBeLessThanOrEqual(puts.size + 3 * CUTS);
});

/** Bytes that an MP4 may have and nobody reads: a box of the kind "free". */
function free(size: number): Buffer {
  const box = Buffer.alloc(size);
  box.writeUInt32BE(size, 0);
  box.write("free", 4, "latin1");
  return box;
}

it("a photo that waits for network leaves when the app is closed", async ({ page, context }) => {
  await page.goto("/");
  const id = await show(page, "ilyas", `Dicht ${Date.now()}`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page
    .getByLabel("Maak foto")
    .setInputFiles({ name: "IMG_1.jpg", mimeType: "image/jpeg", buffer: phonePhoto() });
  await expect(page.getByText(/Wacht op internet/)).toBeVisible();
  const other = await context.newPage();
  const cdp = await context.newCDPSession(other);
  await page.close();
  await context.setOffline(false);

  const origin = new URL(page.url()).origin;
  const me = await (await context.request.get("/v1/me")).json();
  const registrations: string[] = [];
  cdp.on("ServiceWorker.workerRegistrationUpdated", (event) => {
    for (const { registrationId, scopeURL } of event.registrations)
      if (scopeURL.startsWith(origin)) registrations.push(registrationId);
  });
  await cdp.send("ServiceWorker.enable");
  await other.goto("/favicon.svg");
  await expect.poll(() => registrations.length).toBeGreaterThan(0);
  const registrationId = registrations[0] ?? "";
  await cdp.send("ServiceWorker.dispatchSyncEvent", {
    origin,
    registrationId,
    tag: `sync:${me.id}`,
    lastChance: false,
  });
  const states = async () => {
    const entry = await (await context.request.get(`/v1/entries/${id}`)).json();
    return entry.attachments.map((file: { state: string }) => file.state);
  };
  await expect.poll(states, { timeout: 30_000 }).toEqual(["ready"]);
});
