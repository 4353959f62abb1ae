import { expectAccessible, signInAt, typePassword } from "./journey";
import { type BrowserContext, expect, type Page, passes, test } from "./product";
import { nextCode, stepNow } from "./second-step";
import { codeAt } from "./totp.mjs";

// In a demo that is fresh: the admin of the primary school set nothing up yet.
test.describe.configure({ mode: "serial" });

const OURS = { "X-Requested-By": "portfolio" };
const ADMIN = "beheer.po";
/** Minutes after which one shows once more who one is. */
const TOO_LONG = 6;
let computer: BrowserContext;
let codes: string[] = [];

test.beforeAll(async ({ browser }) => {
  computer = await browser.newContext();
});
test.afterAll(() => computer.close());

/** A device that holds passkeys, and whose owner puts a finger on it when asked. */
async function withDevice(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    /** Whether the finger is the right one. */
    async recognises(isUserVerified: boolean) {
      await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
  };
}

/** What stands below the QR code, as the app would hold it. */
async function secretOn(page: Page): Promise<Buffer> {
  const shown = (await page.locator(".factor__secret").textContent()) ?? "";
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...shown.replaceAll(" ", "")]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

async function keepCodes(page: Page): Promise<string[]> {
  await expect(page.getByRole("heading", { name: "Bewaar je herstelcodes" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /-/ })).toHaveCount(10);
  const shown = await page.locator(".factor__list code").allTextContents();
  await expect(page.getByRole("button", { name: "Verder" })).toBeDisabled();
  await page.getByRole("checkbox", { name: "Ik heb de codes bewaard" }).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Verder" }).click();
  return shown;
}

async function signOut(page: Page): Promise<void> {
  await page.request.delete("/v1/sessions/current", { headers: OURS });
}

test("an admin sets up a passkey at the first sign-in, and gives it the next time with one key", async () => {
  const page = await computer.newPage();
  const device = await withDevice(page);
  await typePassword(page, "/", ADMIN);
  await expect(page.getByRole("heading", { level: 1, name: "Stel een tweede stap in" })).toBeFocused();
  await expectAccessible(page);
  expect((await page.request.get("/v1/me")).status()).toBe(401);
  await page.getByRole("button", { name: /^Passkey/ }).click();
  codes = await keepCodes(page);
  await expect(page.getByText("is voor jouw rol niet te zien")).toBeVisible();

  await signOut(page);
  await typePassword(page, "/ik", ADMIN);
  await expect(page.getByRole("heading", { level: 1, name: /^Nog één stap/ })).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByRole("button", { name: "Gebruik je passkey" })).toBeFocused();
  await device.recognises(false);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Het is niet afgemaakt.")).toBeVisible();
  await device.recognises(true);
  await page.getByRole("button", { name: "Gebruik je passkey" }).click();
  await expect(page.getByRole("heading", { name: "Extra beveiliging" })).toBeVisible();
  await expect(page).toHaveURL(/\/ik$/);
});

test("with the passkey lost a code on paper opens once; it is told at the next sign-in", async ({ page }) => {
  await typePassword(page, "/", ADMIN);
  await page.getByRole("button", { name: "Gebruik een herstelcode" }).click();
  await expectAccessible(page);
  const field = page.getByLabel("Herstelcode");
  await expect(field).toBeFocused();
  await field.fill("0000-0000-0000-0000-0000-0000");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Dat klopt niet, of is al gebruikt.")).toBeVisible();
  await field.fill((codes[0] ?? "").toLowerCase());
  await page.keyboard.press("Enter");
  await expect(page.getByText("is voor jouw rol niet te zien")).toBeVisible();

  await signOut(page);
  await typePassword(page, "/", ADMIN);
  await page.getByRole("button", { name: "Gebruik een herstelcode" }).click();
  await page.getByLabel("Herstelcode").fill(codes[0] ?? "");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Dat klopt niet, of is al gebruikt.")).toBeVisible();
  await page.getByRole("button", { name: "Log in als iemand anders" }).click();
  await expect(page.getByLabel("Je naam om in te loggen")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Je naam om in te loggen")).toBeVisible();

  const desk = await computer.newPage();
  await desk.goto("/");
  const news = desk.getByRole("complementary", { name: "Je extra beveiliging is veranderd" });
  await expect(news).toBeVisible();
  await expectAccessible(desk);
  await news.getByRole("link", { name: "Bekijk wat er veranderde" }).click();
  await expect(desk.getByText("Ingelogd met een herstelcode").first()).toBeVisible();
  await expectAccessible(desk);
  await news.getByRole("button", { name: "Dat was ik" }).click();
  await expect(news).toBeHidden();
});

test("the dean types the code of an app, at the address that was asked for; loading anew keeps the step", async ({
  page,
}) => {
  await typePassword(page, "/zoek", "elidrissi");
  const field = page.getByLabel("Code uit je app");
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("autocomplete", "one-time-code");
  await field.fill("000000");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Dat klopt niet, of is al gebruikt.")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Nog één stap, Samira" })).toBeVisible();
  await page.getByLabel("Code uit je app").fill(await nextCode("elidrissi"));
  await page.getByRole("button", { name: "Verder" }).click();
  await expect(page.getByLabel("Naam van de leerling")).toBeVisible();
});

test("a teacher who signed in a while ago types the password once more before the first passkey", async ({
  page,
}) => {
  await withDevice(page);
  await signInAt(page, "/ik/extra-beveiliging", "landveld");
  await expect(page.getByRole("button", { name: "Voeg toe" })).toBeVisible();
  passes("landveld", TOO_LONG);
  await page.getByRole("button", { name: "Voeg toe" }).click();
  await page.getByRole("button", { name: /^Passkey/ }).click();
  const again = page.getByRole("dialog", { name: "Ben jij het nog?" });
  await expect(again.getByText("Typ daarom nog een keer je wachtwoord.")).toBeVisible();
  await expectAccessible(page);
  const password = again.getByLabel("Wachtwoord", { exact: true });
  await expect(password).toBeFocused();
  await password.fill("zeesterren-in-de-duinen");
  await page.keyboard.press("Enter");
  await expect(again.getByText("Dit is niet je wachtwoord.")).toBeVisible();
  await expect(password).toBeFocused();
  await password.fill("schelpen-aan-zee");
  await page.keyboard.press("Enter");
  await keepCodes(page);
  await page.getByRole("button", { name: "Haal weg: Mijn passkey" }).click();
  await page.getByRole("button", { name: "Ja, haal weg" }).click();
  await expect(page.getByText("Je hebt nog geen tweede stap.")).toBeVisible();
});

test("a parent adds an app, is asked for it, is asked once more before it goes, and removes it", async ({
  page,
}) => {
  await signInAt(page, "/ik", "vink");
  await page.getByRole("link", { name: "Een tweede stap naast je wachtwoord" }).click();
  await expect(page.getByText("Je hebt nog geen tweede stap.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Voeg toe" }).click();
  await page.getByRole("button", { name: /^App met codes/ }).click();
  await expectAccessible(page);
  const secret = await secretOn(page);
  const first = stepNow();
  await page.getByLabel("Welke zes cijfers laat de app nu zien?").fill(codeAt(first - 1, secret));
  await page.getByRole("button", { name: "Voeg de app toe" }).click();
  await keepCodes(page);
  await expect(page.getByText("Je hebt nog 10 codes op papier.")).toBeVisible();
  await page.getByRole("button", { name: "Andere naam voor App op mijn telefoon" }).click();
  await page.getByLabel("Naam", { exact: true }).fill("Telefoon van Marieke");
  await page.getByRole("button", { name: "Bewaar" }).click();
  await expect(page.getByText("Telefoon van Marieke").first()).toBeVisible();
  await expectAccessible(page);

  await signOut(page);
  await typePassword(page, "/ik/extra-beveiliging", "vink");
  const typed = codeAt(first, secret);
  await page.getByLabel("Code uit je app").fill(`${typed.slice(0, 3)} ${typed.slice(3)}`);
  await page.getByRole("button", { name: "Verder" }).click();

  await expect(page.getByText("Telefoon van Marieke").first()).toBeVisible();
  passes("vink", TOO_LONG);
  await page.getByRole("button", { name: "Haal weg: Telefoon van Marieke" }).click();
  await page.getByRole("button", { name: "Ja, haal weg" }).click();
  const again = page.getByRole("dialog", { name: "Ben jij het nog?" });
  await expect(again).toBeVisible();
  await expectAccessible(page);
  await again.getByLabel("Code uit je app").fill(codeAt(first + 1, secret));
  await again.getByRole("button", { name: "Verder" }).click();
  await expect(page.getByText("Telefoon van Marieke is weg.")).toBeVisible();
  await expect(page.getByText("Je hebt nog geen tweede stap.")).toBeVisible();
  await signOut(page);
  await signInAt(page, "/ik", "vink");
  await expect(page.getByRole("heading", { level: 1, name: "Marieke Vink" })).toBeVisible();
});
