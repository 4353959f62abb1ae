import { closeMessage, expectAccessible, shares, someoneElse } from "./journey";
import { type Browser, expect, type Page, test } from "./product";

/** Letters of the demo region, by pupil: each is good once, so a run needs a fresh region. */
const LETTER = { yara: "SCHE-1PEN-AANZ-EE22", ilyas: "MEER-1PEN-AANZ-EE22", isa: "ZAND-1PEN-AANZ-EE22" };
const PASSWORD = "vier droge laarzen onderweg";
const DESK = { width: 1280, height: 900 };
const SALMA = { given: "Salma", family: "Haddad", username: "salma@example.nl" };

test.describe.configure({ mode: "serial", timeout: 120_000 });

/** The desk of a school's admin. */
async function deskOf(browser: Browser, username: string, path = "/beheer/ouders"): Promise<Page> {
  const context = await someoneElse(browser, username);
  const page = await context.newPage();
  await page.setViewportSize(DESK);
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name: "Ouders" })).toBeVisible();
  return page;
}

async function fillAccount(page: Page, person: typeof SALMA, password: string): Promise<void> {
  await page.locator('input[autocomplete="given-name"]').fill(person.given);
  await page.locator('input[autocomplete="family-name"]').fill(person.family);
  await page.locator('input[autocomplete="username"]').fill(person.username);
  await page.locator('input[autocomplete="new-password"]').fill(password);
}

async function signInWith(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel("Je naam om in te loggen").fill(username);
  await page.getByLabel("Wachtwoord", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

/** The admin looks at a claim; the dialog is open. */
async function look(desk: Page, parent: string, pupil: string): Promise<void> {
  await desk.getByLabel("Zoek op naam van ouder of leerling").fill(parent);
  await desk.getByRole("button", { name: `Bekijk: ${parent} bij ${pupil}` }).click();
}

test("with the letter, in Arabic: an account, then waiting; the school says yes, and the child shows", async ({
  page,
  browser,
}) => {
  const yara = await someoneElse(browser, "yara");
  const title = `Dag mee bij Rijnders ${Date.now()}`;
  await shares(yara, title);
  await yara.close();

  await page.goto(`/uitnodiging#${LETTER.yara}`);
  await expect(page.getByRole("heading", { level: 1, name: "Welke taal leest u het liefst?" })).toBeVisible();
  await expect(page).not.toHaveURL(/#/);
  await expectAccessible(page);
  await page.getByRole("button", { name: /العربية/ }).click();
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("heading", { level: 1, name: "هل لديكم حساب؟" })).toBeFocused();
  await expectAccessible(page);

  await page.getByRole("button", { name: "لا، إنشاء حساب" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "إنشاء حسابكم" })).toBeVisible();
  const go = page.getByRole("button", { name: "إنشاء الحساب" });
  await go.click();
  await expect(page.locator('input[autocomplete="given-name"]')).toBeFocused();
  await expect(page.getByText("يرجى ملء هذا الحقل.").first()).toBeVisible();
  await fillAccount(page, SALMA, "Welkom123456");
  await go.click();
  await expect(page.getByText("اختاروا صلتكم بالطفل.")).toBeVisible();
  await page.getByRole("radio", { name: "الأم" }).check();
  await go.click();
  await expect(page.getByText("هذه أول كلمة مرور يجرّبها الآخرون.", { exact: false })).toBeVisible();
  await expectAccessible(page);
  await page.locator('input[autocomplete="new-password"]').fill(PASSWORD);
  await go.click();
  await expect(page.getByRole("heading", { level: 1, name: "المدرسة تنظر في طلبكم" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "إلى أولادي" }).click();
  await expect(page.getByText("بانتظار المدرسة")).toBeVisible();
  await expect(page.getByText("Yara")).toHaveCount(0);
  await expectAccessible(page);

  const desk = await deskOf(browser, "deruiter");
  await expectAccessible(desk);
  await look(desk, "Salma Haddad", "Yara Bensaïd");
  await expect(desk.getByText("moeder van Yara Bensaïd").first()).toBeVisible();
  await desk.getByRole("button", { name: "Bevestig" }).click();
  await expect(desk.getByText("Kies eerst: gezag, beperkt of geen gezag.")).toBeVisible();
  await desk.getByRole("radio", { name: /^Gezag/ }).check();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "Bevestig" }).click();
  await expect(desk.getByText("Salma Haddad ziet nu wat Yara met thuis deelt.")).toBeVisible();

  await page.reload();
  await expect(page.getByRole("heading", { name: "مشاركات Yara" })).toBeVisible();
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  await expectAccessible(page);

  await desk.getByRole("button", { name: "Draai terug" }).click();
  await expect(desk.getByRole("button", { name: /^Bekijk: Salma Haddad/ })).toBeVisible();
  await page.reload();
  await expect(page.getByText("بانتظار المدرسة")).toBeVisible();
  await look(desk, "Salma Haddad", "Yara Bensaïd");
  await desk.getByRole("radio", { name: /^Gezag/ }).check();
  await desk.getByRole("button", { name: "Bevestig" }).click();
  await expect(desk.getByText("Salma Haddad ziet nu wat Yara met thuis deelt.")).toBeVisible();
  await desk.context().close();
});

test("a letter works once, and a wrong code says what to do", async ({ page }) => {
  await page.goto("/uitnodiging");
  await page.getByRole("button", { name: /^Nederlands/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Wat is uw code?" })).toBeFocused();
  await expectAccessible(page);
  const code = page.getByLabel("Uw code");
  await code.fill("sche 1pen");
  await expect(code).toHaveValue("SCHE-1PEN");
  await page.keyboard.press("Enter");
  await expect(page.getByText("De code heeft 16 tekens.", { exact: false })).toBeVisible();
  await code.fill(LETTER.yara);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Deze code werkt niet.", { exact: false })).toBeVisible();
  await expectAccessible(page);
});

test("a second child, at another school, comes with the account that is there and waits for that school; custody opens and closes", async ({
  page,
  browser,
}) => {
  await page.goto("/uitnodiging");
  await page.getByRole("button", { name: /^Nederlands/ }).click();
  await page.getByLabel("Uw code").fill(LETTER.ilyas);
  await page.getByRole("button", { name: "Verder" }).click();
  await page.getByRole("button", { name: "Ja, ik log in" }).click();
  await signInWith(page, SALMA.username, PASSWORD);
  await expect(page.getByRole("heading", { level: 1, name: "Nog een kind erbij" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Vraag de school" }).click();
  await expect(page.getByText("Kies wie u bent van het kind.")).toBeVisible();
  await page.getByRole("radio", { name: "Voogd of verzorger" }).check();
  await page.getByRole("button", { name: "Vraag de school" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "De school bekijkt uw aanvraag" })).toBeVisible();
  await page.getByRole("link", { name: "Naar mijn kinderen" }).click();
  await expect(page.getByText("Wacht op de school")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Yara liet dit zien" })).toBeVisible();

  const desk = await deskOf(browser, "deruiter");
  await desk.getByLabel("Zoek op naam van ouder of leerling").fill("Salma Haddad");
  await expect(desk.getByText("Niemand gevonden.", { exact: false })).toBeVisible();

  await desk.getByRole("button", { name: "Koppelingen" }).click();
  await desk.getByLabel("Zoek op naam van ouder of leerling").fill("salma haddad");
  const change = desk.getByRole("button", { name: "Wijzig: Salma Haddad bij Yara Bensaïd" });
  await change.click();
  await desk.getByRole("radio", { name: /^Geen gezag/ }).check();
  await desk.getByRole("button", { name: "Bewaar" }).click();
  await expect(desk.getByText("Salma Haddad staat bij Yara, en ziet niets.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Niet open voor u")).toBeVisible();
  await expectAccessible(page);

  await change.click();
  await desk.getByRole("radio", { name: "Ja, de school zet het open" }).check();
  await desk.getByRole("button", { name: "Bewaar" }).click();
  await expect(desk.getByText("Schrijf erbij waarom.", { exact: true })).toBeVisible();
  await desk.getByLabel("Waarom?").fill("Afgesproken met beide ouders");
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "Bewaar" }).click();
  await expect(desk.getByText("Salma Haddad ziet nu wat Yara met thuis deelt.")).toBeVisible();
  await expect(desk.getByText("Reden: Afgesproken met beide ouders")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Yara liet dit zien" })).toBeVisible();
  await desk.context().close();
});

test("an account is made in Dutch, for the third letter", async ({ page }) => {
  await page.goto(`/uitnodiging#${LETTER.isa}`);
  await page.getByRole("button", { name: /^Nederlands/ }).click();
  await page.getByRole("button", { name: "Nee, maak een account" }).click();
  await expectAccessible(page);
  await fillAccount(
    page,
    { given: "Mees", family: "Koster", username: SALMA.username },
    "Koster en de laarzen",
  );
  await page.getByRole("radio", { name: "Vader" }).check();
  const go = page.getByRole("button", { name: "Maak account" });
  await go.click();
  await expect(page.getByText("Hier zit een naam in", { exact: false })).toBeVisible();
  await page.getByLabel("Nieuw wachtwoord").fill(PASSWORD);
  await go.click();
  await expect(page.getByText("Deze naam is al van iemand.", { exact: false })).toBeVisible();
  await page.getByLabel("Naam om in te loggen").fill("mees.koster");
  await go.click();
  await expect(page.getByRole("heading", { level: 1, name: "De school bekijkt uw aanvraag" })).toBeVisible();
});

test("the admin prints letters for a group, sees which are open, and stops one", async ({ browser }) => {
  const desk = await deskOf(browser, "deruiter", "/beheer/ouders?deel=letters");
  await expectAccessible(desk);
  await desk.getByRole("button", { name: /Klas 1B/ }).click();
  await expect(desk.getByRole("heading", { name: "Brieven: Klas 1B" })).toBeVisible();
  await desk.getByRole("button", { name: "Brieven voor Klas 1B" }).click();
  await desk.getByRole("radio", { name: "Twee, voor twee huizen" }).check();
  await expectAccessible(desk);
  const download = desk.waitForEvent("download");
  await desk.getByRole("button", { name: "Maak de brieven" }).click();
  expect((await download).suggestedFilename()).toBe("brieven-klas-1b.pdf");
  await expect(desk.getByText("De brieven staan bij je downloads.", { exact: false })).toBeVisible();
  await closeMessage(desk);
  const stops = desk.getByRole("button", { name: /^Laat de brief van/ });
  await expect(stops).toHaveCount(42);
  await expectAccessible(desk);
  await stops.first().click();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "Ja, laat de brief stoppen" }).click();
  await expect(stops).toHaveCount(41);
  await desk.context().close();
});

test("who forgot the password gets a letter; who knows it changes it", async ({ page, browser }) => {
  const desk = await deskOf(browser, "deruiter", "/beheer/ouders?deel=links");
  await desk.getByLabel("Zoek op naam van ouder of leerling").fill("salma haddad");
  await desk.getByRole("button", { name: /^Nieuw wachtwoord: Salma Haddad/ }).click();
  const download = desk.waitForEvent("download");
  await desk.getByRole("button", { name: "Maak de brief" }).click();
  expect((await download).suggestedFilename()).toBe("brief.pdf");
  await desk.context().close();

  await page.goto("/ik");
  await signInWith(page, "mees.koster", PASSWORD);
  await page.getByRole("button", { name: "Verander het wachtwoord" }).click();
  await page.getByLabel("Wachtwoord van nu").fill("iets anders dan dat");
  await page.getByLabel("Nieuw wachtwoord").fill("drie natte laarzen binnen");
  await page.getByRole("button", { name: "Bewaar het wachtwoord" }).click();
  await expect(page.getByText("Dit is niet het wachtwoord van nu.")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Wachtwoord van nu").fill(PASSWORD);
  await page.getByRole("button", { name: "Bewaar het wachtwoord" }).click();
  await expect(page.getByText("Je hebt een nieuw wachtwoord.")).toBeVisible();
});

test("on a phone of 320 px with letters twice as large a parent loses nothing; the admin's list fits as well", async ({
  page,
  browser,
}) => {
  const small = { width: 320, height: 640 };
  await page.setViewportSize(small);
  await page.goto("/uitnodiging");
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Nederlands/ }).click();
  await expectAccessible(page);

  const desk = await deskOf(browser, "deruiter");
  await desk.setViewportSize(small);
  await expect(desk.getByRole("button", { name: /^Bekijk/ }).first()).toBeVisible();
  await expectAccessible(desk);
  await desk
    .getByRole("button", { name: /^Bekijk/ })
    .first()
    .click();
  await expectAccessible(desk);
  await desk.context().close();
});
