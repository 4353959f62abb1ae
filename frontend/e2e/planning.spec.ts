import { v7 as newId } from "uuid";
import { expectAccessible, signInAt, someoneElse } from "./journey";
import { type APIRequestContext, expect, type Page, test } from "./product";
import { signIn } from "./second-step";

const OURS = { "X-Requested-By": "portfolio" };
const DAY_MS = 86_400_000;

function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

async function comeIn(page: Page, username: string, address: string): Promise<void> {
  await signIn(page.request, username, "schelpen-aan-zee");
  await page.goto(address);
}

/** The class of the mentor, as the API knows it. */
async function ownGroup(request: APIRequestContext): Promise<string> {
  const me = await (await request.get("/v1/me")).json();
  return me.groups.find(({ name }: { name: string }) => name === "2C").id;
}

/** A published activity of the mentor for the own class. */
async function planned(request: APIRequestContext, title: string, fields: object): Promise<string> {
  const id = newId();
  const data = { title, happensOn: inDays(9), groupIds: [await ownGroup(request)], ...fields };
  expect((await request.put(`/v1/activities/${id}`, { headers: OURS, data })).status()).toBe(201);
  const headers = { ...OURS, "If-Match": '"1"' };
  expect((await request.post(`/v1/activities/${id}/publish`, { headers })).status()).toBe(200);
  return id;
}

test("from an example to a plan with two questions that pupils find", async ({ page, browser }) => {
  await comeIn(page, "verhulst", "/activiteiten");
  await page.getByRole("link", { name: "Plan een activiteit" }).click();
  await expect(page.getByRole("heading", { name: "Begin met een voorbeeld" })).toBeVisible();
  await expect(page.getByText("Kinder-EHBO", { exact: true })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Week van de werkcarrousel" }).click();

  const title = `Werkcarrousel ${Date.now() % 100_000}`;
  await page.getByLabel("Wat gaan jullie doen?").fill(title);
  await page.getByLabel("Welke dag?").fill(inDays(30));
  await expect(page.getByLabel("Tot en met (bij meer dagen)")).toHaveValue(inDays(34));
  await page.getByRole("checkbox", { name: /2C/ }).check();
  await expect(page.getByText("Waar kreeg je energie van en waar werd je moe van?")).toBeVisible();
  const second = page.getByRole("group", { name: "De tweede vraag gaat over" });
  await second.getByRole("button", { name: "Wie helpt?" }).click();
  await page.getByRole("button", { name: "Schrijf een eigen vraag" }).last().click();
  await page.getByLabel("Jouw vraag").fill("Wie zou je nog eens willen spreken?");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Bewaar" }).click();

  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByText("Vragen na afloop: Wat vind ik fijn? Wie zou je nog eens")).toBeVisible();
  await page.getByRole("button", { name: "Zet klaar voor de leerlingen" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Zet klaar voor de leerlingen" }).click();
  await expect(page.getByText(/Dit staat klaar bij \d+ leerlingen/)).toBeVisible();

  const yara = await someoneElse(browser, "yara");
  const mine = await (await yara.request.get("/v1/me/activities")).json();
  const item = mine.items.find((one: { title: string }) => one.title === title);
  expect(item.questions).toEqual([
    { competency: "motives", text: null },
    { competency: "networking", text: "Wie zou je nog eens willen spreken?" },
  ]);
  expect(item.logbook).toBe(true);
  await yara.close();

  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(/nieuw/);
});

test("a pupil signs up and off again, and the teacher sees who comes", async ({ page, browser }) => {
  const title = `Een dag bij de bakker ${Date.now() % 100_000}`;
  const mentor = await someoneElse(browser, "verhulst");
  const id = await planned(mentor.request, title, { signUp: true, places: 1, happensOn: inDays(2) });

  await comeIn(page, "yara", "/");
  const stub = page.getByRole("region", { name: title });
  await expect(stub.getByText("Doe je mee?")).toBeVisible();
  await expect(stub.getByText(/nog 1 plek/)).toBeVisible();
  await expectAccessible(page);
  await stub.getByRole("button", { name: "Ik doe mee" }).click();
  await expect(stub.getByText("Je doet mee")).toBeVisible();
  await stub.getByRole("button", { name: "Meld je af" }).click();
  await expect(stub.getByText("Doe je mee?")).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: "Draai terug" }).click();
  await expect(stub.getByText("Je doet mee", { exact: true })).toBeVisible();
  await expectAccessible(page);

  const hers = await mentor.newPage();
  await hers.goto(`/activiteiten/${id}`);
  await expect(hers.getByRole("heading", { name: "Wie gaan er mee? (1)" })).toBeVisible();
  await expectAccessible(hers);
  await expect(hers.getByText("Alle plekken zijn bezet.")).toBeVisible();
  await expect(hers.getByRole("button", { name: /^Meld aan/ })).toHaveCount(0);
  await hers.getByRole("button", { name: "Meld af Yara Bensaïd" }).click();
  await expect(hers.getByText("Er heeft zich nog niemand aangemeld.")).toBeVisible();
  await hers.getByRole("status").getByRole("button", { name: "Draai terug" }).click();
  await expect(hers.getByRole("heading", { name: "Wie gaan er mee? (1)" })).toBeVisible();
  await mentor.close();
});

test("what is cancelled says so to who was to come", async ({ page, browser }) => {
  const title = `Naar de duinen ${Date.now() % 100_000}`;
  await comeIn(page, "verhulst", "/activiteiten");
  const id = await planned(page.request, title, {});
  await page.goto(`/activiteiten/${id}`);
  await expect(page).toHaveTitle(new RegExp(title));
  await page.getByRole("button", { name: "Zeg af" }).click();
  const asks = page.getByRole("dialog", { name: `Gaat “${title}” niet door?` });
  await asks.getByRole("button", { name: "Zeg af" }).click();
  await expect(page.getByText("Dit gaat niet door. Leerlingen lezen dat")).toBeVisible();
  await expect(page.getByRole("button", { name: "Zet het weer klaar" })).toBeVisible();

  const yara = await someoneElse(browser, "yara");
  const hers = await yara.newPage();
  await hers.goto("/");
  await expect(hers.getByRole("region", { name: title }).getByText("Gaat niet door")).toBeVisible();
  await yara.close();
});

test("the city plans for an age, and a teacher takes it over for the class", async ({ page, browser }) => {
  const title = `Beroepenavond ${Date.now() % 100_000}`;
  await signInAt(page, "/activiteiten", "gopal");
  await expect(page.getByRole("heading", { level: 1, name: "Activiteiten van de stad" })).toBeVisible();
  await expect(page.getByText("minder dan 10 aangemeld").first()).toBeVisible();
  // The agenda is of schools: no way to a page that is not there.
  await expect(page.getByRole("link", { name: "Agenda" })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Plan een activiteit" }).click();
  await page.getByRole("link", { name: "Begin leeg" }).click();
  await page.getByLabel("Wat gaan jullie doen?").fill(title);
  await page.getByLabel("Welke dag?").fill(inDays(20));
  await page.getByLabel("Waar?").fill("Atrium");
  await page.getByRole("checkbox", { name: "klas 1 en 2" }).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Bewaar" }).click();
  await expect(page.getByText("Leerlingen en scholen zien dit nog niet.")).toBeVisible();
  await page.getByRole("button", { name: "Zet klaar voor de leerlingen" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Zet klaar voor de leerlingen" }).click();
  await expect(page.getByText("nog niemand aangemeld")).toBeVisible();
  await expectAccessible(page);

  const mentor = await someoneElse(browser, "verhulst");
  const hers = await mentor.newPage();
  await hers.goto("/activiteiten");
  const offer = hers.getByRole("listitem").filter({ hasText: title });
  await offer.getByRole("link", { name: "Neem over voor mijn klas" }).click();
  await expect(hers.getByLabel("Wat gaan jullie doen?")).toHaveValue(title);
  await expect(hers.getByText("Dit komt van de stad.")).toBeVisible();
  await hers.getByRole("checkbox", { name: /2C/ }).check();
  await hers.getByRole("button", { name: "Bewaar" }).click();
  await expect(hers.getByText(/Zet het klaar, dan staat het bij \d+ leerlingen/)).toBeVisible();
  await hers.goto("/activiteiten");
  await expect(hers.getByRole("listitem").filter({ hasText: title }).getByText("overgenomen")).toBeVisible();
  await mentor.close();
});

test("last year's lesson is copied, and this year's goes on to the next and every week", async ({ page }) => {
  await comeIn(page, "verhulst", "/activiteiten");
  const title = `Werkplaats ${Date.now() % 100_000}`;
  const id = await planned(page.request, title, {});
  await page.reload();
  await page.getByText(/Vorig schooljaar \(\d+\)/).click();
  await page.getByRole("link", { name: "Kopieer naar dit jaar Gastles van een bakker" }).click();
  await expect(page.getByLabel("Wat gaan jullie doen?")).toHaveValue("Gastles van een bakker");

  await page.goto(`/activiteiten/${id}`);
  await page.getByRole("link", { name: "Kopieer naar volgend jaar" }).click();
  await expect(page.getByLabel("Welke dag?")).toHaveValue(inDays(9 + 364));
  await expect(page.getByText(/De klassen van schooljaar .* zijn er nog niet/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Bewaar" }).click();
  await expect(page.getByText("Er is nog geen klas gekozen.")).toBeVisible();

  await page.goto(`/activiteiten/${id}`);
  await page.getByRole("button", { name: "Herhaal" }).click();
  await page.getByLabel("Tot en met").fill(inDays(9 + 21));
  await page.getByRole("dialog").getByRole("checkbox").nth(1).uncheck();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Maak 2 activiteiten" }).click();
  await expect(page.getByText(/Er zijn 2 activiteiten bij/)).toBeVisible();
  await page.goto("/activiteiten");
  await expect(page.getByRole("link", { name: title })).toHaveCount(4);
});

test("of two at once the second sees both versions, and nothing that was typed is lost", async ({
  page,
  browser,
}) => {
  await comeIn(page, "verhulst", "/activiteiten");
  const title = `Haven ${Date.now() % 100_000}`;
  const id = await planned(page.request, title, { place: "Den Haag" });
  await page.goto(`/activiteiten/${id}/wijzig`);
  await page.getByLabel("Wat moeten ze meenemen?").fill("Een trui");

  const dean = await someoneElse(browser, "elidrissi");
  const groupIds = [await ownGroup(page.request)];
  const changed = await dean.request.put(`/v1/activities/${id}`, {
    headers: { ...OURS, "If-Match": '"2"' },
    data: { title, happensOn: inDays(9), place: "Scheveningen", groupIds },
  });
  expect(changed.status()).toBe(200);

  await page.getByRole("button", { name: "Bewaar" }).click();
  const dialog = page.getByRole("dialog", { name: "Er zijn twee versies" });
  await expect(dialog.getByRole("region", { name: "Van jou" })).toContainText("Een trui");
  await expect(dialog.getByRole("region", { name: "Van Samira" })).toContainText("Scheveningen");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Neem die van Samira over" }).click();
  await expect(page.getByLabel("Waar?")).toHaveValue("Scheveningen");
  await page.getByRole("status").getByRole("button", { name: "Draai terug" }).click();
  await expect(page.getByLabel("Wat moeten ze meenemen?")).toHaveValue("Een trui");
  await page.getByRole("button", { name: "Bewaar" }).click();
  await expect(page.getByText("Meenemen: Een trui")).toBeVisible();
  await dean.close();
});

test("in two windows of one teacher both versions are theirs", async ({ page }) => {
  await comeIn(page, "verhulst", "/activiteiten");
  const title = `Duinen ${Date.now() % 100_000}`;
  const id = await planned(page.request, title, { place: "Den Haag" });
  await page.goto(`/activiteiten/${id}/wijzig`);
  await page.getByLabel("Waar?").fill("Kijkduin");
  const other = await page.context().newPage();
  await other.goto(`/activiteiten/${id}/wijzig`);
  await other.getByLabel("Waar?").fill("Meijendel");
  await other.getByRole("button", { name: "Bewaar" }).click();
  await expect(other.getByRole("heading", { level: 1, name: title })).toBeVisible();

  await page.getByRole("button", { name: "Bewaar" }).click();
  const dialog = page.getByRole("dialog", { name: "Er zijn twee versies" });
  await expect(dialog.getByText("Jij veranderde dit ook in een ander venster")).toBeVisible();
  await expect(dialog.getByRole("region", { name: "In het andere venster" })).toContainText("Meijendel");
  await dialog.getByRole("button", { name: "Bewaar de mijne" }).click();
  await expect(page.getByText("Kijkduin")).toBeVisible();
});

test("who types the day by hand keeps the class that was chosen", async ({ page }) => {
  await comeIn(page, "verhulst", "/activiteiten/nieuw?leeg");
  const own = page.getByRole("checkbox", { name: /2C/ });
  await own.check();
  // As the keyboard gives it: the year comes figure by figure.
  for (const year of ["0002", "0020", "0202"]) {
    await page.getByLabel("Welke dag?").fill(`${year}${inDays(9).slice(4)}`);
  }
  await page.getByLabel("Welke dag?").fill(inDays(9));
  await expect(own).toBeChecked();
});
