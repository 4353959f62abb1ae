import { expectAccessible, shares, signInAt, someoneElse } from "./journey";
import { expect, type Page, test } from "./product";

test("the dean finds a pupil by a name typed without its accents, and reads the portfolio", async ({
  page,
  browser,
}) => {
  const yara = await someoneElse(browser, "yara");
  const title = `Snuffelstage ${Date.now()}`;
  await shares(yara, title, 1);

  await signInAt(page, "/", "elidrissi");
  await expect(page.getByRole("heading", { level: 1, name: "Kustlijn College" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Zoek een leerling" }).click();
  await page.getByLabel("Naam van de leerling").fill("BENSAID yara");
  await expect(page.getByText("1 leerling gevonden")).toBeVisible();
  await expectAccessible(page);

  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await saysWhy(page, "Yara");
  await expect(page.getByRole("heading", { level: 1, name: "Yara Bensaïd" })).toBeVisible();
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  await expectAccessible(page);

  const hers = await yara.newPage();
  await hers.goto("/wie-keek-er");
  await expect(hers.getByText("(decaan) keek in je portfolio. Dat was om een gesprek")).toBeVisible();
  await expect(hers.getByText("We praten vrijdag.")).toBeVisible();
  await expectAccessible(hers);

  await page.goBack();
  await expect(page.getByLabel("Naam van de leerling")).toHaveValue("BENSAID yara");
  await yara.close();
});

/** Outside the own classes: first a reason, which is not taken for granted. */
async function saysWhy(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1, name: `Waarom kijk je bij ${name}?` })).toBeVisible();
  await page.getByRole("button", { name: "Open het portfolio" }).click();
  await expect(page.getByText("Kies eerst een reden.")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("om een gesprek met de leerling voor te bereiden").check();
  await page.getByLabel("Wil je er iets bij zeggen?").fill("We praten vrijdag.");
  await page.getByRole("button", { name: "Open het portfolio" }).click();
}

test("nobody found is said in words, and Escape starts again", async ({ page }) => {
  await signInAt(page, "/zoek", "elidrissi");
  await page.getByLabel("Naam van de leerling").fill("qqzz");
  await expect(page.getByText("Niemand gevonden met “qqzz”.")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByLabel("Naam van de leerling")).toHaveValue("");
  await expect(page.getByText("Niemand gevonden")).toBeHidden();
});

test("the school leads to each class, in the order of years", async ({ page }) => {
  await signInAt(page, "/school", "elidrissi");
  const years = page.getByRole("heading", { level: 2 });
  await expect(years).toHaveText(["Leerjaar 1", "Leerjaar 2", "Leerjaar 3", "Leerjaar 4"]);
  await page.getByRole("link", { name: "Klas 3B" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Klas 3B" })).toBeVisible();
  // What waits, waits for a teacher; a dean looks along.
  await expect(page.getByRole("button", { name: /^Wacht op docent/ })).toBeVisible();
  await expect(page.getByText("wacht op jou")).toHaveCount(0);
  await expectAccessible(page);
});

test("a coordinator reads that content is not for the role", async ({ page }) => {
  await signInAt(page, "/", "gopal");
  await expect(page.getByText("Coördinator van de gemeente")).toBeVisible();
  await expect(page.getByText("is voor jouw rol niet te zien")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Activiteiten van de stad" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Activiteiten van de stad" })).toBeVisible();
});
