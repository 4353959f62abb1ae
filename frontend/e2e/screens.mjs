// The pictures in docs/screens, of a demo region that runs: TALENT_URL=http://127.0.0.1:8000 npm run screens
import { mkdir } from "node:fs/promises";
import { chromium } from "@playwright/test";
import { codeAt } from "./totp.mjs";

const baseURL = process.env.TALENT_URL ?? "http://127.0.0.1:8000";
const folder = new URL("../../docs/screens/", import.meta.url).pathname;
const PASSWORD = "schelpen-aan-zee";
const OURS = { "X-Requested-By": "portfolio" };
const WIDTHS = { 390: 844, 1280: 800 };
/** As much as shows the whole map and what stands below it. */
const TALL = { 390: 1700, 1280: 1400 };

const firstStory = (page) => page.locator(".tp-entry h3 a").first().click();
const firstPupil = (page) => page.locator("a[href^='/leerling/']").first().click();
const toSignIn = (page) => page.getByRole("link", { name: "Inloggen, kaarten en pincodes" }).click();
const theMap = (page) => page.getByText("Waaruit blijkt het?").waitFor();
const next = (page) => page.getByRole("button", { name: "Verder", exact: true }).click();

/** Name, who looks, address, what they do there, and how tall the window is (at the widths that are of use). */
const SCREENS = [
  ["sign-in", null, "/", []],
  ["sign-in-card", null, "/k#KRABBENENSCHELPENAANZEEISA", []],
  ["pupil-home", "yara", "/", []],
  ["pupil-did", "yara", "/erbij", [start]],
  ["pupil-show", "yara", "/erbij", [start, next]],
  ["pupil-film", "yara", "/erbij", [start, next, film]],
  ["pupil-files", "yara", "/erbij", [start, next, choose]],
  ["pupil-map", "yara", "/kaart", [theMap]],
  ["pupil-map-island", "yara", "/kaart", [island]],
  [
    "pupil-map-years",
    "yara",
    "/kaart",
    [(page) => page.getByRole("button", { name: "Jaren naast elkaar" }).click()],
  ],
  // Those of bench.pictures, who join the region: python -m bench.pictures
  ["pupil-map-1", "een", "/kaart", [theMap], TALL],
  ["pupil-map-12", "twaalf", "/kaart", [theMap], TALL],
  ["pupil-map-400", "vierhonderd", "/kaart", [theMap], TALL],
  ["pupil-tell", "yara", "/erbij", [start, next, next]],
  ["pupil-entry", "yara", "/", [firstStory]],
  ["pupil-agenda", "yara", "/agenda", [toVisit]],
  ["pupil-steps", "yara", "/stappen", []],
  ["pupil-logbook", "cagla", "/", [openLogbook]],
  ["pupil-talk", "yara", "/gesprekken", [firstTalk], { 390: 1200 }],
  ["pupil-choice", "yara", "/keuze", [], { 390: 1200 }],
  ["pupil-dossier", "mats", "/loopbaandossier", [], { 390: 1000 }],
  ["pupil-card", "yara", "/thuis/opdrachten", [firstCard], { 390: 1100 }],
  [
    "pupil-showcase",
    "cagla",
    "/mijn-etalage",
    [firstPage, (page) => page.getByRole("link", { name: "Bekijk hem" }).click()],
    { 390: 1200 },
  ],
  [
    "pupil-showcase-share",
    "cagla",
    "/mijn-etalage",
    [firstPage, (page) => page.getByRole("link", { name: "Deel hem" }).click()],
    { 390: 1100 },
  ],
  [
    "pupil-transfer",
    "yara",
    "/overstap",
    [(page) => page.locator("a[href^='/overstap/naar/']").first().click()],
    { 390: 1100 },
  ],
  ["parent-transfer", "haddou", "/overstap-thuis", [], { 390: 1000 }],
  ["school-transfer", "elidrissi", "/overstappen", [], { 1280: 800 }],
  ["pupil-takeaway", "yara", "/alles-meenemen", [], { 390: 844 }],
  ["pupil-data", "cagla", "/mijn-gegevens", [], { 390: 1200 }],
  ["pupil-erase", "cagla", "/mijn-gegevens/wissen", [], { 390: 1300 }],
  ["admin-data", "deruiter", "/beheer/gegevens", [], { 1280: 800 }],
  ["city-figures", "gopal", "/cijfers", [], { 1280: 1200 }],
  ["school-figures", "deruiter", "/cijfers/school", [], { 390: 1100 }],
  ["dean-talk", "elidrissi", "/gesprekken", [firstTalk, sayWhyOfTalk], { 1280: 1150 }],
  ["teacher-class-talks", "verhulst", "/gesprekken/klassen", [ownClass], { 1280: 800 }],
  ["looks", "yara", "/wie-keek-er", []],
  ["notices", "yara", "/berichten", []],
  ["notice-settings", "bensaid", "/berichten/instellingen", []],
  ["teacher-class", "verhulst", "/klas", []],
  ["teacher-sign-in", "spaans", "/klas", [toSignIn, openWindow]],
  [
    "teacher-review",
    "verhulst",
    "/te-bekijken",
    [
      (page) =>
        page
          .getByRole("link", { name: /Bekijk/ })
          .first()
          .click(),
    ],
  ],
  ["pupil-portfolio", "verhulst", "/klas", [firstPupil]],
  ["teacher-activities", "verhulst", "/activiteiten", []],
  [
    "teacher-plan",
    "verhulst",
    "/activiteiten/nieuw",
    [(page) => page.getByRole("link", { name: /Bedrijfsbezoek/i }).click()],
  ],
  ["teacher-activity", "verhulst", "/activiteiten", [toTerminal]],
  ["organisations", "verhulst", "/organisaties", []],
  ["parent-home", "bensaid", "/thuis", []],
  ["parent-home-ar", "youssef", "/thuis", []],
  ["parent-entry-ar", "youssef", "/thuis", [firstStory]],
  ["dean-school", "elidrissi", "/school", []],
  [
    "dean-search",
    "elidrissi",
    "/zoek",
    [(page) => page.getByRole("searchbox").or(page.getByRole("textbox")).first().fill("kilic")],
  ],
  [
    "dean-why",
    "elidrissi",
    "/zoek",
    [(page) => page.getByRole("searchbox").or(page.getByRole("textbox")).first().fill("omar"), firstPupil],
  ],
  [
    "school-care",
    "elidrissi",
    "/school",
    [(page) => page.getByRole("link", { name: "Niemand uit beeld" }).click()],
  ],
  [
    "dean-questions",
    "elidrissi",
    "/school/vragen",
    [(page) => page.getByRole("heading", { name: "Wat deed jij zonder dat iemand het vroeg?" }).waitFor()],
  ],
  [
    "coordinator-activities",
    "gopal",
    "/activiteiten",
    [(page) => page.getByRole("link", { name: "Spots on Jobs" }).waitFor()],
  ],
  [
    "dean-portfolio",
    "elidrissi",
    "/zoek",
    [
      (page) => page.getByRole("searchbox").or(page.getByRole("textbox")).first().fill("yara"),
      firstPupil,
      sayWhy,
    ],
  ],
];

async function firstPage(page) {
  await page.locator("main a[href^='/mijn-etalage/']").first().click();
  await page.getByLabel("Stel je voor").waitFor();
}

async function firstTalk(page) {
  await page.locator("main a[href^='/gesprek/']").first().click();
  await page.locator(".talk, input[type='radio']").first().waitFor();
}

async function firstCard(page) {
  await page.locator("main a[href^='/thuis/opdracht/']").first().click();
  await page.getByText("Wat wilde u vroeger worden?").waitFor();
}

async function ownClass(page) {
  await page.getByRole("link", { name: "Klas 2C", exact: true }).click();
  await page.getByRole("link", { name: "Plan gesprekken" }).waitFor();
}

async function sayWhyOfTalk(page) {
  const sheet = page.getByRole("heading", { name: /^Gespreksblad van/ });
  const why = page.getByRole("radio").first();
  await sheet.or(why).first().waitFor();
  if (await sheet.isVisible()) return;
  await why.check();
  await page.getByRole("button", { name: /^Open/ }).click();
  await sheet.waitFor();
}

/** A reason given for an earlier picture still holds. */
async function sayWhy(page) {
  const why = page.getByLabel("om een gesprek met de leerling voor te bereiden");
  await why.or(page.locator(".tp-entry").first()).waitFor();
  if (!(await why.isVisible())) return;
  await why.check();
  await page.getByRole("button", { name: "Open het portfolio" }).click();
}

async function start(page) {
  await page.getByRole("radio", { name: "Ik was ergens" }).check();
  await page.getByLabel("Hoe noem je het?").fill("Een ochtend bij de brandweer");
}

async function film(page) {
  await page.getByRole("button", { name: "Film", exact: true }).click();
  await page.getByRole("button", { name: "Begin met filmen" }).click();
}

/** One file that is taken, and one that is broken. */
async function choose(page) {
  const files = page.getByLabel("Uit mijn bestanden");
  const picture = await page.screenshot({ type: "png" });
  await files.setInputFiles([
    { name: "kazerne.png", mimeType: "image/png", buffer: picture },
    { name: "verslag.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 kapot") },
  ]);
  await page.getByText("Nagekeken en klaar").waitFor();
}

/** It may be in the next month. */
async function toVisit(page) {
  const next = page.getByRole("link", { name: /^Kijk in / });
  const visit = page.locator(".agenda__item", { hasText: "Kijken in de tramremise" });
  await next.or(visit).first().waitFor();
  if (await next.isVisible()) await next.click();
  await visit.waitFor();
}

async function openLogbook(page) {
  await page
    .getByRole("link", { name: /^(Vul vandaag in|Open je logboek)$/ })
    .first()
    .click();
}

async function toTerminal(page) {
  await page.getByRole("link", { name: "Kijken op de containerterminal" }).click();
}

async function island(page) {
  await page.getByRole("button", { name: /^Transport en haven:/ }).click();
}

/** The window may be open still, from the picture before. */
async function openWindow(page) {
  const open = page.getByRole("button", { name: "Open voor een kwartier" });
  const close = page.getByRole("button", { name: "Sluit nu" });
  await open.or(close).waitFor();
  if (await open.isVisible()) await open.click();
}

const signedIn = new Map();

/** The cookie of this person, asked for once: signing in too often is slowed down. */
async function cookieOf(browser, who) {
  if (!signedIn.has(who)) {
    const context = await browser.newContext({ baseURL });
    const data = { username: who, password: PASSWORD, device: "own" };
    const answer = await context.request.post("/v1/sessions", { headers: OURS, data });
    if (!answer.ok()) throw new Error(`${who} cannot sign in: ${answer.status()}`);
    if ("due" in (await answer.json())) await giveCode(context, who);
    signedIn.set(who, await context.storageState());
    await context.close();
  }
  return signedIn.get(who);
}

/** A code is taken once: there may be one of the half minute before, of this one, or of the next. */
async function giveCode(context, who) {
  for (const step of [-1, 0, 1]) {
    const data = { code: codeAt(Math.floor(Date.now() / 30_000) + step) };
    const given = await context.request.post("/v1/sessions/current/factor/by-app", { headers: OURS, data });
    if (given.ok()) return;
  }
  throw new Error(`${who} has no code that is taken: wait half a minute`);
}

async function take(browser, [name, who, address, steps, heights = WIDTHS], width) {
  const context = await browser.newContext({
    baseURL,
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
    viewport: { width, height: heights[width] },
    serviceWorkers: "block",
    permissions: ["camera", "microphone"],
    storageState: who ? await cookieOf(browser, who) : undefined,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(address, { waitUntil: "networkidle" });
  // On a busy machine the network can be still before the screen begins.
  await page.locator("h1").first().waitFor();
  await page.waitForLoadState("networkidle");
  for (const step of steps) {
    await step(page);
    await page.waitForTimeout(1000); // an answer may be on its way, or not
    await page.waitForLoadState("networkidle");
  }
  await page.evaluate(async (name) => {
    if (!name.startsWith("pupil-fil")) scrollTo(0, 0);
    await document.fonts.ready;
    const inView = [...document.images].filter((one) => one.getBoundingClientRect().top < innerHeight);
    await Promise.all(inView.map((one) => one.decode()));
  }, name);
  await page.screenshot({ path: `${folder}${name}-${width}.png`, animations: "disabled" });
  await context.close();
}

const only = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--use-fake-device-for-media-stream",
  ],
});
for (const screen of SCREENS.filter(([name]) => only.length === 0 || only.includes(name))) {
  for (const width of Object.keys(screen[4] ?? WIDTHS)) await take(browser, screen, Number(width));
}
await browser.close();
