import { closeMessage, expectAccessible, someoneElse } from "./journey";
import { type Browser, expect, type Page, test } from "./product";

test.describe.configure({ mode: "serial" });

const DESK = { width: 1280, height: 800 };
const FAMILY = `Proef ${Date.now().toString(36)}`;

/** The admin of Kustlijn, signed in once: too many times in a minute is for guessers. */
let admin: Awaited<ReturnType<typeof someoneElse>>;
test.beforeAll(async ({ browser }) => {
  admin = await someoneElse(browser, "deruiter");
});
test.afterAll(() => admin.close());

async function desk(path: string): Promise<Page> {
  const page = await admin.newPage();
  await page.setViewportSize(DESK);
  await page.goto(path);
  return page;
}

async function phone(path: string): Promise<Page> {
  const page = await admin.newPage();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(path);
  return page;
}

test("the admin starts at what needs doing, and reads that content is not for the role", async () => {
  for (const page of [await desk("/"), await phone("/")]) {
    await expect(page.getByRole("heading", { level: 1, name: "Kustlijn College" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Wat te doen is" })).toBeVisible();
    await expect(page.getByText("is voor jouw rol niet te zien")).toBeVisible();
    await expectAccessible(page);
    await page.close();
  }
});

test("a name and a kind stand in the address, and going back finds them again", async () => {
  const page = await desk("/beheer");
  await page.getByRole("link", { name: "Mensen", exact: true }).first().click();
  await page.getByLabel("Zoek op naam").fill("BENSAID");
  await page.getByRole("button", { name: "Leerlingen" }).click();
  await expect(page).toHaveURL(/naam=BENSAID/u);
  await expect(page).toHaveURL(/wie=pupil/u);
  await page.getByRole("link", { name: "Yara Bensaïd" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Yara Bensaïd" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Alle mensen" }).click();
  await expect(page).toHaveURL(/naam=BENSAID/u);
  await page.goBack();
  await page.goBack();
  await expect(page.getByLabel("Zoek op naam")).toHaveValue("BENSAID");
  await expect(page.getByRole("button", { name: "Leerlingen" })).toHaveAttribute("aria-pressed", "true");
  await expectAccessible(page);
  await page.keyboard.press("Tab");
  await page.getByLabel("Zoek op naam").fill("qqzz");
  await expect(page.getByText("Niemand gevonden")).toBeVisible();
  await expectAccessible(page);
  await page.close();
});

test("a pupil is added by hand, moved, and the move is undone", async () => {
  const page = await desk("/beheer/mensen");
  await page.getByRole("button", { name: "Nieuwe leerling" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Nieuwe leerling", exact: true }).last().click();
  await expect(page.getByText("Dit is te kort.").first()).toBeVisible();
  await page.getByLabel("Voornaam").fill("Mila");
  await page.getByLabel("Achternaam").fill(FAMILY);
  await page.getByLabel("Geboortedatum").fill("2013-05-09");
  await page.getByLabel("Groep", { exact: true }).selectOption({ label: "Klas 2B" });
  await page.getByLabel("Achternaam").press("Enter");

  await expect(page.getByRole("heading", { level: 1, name: `Mila ${FAMILY}` })).toBeVisible();
  await expect(page.getByText("Kan nog niet inloggen: geen account en geen kaart")).toBeVisible();
  await expect(page.getByText("Erbij gezet als leerling in Klas 2B")).toBeVisible();
  await closeMessage(page);

  await page.getByRole("button", { name: "Naar een andere groep" }).click();
  await page.getByLabel("Groep", { exact: true }).selectOption({ label: "Klas 2C" });
  await page.getByRole("button", { name: "Morgen" }).click();
  await page.getByRole("button", { name: "Zet Mila in deze groep" }).click();
  await expect(page.getByText(`Mila ${FAMILY} gaat naar de andere groep: morgen.`)).toBeVisible();
  await expect(page.getByText("Van Klas 2B naar Klas 2C")).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: "Draai terug" }).click();
  await expect(page.getByText("Teruggedraaid: naar een andere groep")).toBeVisible();
  await expect(page.getByRole("link", { name: "Klas 2C" })).toHaveCount(0);
  await expectAccessible(page);
  await page.close();
});

test("a namesake is asked about before there are two", async () => {
  const page = await phone("/beheer/mensen");
  await page.getByRole("button", { name: "Nieuwe leerling" }).click();
  await page.getByLabel("Voornaam").fill("Mila");
  await page.getByLabel("Achternaam").fill(FAMILY);
  await page.getByLabel("Geboortedatum").fill("2013-05-09");
  await page.getByLabel("Groep", { exact: true }).selectOption({ label: "Klas 3B" });
  await page.getByRole("button", { name: `Zet Mila ${FAMILY} erbij` }).click();
  await expect(page.getByText("Op deze school staat al iemand")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Ik heb gekeken").check();
  await page.getByRole("button", { name: `Zet Mila ${FAMILY} erbij` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Mila ${FAMILY}` })).toBeVisible();
  await expect(page.getByText(/· nummer /u)).toBeVisible();
  await page.close();
});

test("a card is printed, and it lets nobody choose a PIN", async () => {
  const page = await desk(`/beheer/mensen?naam=${encodeURIComponent(FAMILY)}`);
  await page
    .getByRole("link", { name: `Mila ${FAMILY}` })
    .first()
    .click();
  await page.getByRole("button", { name: "Print een kaart" }).click();
  await expect(page.getByText("Mila kiest eerst een pincode in de klas")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Ja, maak de kaart" }).click();
  expect((await download).suggestedFilename()).toBe("kaart.pdf");
  await expect(page.getByText("Nieuwe kaart geprint")).toBeVisible();
  await page.close();
});

test("the last day at school is said in words, and taken back", async () => {
  const page = await phone(`/beheer/mensen?naam=${encodeURIComponent(FAMILY)}`);
  await page
    .getByRole("link", { name: `Mila ${FAMILY}` })
    .first()
    .click();
  await page.getByRole("button", { name: "Laatste dag" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Leg de laatste dag van Mila vast" }).click();
  await expect(page.getByText(`Laatste dag van Mila ${FAMILY} op school: vandaag.`)).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: "Draai terug" }).click();
  await expect(page.getByText("Teruggedraaid: de laatste dag op school")).toBeVisible();
  await page.close();
});

/** What a colleague's own browser gets from the API. */
async function colleague(browser: Browser, username: string, path: string): Promise<number> {
  const context = await someoneElse(browser, username);
  const status = (await context.request.get(path)).status();
  await context.close();
  return status;
}

test("a substitute sees the class from the first day to the last", async ({ browser }) => {
  const page = await desk("/beheer/groepen");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Klas 1B" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Klas 1B" })).toBeVisible();
  await expectAccessible(page);
  const group = page.url().split("/").at(-1);
  expect(await colleague(browser, "verhulst", `/v1/groups/${group}`)).toBe(404);
  await page.getByRole("button", { name: "Docent erbij" }).click();
  await page.getByRole("combobox", { name: "Docent" }).selectOption({ label: "Joost Verhulst" });
  await page.getByRole("button", { name: "Invaller" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Zet Joost Verhulst bij deze groep" }).click();
  await expect(page.getByText("Joost Verhulst hoort bij Klas 1B, vanaf vandaag.")).toBeVisible();
  expect(await colleague(browser, "verhulst", `/v1/groups/${group}`)).toBe(200);
  await page.getByRole("status").getByRole("button", { name: "Draai terug" }).click();
  await expect(page.getByText("Het is weer zoals daarvoor.")).toBeVisible();
  expect(await colleague(browser, "verhulst", `/v1/groups/${group}`)).toBe(404);
  await page.close();
});

test("a closed account is out at once, and opens again", async ({ browser }) => {
  const page = await desk("/beheer/mensen?naam=verhulst");
  await page.getByRole("link", { name: "Joost Verhulst" }).click();
  await page.getByRole("button", { name: "Sluit het account" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Ja, sluit het account" }).click();
  await expect(page.getByText("Het account van Joost Verhulst is gesloten.")).toBeVisible();
  await expect(page.getByText("Dit account is gesloten sinds")).toBeVisible();
  await expectAccessible(page);
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto("/");
  await visitor.getByLabel("Je naam om in te loggen").fill("verhulst");
  await visitor.getByLabel("Wachtwoord", { exact: true }).fill("schelpen-aan-zee");
  await visitor.getByRole("button", { name: "Log in" }).click();
  await expect(visitor.getByText("De school heeft dit account gesloten")).toBeVisible();
  await visitor.context().close();
  await page.getByRole("button", { name: "Open het account weer" }).click();
  await page.getByRole("button", { name: "Ja, open het account" }).click();
  await expect(page.getByText("Joost Verhulst kan weer inloggen.")).toBeVisible();
  await page.close();
});

test("an admin reads at the own page why there is no role to give, and nobody else finds these pages", async ({
  browser,
}) => {
  const page = await desk("/beheer/mensen?naam=ruiter");
  await page.getByRole("link", { name: "Anneke de Ruiter", exact: true }).click();
  await expect(page.getByText("Jezelf geef je geen rol of groep")).toBeVisible();
  await page.getByRole("button", { name: "Laatste dag als beheerder: Anneke de Ruiter" }).click();
  await page.getByRole("button", { name: "Leg de laatste dag als beheerder vast" }).click();
  await expect(page.getByText("Geef eerst een collega de rol beheerder")).toBeVisible();
  await expectAccessible(page);
  await page.close();
  const dean = await someoneElse(browser, "elidrissi");
  const other = await dean.newPage();
  await other.goto("/beheer/mensen");
  await expect(other.getByRole("heading", { level: 2, name: "Deze pagina is er niet" })).toBeVisible();
  await dean.close();
});
