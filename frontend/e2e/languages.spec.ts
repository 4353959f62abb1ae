import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { expectNoOverflow, someoneElse } from "./journey";

const LANGUAGES = ["nl", "en", "tr", "ar", "pl", "bg"];
const SMALL = { width: 320, height: 640 };

async function ask(request: APIRequestContext, path: string) {
  const answer = await request.get(path);
  expect(answer.status(), path).toBe(200);
  return answer.json();
}

/** Opens each of these screens in each language, on the smallest phone, with letters twice as large. */
async function goAround(page: Page, paths: string[]): Promise<void> {
  await page.addInitScript(() => {
    document.documentElement.style.fontSize = "200%";
  });
  for (const language of LANGUAGES) {
    await page.goto("/ik");
    await page.evaluate((chosen) => localStorage.setItem("language", chosen), language);
    for (const path of paths) {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await expectNoOverflow(page, `${path} in ${language}`);
    }
  }
}

test("a pupil's screens fit a phone of 320 px with letters twice as large, in six languages", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const pupil = await someoneElse(browser, "yara");
  const { id } = await ask(pupil.request, "/v1/me");
  const [first] = (await ask(pupil.request, `/v1/pupils/${id}/portfolio`)).items;
  const page = await pupil.newPage();
  await page.setViewportSize(SMALL);
  const paths = [
    "/",
    "/kaart",
    "/agenda",
    "/stappen",
    "/wie-keek-er",
    "/ik",
    "/erbij",
    `/verhaal/${first.id}`,
  ];
  await goAround(page, paths);
  await pupil.close();
});

test("a parent's screens fit as well", async ({ browser }) => {
  test.setTimeout(180_000);
  const parent = await someoneElse(browser, "youssef");
  const { children } = await ask(parent.request, "/v1/home");
  const { id } = children.find(({ state }: { state: string }) => state === "open");
  const page = await parent.newPage();
  await page.setViewportSize(SMALL);
  await goAround(page, ["/thuis", `/leerling/${id}`, `/leerling/${id}/kaart`, `/toestemming/${id}`]);
  await parent.close();
});

test("and those of school", async ({ browser }) => {
  test.setTimeout(240_000);
  const rounds = {
    verhulst: ["/klas", "/te-bekijken", "/activiteiten", "/activiteiten/nieuw", "/organisaties"],
    elidrissi: ["/school", "/omkijken", "/zoek", "/school/vragen"],
    deruiter: ["/beheer", "/beheer/mensen", "/beheer/groepen", "/beheer/ouders", "/beheer/import"],
  };
  for (const [username, paths] of Object.entries(rounds)) {
    const member = await someoneElse(browser, username);
    const page = await member.newPage();
    await page.setViewportSize(SMALL);
    await goAround(page, paths);
    await member.close();
  }
});

test("a language that was read on this device is there in a dead spot; another falls back to Dutch", async ({
  browser,
}) => {
  const parent = await someoneElse(browser, "gulay");
  const page = await parent.newPage();
  await page.goto("/thuis");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.evaluate(() => localStorage.setItem("language", "tr"));
  // The worker has to be in charge when the language comes in.
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "tr");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await parent.setOffline(true);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "tr");
  await page.evaluate(() => localStorage.setItem("language", "pl"));
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "nl");
  await parent.close();
});
