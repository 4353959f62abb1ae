import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./journey";

const OURS = { "X-Requested-By": "portfolio" };

async function comeIn(page: Page, username: string, address: string): Promise<void> {
  const data = { username, password: "schelpen-aan-zee", device: "own" };
  expect((await page.request.post("/v1/sessions", { headers: OURS, data })).status()).toBe(201);
  await page.goto(address);
}

const island = (page: Page, name: RegExp) => page.getByRole("button", { name });

test("a pupil explores the map by keyboard and reads it as text", async ({ page }) => {
  await comeIn(page, "yara", "/kaart");
  await expect(page.getByRole("heading", { level: 1, name: "Mijn kaart" })).toBeVisible();
  await expectAccessible(page);
  const port = island(page, /^Transport en haven: groep 8, klas 2, anders dan gedacht/);
  await port.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Transport en haven" })).toBeFocused();
  const card = page.getByRole("region", { name: "Transport en haven" });
  await expect(card.getByText("Eerst dacht ik").first()).toBeVisible();
  await expect(card.getByText("niveau 3: goed")).toBeVisible();
  await expect(card.getByText(/Regio Haaglanden, 2016/)).toBeVisible();
  await expectAccessible(page);
  await card.getByRole("button", { name: "Sluit" }).click();
  await expect(port).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(port).not.toBeFocused();
  await page.getByText("Lees de kaart als tekst").click();
  await expect(page.getByRole("row", { name: /Zorg en welzijn/ })).toContainText(
    "Snuffelstage in De Branding",
  );
  await expectAccessible(page);
});

test("years stand beside each other, and one year can be looked at alone", async ({ page }) => {
  await comeIn(page, "yara", "/kaart");
  await page.getByRole("button", { name: "Jaren naast elkaar" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "groep 8" }).first()).toContainText(
    "Groen en dieren",
  );
  await expectAccessible(page);
  await page.getByRole("button", { name: "groep 7" }).click();
  await expect(island(page, /^Transport en haven: nog niet gezien/)).toBeVisible();
});

test("a teacher gives a word, and the pupil gives it another name", async ({ page, browser }) => {
  const word = `kalm ${Date.now() % 10_000}`;
  await comeIn(page, "verhulst", "/klas");
  await page.getByRole("link", { name: "Yara Bensaïd" }).first().click();
  await page.getByRole("link", { name: "Bekijk de kaart van Yara" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "De kaart van Yara" })).toBeVisible();
  await page.getByRole("button", { name: "Een woord erbij" }).click();
  await page.getByLabel("Welk woord?").fill(word);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Zet het erbij" }).click();
  await page.getByRole("button", { name: `${word} school` }).click();
  await expect(page.getByRole("button", { name: "Neem mijn woord terug" })).toBeVisible();
  await expectAccessible(page);

  const own = await browser.newContext();
  const pupil = await own.newPage();
  await comeIn(pupil, "yara", "/kaart");
  await pupil.getByRole("button", { name: `${word} school` }).click();
  await expect(pupil.getByText(/Ook gezegd door .*Verhulst/)).toBeVisible();
  await pupil.getByRole("button", { name: "Noem het anders" }).click();
  await pupil.getByLabel("Hoe noem jij het?").fill(`rustig ${word}`);
  await pupil.getByRole("button", { name: "Bewaar" }).click();
  await expect(pupil.getByRole("button", { name: `rustig ${word} school` })).toBeVisible();
  await pupil.getByRole("button", { name: "Verberg dit woord" }).click();
  await expect(pupil.getByText("alleen jij ziet dit")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: /Woorden die bij Yara horen/ })).toBeVisible();
  await expect(page.getByText(word)).toHaveCount(0);
  await pupil.getByRole("button", { name: "Draai terug" }).click();
  await expect(pupil.getByText("alleen jij ziet dit")).toHaveCount(0);
  await own.close();
});

test("letters at twice their size fit a small phone", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await comeIn(page, "cagla", "/kaart");
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await expectAccessible(page);
});
