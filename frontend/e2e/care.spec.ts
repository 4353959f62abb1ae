import { v7 as newId } from "uuid";
import { closeMessage, expectAccessible, it, shares, someoneElse } from "./journey";
import { expect, type Page, test } from "./product";
import { signIn } from "./second-step";

const OURS = { "X-Requested-By": "portfolio" };

async function comeIn(page: Page, username: string, address: string): Promise<void> {
  await signIn(page.request, username, "schelpen-aan-zee");
  await page.goto(address);
}

test("a teacher thinks of a quiet pupil with one tap; the pupil reads it and closes it", async ({
  page,
  browser,
}) => {
  await comeIn(page, "spaans", "/klas");
  const quiet = page.getByRole("region", { name: "Even geen nieuws" });
  await quiet.getByRole("button", { name: /^Toon alle/ }).click();
  await expect(quiet.getByText("Isa Koster", { exact: true })).toBeVisible();
  await expect(quiet.getByText(/^Staat nog klaar: Naar de stadsboerderij/).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Dit zag de klas samen" })).toBeVisible();
  await expectAccessible(page);

  // Isa was reminded yesterday: there is no second button. Somebody else is reminded, and that is taken back.
  const isa = quiet.getByRole("listitem").filter({ hasText: "Isa Koster" });
  await expect(isa.getByText(/^Herinnerd op/)).toBeVisible();
  await expect(isa.getByRole("button")).toHaveCount(0);
  const other = quiet.getByRole("button", { name: /^Herinner (?!allemaal)/ }).first();
  const name = (await other.getAttribute("aria-label"))?.replace("Herinner ", "") ?? "";
  const button = quiet.getByRole("button", { name: `Herinner ${name}` });
  await button.click();
  await expect(page.getByText(/krijgt een berichtje van jou/)).toBeVisible();
  await expect(button).toHaveCount(0);
  await page.getByRole("button", { name: "Draai terug" }).click();
  await expect(page.getByText("Teruggenomen.")).toBeVisible();
  await expect(button).toBeVisible();

  await quiet.getByRole("button", { name: "Herinner allemaal" }).click();
  await expect(page.getByRole("dialog").getByText("Dit lezen ze, met jouw naam erbij:")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Toch niet" }).click();

  const own = await someoneElse(browser, "isa");
  const pupil = await own.newPage();
  await pupil.goto("/");
  const stub = pupil.getByRole("region", { name: "Naar de stadsboerderij" });
  await expect(stub.getByText("Marjolein Spaans denkt aan je: dit staat nog voor je klaar.")).toBeVisible();
  await expect(pupil.getByRole("button", { name: "Vul het in" })).toHaveCount(1);
  await expectAccessible(pupil);
  await stub.getByRole("button", { name: "Sluit het berichtje" }).click();
  await expect(pupil.getByText(/denkt aan je/)).toHaveCount(0);
  await expect(stub.getByRole("button", { name: "Vul het in" })).toBeVisible();
  await pupil.reload();
  await expect(pupil.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(pupil.getByText(/denkt aan je/)).toHaveCount(0);
  await own.close();
});

it("a pupil makes a step from a story, keeps one in a dead spot, does one and lets one go", async ({
  page,
  context,
  browser,
}) => {
  const yara = await someoneElse(browser, "yara");
  const story = await shares(yara, `Bij de kapper ${Date.now() % 100_000}`);
  await yara.close();
  await comeIn(page, "yara", `/verhaal/${story}`);
  await expect(page.getByRole("heading", { name: "Wat is je volgende kleine stap?" })).toBeVisible();
  await page.getByRole("button", { name: "Nieuwe stap" }).click();
  const text = `De kapper vragen om een dag mee ${Date.now() % 100_000}`;
  await page.getByLabel("Wat wil je doen?").fill(text);
  await page.getByRole("button", { name: "Deze week" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Zet erbij" }).dblclick();
  await expect(page.getByText(`“${text}” staat bij je stappen.`)).toBeVisible();
  await expect(page.getByText("Schrijf op wat je wilt doen.")).toHaveCount(0);
  await closeMessage(page);

  await page.goto("/stappen");
  const step = page.getByRole("article").filter({ hasText: text });
  await expect(step.getByRole("link", { name: /^Bij: Bij de kapper/ })).toBeVisible();
  await expectAccessible(page);

  await context.setOffline(true);
  await page.getByLabel("Wat wil je doen?").fill(`${text}, in de tram bedacht`);
  await page.getByRole("button", { name: "Zet erbij" }).click();
  const inTram = page.getByRole("article").filter({ hasText: "in de tram bedacht" });
  await expect(inTram.getByText("Staat nog op dit apparaat")).toBeVisible();
  await context.setOffline(false);
  await expect(inTram.getByRole("button", { name: "Gedaan" })).toBeVisible({ timeout: 15_000 });
  await closeMessage(page);

  await inTram.getByRole("button", { name: "Laat los" }).click();
  await expect(page.getByText(/laat je los\. Dat mag\./)).toBeVisible();
  await closeMessage(page);

  // Done in the tram as well: it counts here at once, and school hears it later.
  await context.setOffline(true);
  await step.getByRole("button", { name: "Gedaan" }).click();
  await expect(page.getByText(`Gedaan: “${text}”.`)).toBeVisible();
  await expect(step).toHaveCount(0);
  const waits = page.getByRole("region", { name: "Achter je" }).getByText("Staat nog op dit apparaat");
  await expect(waits).toBeVisible();
  await expectAccessible(page);
  await context.setOffline(false);
  await expect(waits).toHaveCount(0, { timeout: 15_000 });
  const { behind } = await (await page.request.get("/v1/me/steps")).json();
  expect(behind[0]).toMatchObject({ text, state: "done" });
});

test("of a step that was changed elsewhere meanwhile the pupil is told", async ({ page, context }) => {
  await comeIn(page, "yara", "/stappen");
  const id = newId();
  const words = { text: `De haven bellen ${Date.now() % 100_000}`, dueOn: null, remindOn: null };
  const address = `/v1/me/steps/${id}`;
  expect((await page.request.put(address, { headers: OURS, data: words })).status()).toBe(201);
  await page.reload();
  const step = page.getByRole("article").filter({ hasText: words.text });
  await expect(step).toBeVisible();
  await context.setOffline(true);
  await step.getByRole("button", { name: "Laat los" }).click();
  await expect(step).toHaveCount(0);
  const there = await page.request.put(address, {
    headers: { ...OURS, "If-Match": '"1"' },
    data: { ...words, text: `${words.text}, op de tablet` },
  });
  expect(there.status()).toBe(200);
  await closeMessage(page);
  await context.setOffline(false);
  await expect(page.getByText(/ook op een ander apparaat/)).toBeVisible({ timeout: 15_000 });
  await expect(step.getByText(`${words.text}, op de tablet`)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Begrepen" }).click();
  await expect(page.getByText(/ook op een ander apparaat/)).toHaveCount(0);
});

test("a step written down after sharing keeps the story it comes from", async ({ page, browser }) => {
  const yara = await someoneElse(browser, "yara");
  const title = `Bij de smid ${Date.now() % 100_000}`;
  const story = await shares(yara, title);
  await yara.close();
  await comeIn(page, "yara", "/");
  // As the last step of sharing leaves it; a page that is still being made would take it for its own arrival.
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  await page.evaluate((arrived) => history.replaceState({ arrived, told: true }, ""), story);
  await page.reload();
  await page.getByRole("link", { name: "Schrijf een stap op" }).click();
  const sheet = page.getByRole("region", { name: "Nieuwe stap" });
  await expect(sheet.getByRole("link", { name: /^Bij: Bij de smid/ })).toBeVisible();
  await expectAccessible(page);
  const text = `De smid bedanken ${Date.now() % 100_000}`;
  await page.getByLabel("Wat wil je doen?").fill(text);
  await page.getByRole("button", { name: "Zet erbij" }).click();
  const step = page.getByRole("article").filter({ hasText: text });
  await expect(step.getByRole("link", { name: /^Bij: Bij de smid/ })).toBeVisible();
  await expect(sheet.getByRole("link", { name: /^Bij:/ })).toHaveCount(0);
});

test("home shows today's step and what was a year ago; both go when they are done with", async ({ page }) => {
  await comeIn(page, "yara", "/");
  const today = page.getByRole("region", { name: /^Vandaag: Mirjam mailen/ });
  await expect(today).toBeVisible();
  const ago = page.getByRole("region", { name: /een jaar geleden$/ });
  await expect(ago.getByRole("link", { name: "De bakker die om drie uur opstaat" })).toBeVisible();
  await expectAccessible(page);
  await ago.getByRole("button", { name: "Sluit “De bakker die om drie uur opstaat”" }).click();
  await expect(ago).toHaveCount(0);
  await today.getByRole("button", { name: "Een week later" }).click();
  await expect(page.getByText(/^Over een week komt/)).toBeVisible();
  await expect(today).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("link", { name: "Mijn stappen" })).toBeVisible();
  await expect(ago).toHaveCount(0);
  await expectAccessible(page);
});

test("a dean looks around the school by group and opens one", async ({ page }) => {
  await comeIn(page, "elidrissi", "/school");
  await page.getByRole("link", { name: "Niemand uit beeld" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Niemand uit beeld" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Klas 2C" }).click();
  await expect(page.getByRole("region", { name: "Even geen nieuws" })).toBeVisible();
  const care = await page.request.get("/v1/schools/00000000-0000-7000-8000-000000000000/care", {
    headers: OURS,
  });
  expect(care.status()).toBe(404);
});
