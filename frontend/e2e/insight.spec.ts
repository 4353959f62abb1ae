import { readFile } from "node:fs/promises";
import { enlarge, expectAccessible, expectNoOverflow } from "./journey";
import { expect, test } from "./product";
import { signIn } from "./second-step";

test("the coordinator reads figures as bars and as tables, takes them to Excel; a dean reads the own school's", async ({
  page,
  browser,
}) => {
  await signIn(page.request, "gopal", "schelpen-aan-zee");
  await page.goto("/begin");
  await page.getByRole("main").getByRole("link", { name: "Cijfers" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Cijfers" })).toBeVisible();
  await expect(page.getByText(/^Deze cijfers van de stad zijn verzonnen/)).toBeVisible();
  const work = page.getByRole("table", { name: /^Soorten werk: alle schoolsoorten/ });
  await expect(work.getByRole("rowheader")).toHaveCount(12);
  await expect(work.getByRole("row", { name: /^Zorg en welzijn [\d.]+ [\d.]+$/ })).toBeVisible();
  await expectAccessible(page);

  // One type of school; what is chosen stands in the address, and small groups are told in words.
  await page.getByRole("button", { name: "basisschool" }).click();
  await expect(page).toHaveURL(/soort=po/);
  const forms = page.getByRole("table", { name: /^Soorten ervaringen: basisschool/ });
  await expect(forms.getByRole("row", { name: /^stage minder dan 10 per school/ })).toBeVisible();
  await page.reload();
  await expect(forms).toBeVisible();

  // Figures of before stay as they were set.
  const sets = page.getByLabel("Welke cijfers?");
  await sets.selectOption({ index: 1 });
  await expect(page.getByText(/^Vastgesteld op 1 augustus/)).toBeVisible();
  await expect(page).toHaveURL(/van=/);

  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Haal op voor Excel (CSV)" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^cijfers-stad-\d{4}-08-01\.csv$/);
  const sheet = await readFile(await file.path(), "utf8");
  expect(sheet.startsWith("\ufeffBron;Talentportfolio\r\n")).toBe(true);
  expect(sheet).toContain("Deze cijfers zijn verzonnen");
  expect(sheet).toMatch(/;vmbo;Soort werk;Zorg en welzijn;\d+0;\d+0\r\n/);

  await enlarge(page);
  await expectNoOverflow(page);

  const dean = await browser.newContext();
  const school = await dean.newPage();
  await signIn(school.request, "elidrissi", "schelpen-aan-zee");
  await school.goto("/school");
  await school.getByRole("main").getByRole("link", { name: "Cijfers" }).click();
  await expect(school.getByRole("heading", { level: 1, name: /^Cijfers van / })).toBeVisible();
  await expect(school.getByRole("table", { name: /^Per schoolsoort/ })).toBeVisible();
  await expect(school.getByText("minder dan 10", { exact: true }).first()).toBeVisible();
  await expect(school.getByText(/verzonnen/)).toHaveCount(0);
  await expectAccessible(school);
  await school.goto("/cijfers");
  await expect(school.getByRole("table")).toHaveCount(0);
  await dean.close();
});
