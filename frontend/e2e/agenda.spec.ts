import { v7 as newId } from "uuid";
import { expectAccessible } from "./journey";
import { expect, type Page, test } from "./product";
import { signIn } from "./second-step";

const PASSWORD = "schelpen-aan-zee";
const OURS = { "X-Requested-By": "portfolio" };
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

async function comeIn(page: Page, username: string, address: string): Promise<void> {
  await signIn(page.request, username, PASSWORD);
  await page.goto(address);
}

/** The month in which the demo's visit to the trams is: six days on, or the Monday after. */
async function toVisit(page: Page, title: string): Promise<void> {
  await page.goto("/agenda");
  const visit = page.locator(".agenda__item").filter({ hasText: title });
  await expect(page.getByRole("heading", { level: 1, name: "Agenda" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  if ((await visit.count()) === 0) await page.getByRole("link", { name: /^Volgende maand/ }).click();
  await expect(visit.first()).toBeVisible();
}

test("a pupil sees what comes, by month, on a phone and on a desk", async ({ page }) => {
  await comeIn(page, "yara", "/");
  await page.getByRole("link", { name: "Agenda", exact: true }).last().click();
  await toVisit(page, "Kijken in de tramremise");
  const visit = page.locator(".agenda__item").filter({ hasText: "Kijken in de tramremise" });
  await expect(visit).toContainText("om 9:30 uur");
  await expect(visit).toContainText("Zuidwest");
  await expectAccessible(page);

  await page.goto("/agenda?maand=2027-02");
  await expect(page.getByRole("heading", { name: "februari 2027" })).toBeVisible();
  await expect(page.getByText("In februari 2027 staat er nog niets.")).toBeVisible();
  await page.getByRole("link", { name: /^Vorige maand: januari 2027/ }).click();
  await expect(page).toHaveURL(/maand=2027-01$/);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "februari 2027" })).toBeVisible();
  await page.getByRole("link", { name: "Terug naar deze maand" }).click();
  await expect(page).toHaveURL(/\/agenda$/);

  await page.setViewportSize(DESK);
  await toVisit(page, "Kijken in de tramremise");
  const grid = page.getByRole("table");
  await expect(grid.getByRole("columnheader")).toHaveCount(7);
  await grid.getByRole("button", { name: /Kijken in de tramremise/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".agenda__item:focus")).toContainText("Kijken in de tramremise");
  await expectAccessible(page);
  await page.goto("/agenda");
  await expect(grid.locator("td[aria-current=date]")).toContainText("vandaag");
});

test("a step with a day stands in the pupil's agenda and leads to the steps", async ({ page }) => {
  await comeIn(page, "yara", "/agenda");
  const text = `Opa vragen naar zijn werk ${Date.now() % 100_000}`;
  const dueOn = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Amsterdam" }).format(new Date());
  const address = `/v1/me/steps/${newId()}`;
  const made = await page.request.put(address, { headers: OURS, data: { text, dueOn, remindOn: null } });
  expect(made.status()).toBe(201);
  await page.reload();
  const item = page.locator(".agenda__item").filter({ hasText: text });
  await expect(item).toContainText("Jouw stap");
  await expectAccessible(page);
  await page.setViewportSize(DESK);
  await expect(page.getByRole("table").getByRole("link", { name: `${text} (Jouw stap)` })).toBeVisible();
  await expectAccessible(page);
  await item.getByRole("link", { name: text }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mijn stappen" })).toBeVisible();
  const done = page.getByRole("article").filter({ hasText: text }).getByRole("button", { name: "Gedaan" });
  await done.click();
  await expect(done).toHaveCount(0);
  await page.goto("/agenda");
  await expect(page.getByRole("heading", { level: 1, name: "Agenda" })).toBeVisible();
  await expect(item).toHaveCount(0);
});

test("one activity is a file; what does not go on says so", async ({ page }) => {
  await comeIn(page, "yara", "/agenda");
  await toVisit(page, "Kijken in de tramremise");
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Zet in mijn agenda: Kijken in de tramremise" }).click();
  expect((await waiting).suggestedFilename()).toMatch(/^activiteit-\d{4}-\d\d-\d\d\.ics$/);
  await toVisit(page, "Gastles van de bakker");
  const off = page.locator(".agenda__item").filter({ hasText: "Gastles van de bakker" });
  await expect(off.getByText("gaat niet door")).toBeVisible();
  await expect(off.getByRole("link")).toHaveCount(0);
});

test("an address for the own calendar is shown once, read without signing in, renewed and withdrawn", async ({
  page,
  playwright,
  baseURL,
}) => {
  await comeIn(page, "ilyas", "/agenda");
  await page.getByRole("link", { name: "Alles in mijn eigen agenda" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Maak mijn adres" }).click();
  const field = page.getByLabel("Adres van je agenda");
  const first = await field.inputValue();
  await page.getByText("Outlook", { exact: true }).click();
  await expectAccessible(page);

  const nobody = await playwright.request.newContext({ baseURL });
  const read = await nobody.get(first);
  expect(read.status()).toBe(200);
  expect(await read.text()).toContain("SUMMARY:Verlengde dag techniek");

  await page.reload();
  await expect(page.getByText(/^Je hebt een adres sinds/)).toBeVisible();
  await expect(field).toHaveCount(0);
  await page.getByRole("button", { name: "Maak een nieuw adres" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Maak een nieuw adres" }).click();
  const second = await field.inputValue();
  expect([(await nobody.get(first)).status(), (await nobody.get(second)).status()]).toEqual([404, 200]);

  await page.getByRole("button", { name: "Stop ermee" }).click();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Stop ermee" }).click();
  await expect(page.getByRole("button", { name: "Maak mijn adres" })).toBeVisible();
  expect((await nobody.get(second)).status()).toBe(404);
  await nobody.dispose();
});

test("a teacher adds an organisation, is told when it is there already, and plans at it with the keyboard", async ({
  page,
}) => {
  const name = `Scheepswerf De Steven ${Date.now() % 100_000}`;
  await comeIn(page, "verhulst", "/activiteiten");
  await page.getByRole("link", { name: "Organisaties" }).click();
  await expect(page.getByRole("link", { name: "Tramremise Lijnzicht" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Zoek op naam of plaats").fill("noorderk");
  await expect(page.getByText("1 organisatie", { exact: true })).toBeVisible();
  await page.getByLabel("Zoek op naam of plaats").fill("");

  await page.getByRole("link", { name: "Zet een organisatie erbij" }).click();
  await page.getByLabel("Hoe heet de organisatie?").fill("CONTAINERTERMINAL  noorderkop");
  await page.getByLabel("Waar is het?").fill("scheveningen");
  await page.getByRole("button", { name: "Bewaar" }).click();
  await expect(
    page.getByText(/Containerterminal Noorderkop, Scheveningen staat al in de lijst/),
  ).toBeVisible();
  await expect(page.getByRole("link", { name: "Bekijk die organisatie" })).toBeVisible();
  await page.getByLabel("Hoe heet de organisatie?").fill(name);
  await page.getByRole("checkbox", { name: "Techniek en industrie" }).check();
  await page.getByRole("checkbox", { name: "meeloopdag" }).check();
  await page.getByLabel("Website (mag leeg)").fill("steven.example");
  await page.getByLabel("Voor collega’s (mag leeg)").fill("Loop om de loods heen.");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Bewaar" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByRole("link", { name: "steven.example" })).toHaveAttribute(
    "href",
    "https://steven.example",
  );
  await expect(page.getByText("Nog geen verhalen van 10 leerlingen.")).toBeVisible();
  await expectAccessible(page);
  const address = page.url();

  await page.goto("/activiteiten/nieuw?leeg");
  const field = page.getByRole("combobox", { name: "Bij wie?" });
  await field.fill(name.slice(-5));
  await expect(page.getByRole("option")).toHaveCount(1);
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { selected: true })).toContainText(name);
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue(name);
  await expect(page.getByLabel("Waar?")).toHaveValue("scheveningen");
  await expect(page.getByRole("checkbox", { name: "Techniek en industrie" })).toBeChecked();
  await expect(page.getByText("Uit de lijst van organisaties")).toBeVisible();
  await field.fill("Bij de bakker om de hoek");
  await expect(page.getByText("Uit de lijst van organisaties")).toHaveCount(0);

  await page.goto(address);
  await page.getByRole("button", { name: "Doet niet meer mee" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Doet niet meer mee" }).click();
  await expect(page.getByText("Deze organisatie doet niet meer mee.")).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: "Draai terug" }).click();
  await expect(page.getByRole("link", { name: "Plan hier een activiteit" })).toBeVisible();
});

test("of two who change an organisation at once the second chooses what stays", async ({ page, browser }) => {
  await comeIn(page, "verhulst", "/organisaties");
  await page.getByRole("link", { name: "Techniekhuis Zuidwest" }).click();
  await page.getByRole("link", { name: "Verander" }).click();
  await page.getByLabel("Voor collega’s").fill("Bel eerst.");

  const other = await browser.newContext();
  const dean = await other.newPage();
  await comeIn(dean, "elidrissi", page.url());
  await dean.getByLabel("Voor collega’s").fill("Mail eerst.");
  await dean.getByRole("button", { name: "Bewaar" }).click();
  await expect(dean).toHaveURL(/\/organisaties\/[\w-]+$/);
  await other.close();

  await page.getByRole("button", { name: "Bewaar", exact: true }).click();
  const theirs = page.getByRole("alert").filter({ hasText: "Iemand anders veranderde dit intussen" });
  await expect(theirs.getByText("Mail eerst.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Bewaar wat ik schreef" }).click();
  await expect(page).toHaveURL(/\/organisaties\/[\w-]+$/);
  await expect(page.getByText("Bel eerst.")).toBeVisible();
});

test("the city’s coordinator reads the directory, and all of it fits a small screen with large text", async ({
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await comeIn(page, "gopal", "/organisaties");
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await page.getByRole("link", { name: "mbo De Vuurtoren" }).click();
  await expect(page.getByText(/deelden hier \d+ verhalen over/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Plan hier een activiteit" })).toHaveCount(0);
  await expectAccessible(page);
  await page.setViewportSize(PHONE);
});
