import { enlarge, expectNoOverflow, someoneElse } from "./journey";
import { expect, type Page, test } from "./product";

/** Who looks at which screens; further ones are reached by a link on the first of them, or on the one that is named. */
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
    "/gesprekken",
    "/gesprekken → main a[href^='/gesprek/']",
    "/keuze",
    "/thuis/opdrachten",
    "/thuis/opdrachten → a[href^='/thuis/opdracht/']",
    "/berichten",
    "a[href^='/verhaal/']",
    "/mijn-etalage",
    "/mijn-etalage → main a[href^='/mijn-etalage/']",
    "/mijn-etalage → main a[href^='/mijn-etalage/'] → a[href$='/bekijken']",
    "/mijn-etalage → main a[href^='/mijn-etalage/'] → a[href$='/delen']",
    "/mijn-etalage → main a[href^='/mijn-etalage/'] → a[href$='/papier/cv']",
    "/overstap",
    "/alles-meenemen",
    "/alles-meenemen/van-elders",
    "/mijn-gegevens",
  ],
  isa: ["/", "/erbij", "/thuis/opdrachten", "/gesprekken → main a[href^='/gesprek/']"],
  cagla: [
    "/",
    "/kaart",
    "/keuze",
    "/van-buiten",
    "/gesprekken → main a[href^='/gesprek/']",
    "/mijn-gegevens/wissen",
  ],
  mats: ["/", "/loopbaandossier"],
  bensaid: [
    "/thuis",
    "/ik",
    "/vragen-van-buiten",
    "/gesprekken",
    "/gesprekken → main a[href^='/gesprek/']",
    "/berichten",
    "/berichten/instellingen",
    "a[href^='/thuis/opdrachten/']",
    "a[href^='/verhaal/']",
    "a[href^='/leerling/']",
    "a[href^='/toestemming/']",
    "/overstap-thuis",
    "/etalage-vragen",
    "a[href^='/gegevens/']",
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
    "a[href$='/thuisopdracht']",
    "/gesprekken",
    "/gesprekken → main a[href^='/gesprek/']",
    "/gesprekken/klassen",
    "/gesprekken/klassen → a[href^='/gesprekken/klas/']",
    "/gesprekken/klassen → a[href^='/gesprekken/klas/'] → a[href$='/plan']",
    "/overstappen",
  ],
  elidrissi: [
    "/school",
    "/zoek",
    "/omkijken",
    "/dossiers",
    "/dossiers → a[href$='/lijst']",
    "/dossiers → a[href^='/dossier/']",
    "/overstappen",
    "/cijfers/school",
  ],
  deruiter: [
    "/beheer",
    "/beheer/mensen",
    "/beheer/groepen",
    "/beheer/ouders",
    "/beheer/gegevens",
    "/cijfers/school",
  ],
  gopal: ["/begin", "/activiteiten", "/cijfers"],
};
const NOBODY = [
  "/",
  "/uitnodiging",
  "/buiten",
  "/buiten#iets",
  "/mail-uit#iets",
  "/etalage",
  "/etalage#iets",
];
const LANGUAGES = ["nl", "en", "tr", "ar", "pl", "bg"];

async function shows(page: Page, first: string, screen: string): Promise<boolean> {
  const [start = first, ...ways] = (screen.startsWith("/") ? screen : `${first} → ${screen}`).split(" → ");
  await page.goto(start);
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
  for (const one of ways) {
    const way = page.locator(one).first();
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
  // Not chosen for good: whoever looks keeps the own language.
  await page.evaluate(() => localStorage.removeItem("language"));
}

for (const [username, screens] of Object.entries(SCREENS)) {
  test(`in six languages nothing runs over at 320 px and letters twice as large: ${username}`, async ({
    browser,
  }) => {
    test.setTimeout(300_000);
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
