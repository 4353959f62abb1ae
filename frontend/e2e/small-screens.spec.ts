import { expect, type Page, test } from "@playwright/test";
import { enlarge, expectNoOverflow, someoneElse } from "./journey";

/** Who looks at which screens; further ones are reached by a link on the first of them. */
const SCREENS: Record<string, readonly string[]> = {
  yara: [
    "/",
    "/kaart",
    "/agenda",
    "/wie-keek-er",
    "/ik",
    "/stappen",
    "/erbij",
    "/van-buiten",
    "a[href^='/verhaal/']",
  ],
  isa: ["/", "/erbij"],
  cagla: ["/", "/kaart"],
  bensaid: [
    "/thuis",
    "/ik",
    "/vragen-van-buiten",
    "a[href^='/verhaal/']",
    "a[href^='/leerling/']",
    "a[href^='/toestemming/']",
  ],
  youssef: ["/thuis"],
  verhulst: [
    "/klas",
    "/te-bekijken",
    "/activiteiten",
    "/organisaties",
    "/agenda",
    "/vragen-van-buiten",
    "a[href^='/leerling/']",
    "a[href$='/inloggen']",
    "a[href$='/toestemming']",
    "a[href$='/vragen']",
  ],
  elidrissi: ["/school", "/zoek", "/omkijken"],
  deruiter: ["/beheer", "/beheer/mensen", "/beheer/groepen", "/beheer/ouders"],
  gopal: ["/begin", "/activiteiten"],
};
const NOBODY = ["/", "/uitnodiging", "/buiten", "/buiten#iets"];
const LANGUAGES = ["nl", "en", "tr", "ar", "pl", "bg"];

async function shows(page: Page, first: string, screen: string): Promise<boolean> {
  await page.goto(screen.startsWith("/") ? screen : first);
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
  if (!screen.startsWith("/")) {
    const way = page.locator(screen).first();
    if (
      !(await way.waitFor({ state: "attached", timeout: 5_000 }).then(
        () => true,
        () => false,
      ))
    )
      return false;
    await page.goto((await way.getAttribute("href")) ?? "");
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
  }
  await expect(page.locator("[aria-busy='true']")).toHaveCount(0);
  return true;
}

/** The screen that is open, in each language in turn, as it is told by another tab. */
async function fitsInEachLanguage(page: Page, where: string): Promise<void> {
  for (const language of LANGUAGES) {
    await page.evaluate((chosen) => {
      localStorage.setItem("language", chosen);
      dispatchEvent(new StorageEvent("storage", { key: "language" }));
    }, language);
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    await expect(page.locator("[aria-busy='true']")).toHaveCount(0);
    await expectNoOverflow(page, `${language} ${where}`);
  }
}

for (const [username, screens] of Object.entries(SCREENS)) {
  test(`in six languages nothing runs over at 320 px and letters twice as large: ${username}`, async ({
    browser,
  }) => {
    test.setTimeout(180_000);
    const context = await someoneElse(browser, username);
    const page = await context.newPage();
    await enlarge(page);
    for (const screen of screens) {
      expect(await shows(page, screens[0] ?? "/", screen), screen).toBe(true);
      await fitsInEachLanguage(page, `${username} ${screen}`);
    }
    await context.close();
  });
}

test("in six languages nothing runs over at 320 px and letters twice as large: nobody signed in", async ({
  browser,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await enlarge(page);
  for (const screen of NOBODY) {
    await shows(page, "/", screen);
    await fitsInEachLanguage(page, screen);
  }
  await context.close();
});
