import { closeMessage, expectAccessible } from "./journey";
import { expect, type Page, test } from "./product";
import { signIn } from "./second-step";

async function comeIn(page: Page, username: string, address: string): Promise<void> {
  await signIn(page.request, username, "schelpen-aan-zee");
  await page.goto(address);
}

/** The one in view: in the bar of a desk, or in the head of home on a phone. */
const bell = (page: Page) =>
  page.getByRole("link", { name: /^Berichten(: .* nieuw)?$/ }).filter({ visible: true });

test("the bell says how many are new; a notice leads to what it is about and is read", async ({ page }) => {
  await comeIn(page, "yara", "/");
  await expect(bell(page)).toHaveAccessibleName(/^Berichten: [1-9] nieuw$/);
  await bell(page).click();
  await expect(page.getByRole("heading", { level: 1, name: "Berichten" })).toBeVisible();
  await expectAccessible(page);

  const asked = page.getByRole("link", { name: /^Joost Verhulst vraagt iets over “Een dag mee met Mirjam/ });
  await expect(asked.getByText("Nieuw", { exact: true })).toBeVisible();
  await asked.click();
  await expect(page.getByRole("heading", { level: 1, name: /^Een dag mee met Mirjam/ })).toBeVisible();
  await page.goBack();
  await expect(asked).toBeVisible();
  await expect(asked.getByText("Nieuw", { exact: true })).toHaveCount(0);

  // All at once, and that is taken back.
  await page.getByRole("button", { name: "Alles gelezen" }).click();
  await expect(page.getByText("Nieuw", { exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Draai terug" }).click();
  await expect(page.getByText("Nieuw", { exact: true }).first()).toBeVisible();
  await page.getByRole("link", { name: "Begin" }).click();
  await expect(bell(page)).toHaveAccessibleName(/^Berichten: [1-9] nieuw$/);
});

test("a pupil switches off one kind, and what cannot be off says why", async ({ page }) => {
  await comeIn(page, "ilyas", "/berichten/instellingen");
  const kind = page.getByRole("group", { name: "Een activiteit staat klaar" });
  await expect(kind.getByLabel("In de app")).toBeChecked();
  await expectAccessible(page);
  await kind.getByLabel("In de app").click();
  await expect(page.getByText("Uit: Een activiteit staat klaar: In de app.")).toBeVisible();
  await page.goto("/berichten");
  await expect(page.getByRole("heading", { level: 1, name: "Berichten" })).toBeVisible();
  await expect(page.getByText(/staat voor je klaar/)).toHaveCount(0);
  await page.goto("/berichten/instellingen");
  await kind.getByLabel("In de app").click();
  await expect(kind.getByLabel("In de app")).toBeChecked();
  await closeMessage(page);

  const safety = page.getByRole("group", { name: "De extra beveiliging veranderde" });
  await expect(safety.getByLabel("In de app")).toHaveCount(0);
  await expect(safety.getByText("Dit staat altijd aan")).toBeVisible();
});

test("a parent switches the weekly mail off and on; whose mail came back is told so", async ({
  page,
  browser,
}) => {
  await comeIn(page, "bensaid", "/berichten/instellingen");
  const mail = page.getByRole("region", { name: "Berichten per mail" });
  await expect(mail.getByText("De weekmail gaat naar bensaid@example.nl.")).toBeVisible();
  await mail.getByRole("button", { name: "Zet de weekmail uit" }).click();
  await expect(mail.getByText("De weekmail staat uit. Het adres is bensaid@example.nl.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Draai terug" }).click();
  await expect(mail.getByText("De weekmail gaat naar bensaid@example.nl.")).toBeVisible();

  const other = await browser.newPage();
  // She reads Turkish; this is read in Dutch.
  await other.addInitScript(() => localStorage.setItem("language", "nl"));
  await comeIn(other, "gulay", "/berichten/instellingen");
  await expect(other.getByText(/^Mail aan gulay@example.nl kwam terug/)).toBeVisible();
  await expectAccessible(other);
  await other.close();
});

test("opening the page of a mail changes nothing; one tap does, without signing in", async ({ page }) => {
  let weekly = true;
  await page.route("**/v1/weekly-mail/*", async (route) => {
    if (route.request().method() === "PUT") weekly = route.request().postDataJSON().weekly;
    await route.fulfill({ json: { weekly } });
  });
  await page.goto("/mail-uit#een-geheim-uit-een-mail");
  await expect(page.getByText("Geen weekmail meer? Eén tik is genoeg.")).toBeVisible();
  expect(weekly).toBe(true);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Stuur geen mail meer" }).click();
  await expect(page.getByText("De weekmail staat uit. Er komt geen mail meer.")).toBeVisible();
  expect(weekly).toBe(false);
  await page.getByRole("button", { name: "Stuur de mail toch weer" }).click();
  await expect(page.getByText("De weekmail staat aan.")).toBeVisible();
});

test("a secret that nobody has is told so", async ({ page }) => {
  await page.goto("/mail-uit#niets");
  await expect(page.getByText("Deze link werkt niet. Log in om de weekmail uit te zetten.")).toBeVisible();
  await expectAccessible(page);
});
