import { closeMessage, enlarge, expectAccessible, expectNoOverflow, someoneElse } from "./journey";
import { type Browser, expect, test } from "./product";

const wrongThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

async function openedBy(browser: Browser, username: string, address: string) {
  const context = await someoneElse(browser, username);
  const page = await context.newPage();
  await page.goto(address);
  return { context, page };
}

test("a pupil composes a page, shares it with a code, somebody opens it without an account, and it is stopped", async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const { context: cagla, page } = await openedBy(browser, "cagla", "/");
  await page.getByRole("link", { name: "Mijn etalage" }).click();
  await page.getByRole("button", { name: "Maak een bladzijde" }).click();
  await page.getByRole("button", { name: /^Open dag mbo/ }).click();
  const title = `Op bezoek ${Date.now() % 100_000}`;
  await page.getByLabel("Titel van de bladzijde").fill(title);
  await page.getByLabel("Stel je voor").fill("Ik wil weten hoe een dag eruitziet.");
  const saw = page.getByRole("region", { name: "Dit heb ik al gezien" });
  await saw.getByRole("button", { name: "Verhaal erbij" }).click();
  const stories = page.getByRole("dialog", { name: "Verhaal erbij" });
  await stories.getByRole("checkbox", { name: /De eerste zeven weken op De Zilvermeeuw/ }).check();
  await stories.getByRole("checkbox", { name: /Thuiszorg Zeezicht/ }).check();
  await expectAccessible(page);
  await stories.getByRole("button", { name: "Klaar" }).click();
  await saw.getByRole("button", { name: /^Zet ‘Stage in de wijk.* omhoog$/ }).click();
  await expect(saw.getByRole("heading", { level: 3 }).first()).toHaveText(/Thuiszorg Zeezicht/);
  await page.getByRole("button", { name: "Kies woorden" }).click();
  await page.getByRole("dialog").getByRole("checkbox", { name: "rustig" }).check();
  await page.getByRole("dialog").getByRole("button", { name: "Klaar" }).click();
  await page.getByRole("button", { name: "Haal ‘Dit wil ik nog vragen’ weg" }).click();
  await closeMessage(page);
  await expect(page.getByRole("region", { name: "Dit wil ik nog vragen" })).toHaveCount(0);
  await page.getByRole("button", { name: "Stap terug" }).click();
  await expect(page.getByRole("region", { name: "Dit wil ik nog vragen" })).toBeVisible();
  await expect(page.getByText("Bewaard", { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.reload();
  await expect(page.getByLabel("Stel je voor")).toHaveValue("Ik wil weten hoe een dag eruitziet.");
  await page.getByRole("link", { name: "Bekijk hem" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Deel hem" }).click();
  await page.getByLabel("Voor wie is de link?").fill("Opleiding verzorgende");
  await page.getByRole("checkbox", { name: "Vraag ook een code" }).check();
  await page.getByRole("button", { name: "Maak de link" }).click();
  const given = page.getByRole("region", { name: "Je link is klaar" });
  const address = (await given.getByText(/\/etalage#/).textContent()) ?? "";
  const code = ((await given.getByText(/^\d{3} \d{3}$/).textContent()) ?? "").replace(" ", "");
  expect(address.length).toBeGreaterThan(50);
  await expectAccessible(page);

  const visitor = await browser.newContext();
  const outside = await visitor.newPage();
  await outside.goto(address);
  await outside.getByLabel("Code").fill(wrongThan(code));
  await outside.getByRole("button", { name: "Open de etalage" }).click();
  await expect(outside.getByText(/^Die code klopt niet\./)).toBeVisible();
  await expectAccessible(outside);
  await outside.getByLabel("Code").fill(code);
  await outside.getByRole("button", { name: "Open de etalage" }).click();
  await expect(outside.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(outside.getByRole("heading", { level: 3 }).first()).toHaveText(/Thuiszorg Zeezicht/);
  await expect(outside.getByText("Demir")).toHaveCount(0);
  await expect(outside.getByText("Vuurtoren")).toHaveCount(0);
  const photo = outside.locator(".etalage__files img").first();
  await photo.scrollIntoViewIfNeeded();
  await expect.poll(() => photo.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(100);
  await expectAccessible(outside);
  expect((await visitor.request.get("/v1/me")).status()).toBe(401);
  // A reload goes on with the same visit: no code again, and it counts once.
  await outside.reload();
  await expect(outside.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await enlarge(outside);
  await outside.reload();
  await expect(outside.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expectNoOverflow(outside);

  await page.reload();
  const link = page.getByRole("article", { name: "Link voor Opleiding verzorgende" });
  await expect(link.getByText("1 keer geopend")).toBeVisible();
  await link.getByRole("button", { name: "Stop de link voor Opleiding verzorgende" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop de link" }).click();
  await expect(page.getByText("De link voor Opleiding verzorgende is gestopt.").first()).toBeVisible();
  await expect(link.getByText("Gestopt. De link opent niets meer.")).toBeVisible();
  await outside.reload();
  await expect(outside.getByRole("heading", { level: 1, name: "Deze etalage is niet open" })).toBeVisible();
  await visitor.close();
  await cagla.close();

  // Under sixteen a parent reads the page first.
  const { context: home, page: parent } = await openedBy(browser, "bensaid", "/thuis");
  await parent.getByRole("link", { name: "Lees en geef antwoord" }).click();
  const asked = parent.getByRole("region", { name: "Yara Bensaïd wil een bladzijde delen" });
  await expect(asked.getByText("Lamp van een oude stoelpoot")).toBeVisible();
  await expectAccessible(parent);
  await asked.getByRole("button", { name: "Ja, dat mag" }).click();
  await expect(asked.getByText("U zei ja. De link werkt.")).toBeVisible();
  await home.close();
});
