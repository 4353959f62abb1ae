import { execFileSync } from "node:child_process";
import AxeBuilder from "@axe-core/playwright";
import { v7 as newId } from "uuid";
import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  expect,
  type Page,
  test,
} from "./product";
import { nextCode, signIn } from "./second-step";

const PASSWORD = "schelpen-aan-zee";
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const OURS = { "X-Requested-By": "portfolio" };

/** A test in which the app itself is kept on the device, by its service worker, so that `it` opens in a dead spot. */
export const it = test.extend({ serviceWorkers: "allow" });

/** Nothing on the page that keeps somebody out, and nothing wider than the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  // The tabs lie below all else while it is measured, as at the end of the page, also when the page still grows.
  await layTabs(page, "static");
  // Our pages have no frames, and only what is wrong is asked for: both are quicker.
  const axe = new AxeBuilder({ page }).options({ runOnly: RULES, resultTypes: ["violations"] });
  const { violations } = await axe.setLegacyMode().analyze();
  await layTabs(page, "");
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`);
  expect(found).toEqual([]);
  await expectNoOverflow(page);
}

/** Letters twice as large on the smallest phone: as somebody sets it in the browser, for all pages to come. */
export async function enlarge(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  const tools = await page.context().newCDPSession(page);
  await tools.send("Page.enable");
  await tools.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
}

/** Nothing runs over the edge of the screen, on either side; what scrolls within itself may. */
export async function expectNoOverflow(page: Page, where = page.url()): Promise<void> {
  const over = await page.evaluate(() => {
    const scrolls = (element: Element) => {
      for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) {
        if (/auto|scroll|hidden|clip/u.test(getComputedStyle(one).overflowX)) return true;
      }
      return false;
    };
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} “${element.textContent?.trim().slice(0, 40)}”`;
    const found = [...document.querySelectorAll("body *")].filter((element) => {
      const { left, right, width, height } = element.getBoundingClientRect();
      const seen = width > 1 && height > 1 && getComputedStyle(element).visibility !== "hidden";
      return (
        seen &&
        (left < -1 || right > innerWidth + 1) &&
        !element.parentElement?.closest("svg") &&
        !element.closest(".tp-hidden") &&
        !scrolls(element)
      );
    });
    const wide = document.documentElement.scrollWidth - innerWidth;
    // Of what lies within another that runs over, the innermost says why.
    const inner = found.filter(
      (element) => !found.some((other) => other !== element && element.contains(other)),
    );
    // Words may run out of a box that itself fits.
    const words: string[] = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); wide > 0 && inner.length === 0 && text; text = walk.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(text);
      const { left, right, width } = range.getBoundingClientRect();
      if (width > 1 && (left < -1 || right > innerWidth + 1))
        words.push(text.textContent?.trim().slice(0, 40) ?? "");
    }
    return wide > 0 || inner.length > 0
      ? [`${wide} px too wide`, ...inner.slice(0, 8).map(name), ...words.slice(0, 8)]
      : [];
  });
  expect.soft(over, where).toEqual([]);
}

async function layTabs(page: Page, position: string): Promise<void> {
  await page.evaluate((where) => {
    for (const tabs of document.querySelectorAll<HTMLElement>(".tp-tabs")) tabs.style.position = where;
    scrollTo(0, document.documentElement.scrollHeight);
  }, position);
}

/** The message in view covers what lies under it until it is closed. */
export async function closeMessage(page: Page): Promise<void> {
  await page.getByRole("status").getByRole("button", { name: "Sluit" }).click();
}

/** Whose role asks for a code as well. */
const GIVES_CODE = ["elidrissi", "brouwer", "deruiter", "gopal"];

/** Opens this address and signs in there, with the code where the role asks for one. */
export async function signInAt(page: Page, path: string, username: string): Promise<void> {
  await typePassword(page, path, username);
  if (!GIVES_CODE.includes(username)) return;
  await page.getByLabel("Code uit je app").fill(await nextCode(username));
  await page.getByRole("button", { name: "Verder" }).click();
}

/** Opens this address and signs in there, as far as the password goes. */
export async function typePassword(page: Page, path: string, username: string): Promise<void> {
  await page.goto(path);
  await page.getByLabel("Je naam om in te loggen").fill(username);
  await page.getByLabel("Wachtwoord", { exact: true }).fill(PASSWORD);
  await page.getByRole("radio", { name: "Van mij" }).check();
  await page.getByRole("button", { name: "Log in" }).click();
}

/** A browser of somebody else, signed in without going through the screens. */
export async function someoneElse(browser: Browser, username: string): Promise<BrowserContext> {
  const context = await browser.newContext();
  await signIn(context.request, username, PASSWORD);
  return context;
}

/** The pupil shares a new experience: ring 1 is school, ring 2 school and home. */
export async function shares(pupil: BrowserContext, title: string, ring: 1 | 2 = 2): Promise<string> {
  const { request } = pupil;
  const id = newId();
  const put = await request.put(`/v1/entries/${id}`, {
    headers: OURS,
    data: {
      title,
      body: "Ik vond zelf de storing. De monteur liet mij eerst kijken.",
      details: { kind: "experience", form: "shadow_day", organisation: "Rijnders Techniek" },
      workFields: ["techniek"],
    },
  });
  expect(put.status()).toBe(201);
  await opens(request, id, ring, put.headers().etag ?? "");
  return id;
}

async function opens(request: APIRequestContext, id: string, ring: number, version: string): Promise<void> {
  const answer = await request.put(`/v1/entries/${id}/audience`, {
    headers: { ...OURS, "If-Match": version },
    data: { ring },
  });
  expect(answer.status()).toBe(200);
}

/** The pupil answers a question back. */
export async function answers(pupil: BrowserContext, entryId: string, text: string): Promise<void> {
  const id = newId();
  const answer = await pupil.request.post(`/v1/entries/${entryId}/feedback`, {
    headers: { ...OURS, "Idempotency-Key": id },
    data: { id, kind: "answer", text },
  });
  expect(answer.status()).toBe(201);
}

/** What the API says about this entry to its own pupil. */
export async function entryOf(pupil: BrowserContext, id: string) {
  return (await pupil.request.get(`/v1/entries/${id}`)).json();
}

/** A JPEG of some 4 MB as a phone makes it, with orientation and place. */
export function phonePhoto(): Buffer {
  const code = "import sys; from app.demo.media import phone_photo; sys.stdout.buffer.write(phone_photo())";
  return execFileSync(".venv/bin/python", ["-c", code], { cwd: "..", maxBuffer: 20_000_000 });
}

/**
 * Pupils of class 2C who are there for one test, and whom nothing else is told of: the admin adds them, and they come
 * in by the code on the board.
 */
export async function newPupils(browser: Browser, ...names: string[]): Promise<BrowserContext[]> {
  const [admin, mentor] = [await someoneElse(browser, "deruiter"), await someoneElse(browser, "verhulst")];
  const { groups, roles } = await (await mentor.request.get("/v1/me")).json();
  const group: string = groups.find(({ name }: { name: string }) => name === "2C").id;
  await mentor.request.put(`/v1/groups/${group}/class-window`, { headers: OURS });
  const familyName = `Vandaag ${Date.now().toString(36)}`;
  const birthDate = "2013-05-09";
  const startsOn = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const ids: string[] = [];
  for (const givenName of names) {
    const data = { givenName, familyName, birthDate, groupId: group, startsOn };
    const added = await admin.request.post(`/v1/schools/${roles[0].school.id}/pupils`, {
      headers: OURS,
      data,
    });
    expect(added.status()).toBe(201);
    ids.push((await added.json()).id);
  }
  const { window } = await (await mentor.request.get(`/v1/groups/${group}/sign-in`)).json();
  await Promise.all([admin.close(), mentor.close()]);
  return Promise.all(ids.map((pupilId) => byClassCode(browser, window.code, pupilId)));
}

async function byClassCode(browser: Browser, code: string, pupilId: string): Promise<BrowserContext> {
  const context = await browser.newContext();
  const data = { code, pupilId, pin: "4071", choosePin: true, device: "own" };
  const inside = await context.request.post("/v1/sessions/by-class-code", { headers: OURS, data });
  expect(inside.status()).toBe(201);
  return context;
}
