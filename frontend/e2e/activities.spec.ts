import { expectAccessible } from "./journey";
import { expect, type Page, test } from "./product";

const OURS = { "X-Requested-By": "portfolio" };

async function comeIn(page: Page, username: string, address: string): Promise<void> {
  const data = { username, password: "schelpen-aan-zee", device: "own" };
  expect((await page.request.post("/v1/sessions", { headers: OURS, data })).status()).toBe(201);
  await page.goto(address);
}

test("a visit is planned for a class, waits for its pupils, and is looked back on", async ({
  page,
  browser,
}) => {
  const title = `Bezoek aan de scheepswerf ${Date.now() % 100_000}`;
  await comeIn(page, "verhulst", "/activiteiten");
  await expect(page.getByRole("heading", { level: 1, name: "Activiteiten" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Plan een activiteit" }).click();
  await page.getByRole("link", { name: "Begin leeg" }).click();
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByLabel("Wat gaan jullie doen?").fill(title);
  await page.getByRole("button", { name: "bedrijfsbezoek", exact: true }).click();
  await page.getByRole("checkbox", { name: /2C/ }).check();
  await page.getByLabel("Waar?").fill("Scheveningen");
  await page.getByRole("checkbox", { name: "Transport en haven" }).check();
  await page.getByLabel("Wat moeten ze meenemen?").fill("Oude schoenen");
  await page.getByLabel("Een vraag vooraf (mag leeg)").fill("Wat denk je dat ze daar doen?");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Bewaar" }).click();

  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByText("Leerlingen zien dit nog niet.")).toBeVisible();
  await page.getByRole("button", { name: "Zet klaar voor de leerlingen" }).click();
  await expect(page.getByText(new RegExp(`“${title}” komt op het begin van \\d+ leerlingen`))).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Zet klaar voor de leerlingen" }).click();
  await expect(page.getByText(/Dit staat klaar bij \d+ leerlingen/)).toBeVisible();
  await expectAccessible(page);

  const own = await browser.newContext();
  const pupil = await own.newPage();
  await comeIn(pupil, "yara", "/");
  const stub = pupil.getByRole("region", { name: title });
  await expect(stub.getByText("Staat voor je klaar")).toBeVisible();
  await expectAccessible(pupil);
  await stub.getByRole("button", { name: "Vul het in" }).click();
  await expect(pupil.getByLabel("Hoe noem je het?")).toHaveValue(title);
  await expect(pupil.getByRole("checkbox", { name: "Transport en haven" })).toBeChecked();
  await pupil.getByLabel("Wat denk je dat ze daar doen?").fill("Dat het er stinkt.");
  await pupil.getByRole("button", { name: "Verder", exact: true }).click();
  await pupil.getByRole("button", { name: "Verder", exact: true }).click();
  await pupil.getByLabel("Wat was anders dan je dacht?").fill("Het is vooral heel groot.");
  await pupil.getByRole("button", { name: /Deel met school/ }).click();
  await expect(pupil.getByText(/^Gedeeld met school/)).toBeVisible();
  await expect(pupil.getByRole("region", { name: title })).toHaveCount(0);
  await own.close();

  await page.reload();
  await expect(page.getByRole("link", { name: "Bekijk het verhaal" })).toHaveCount(1);
  await page.getByRole("checkbox", { name: "was er niet" }).first().check();
  await page.getByRole("button", { name: "Bewaar wie er was" }).click();
  await expect(page.getByText("Bewaard.")).toBeVisible();
  await page.goto("/activiteiten");
  await expect(page.getByText(/^1 van \d+ deelden er iets over$/).first()).toBeVisible();
  await expectAccessible(page);
});
