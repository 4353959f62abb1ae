import { closeMessage, entryOf, expectAccessible, shares, signInAt, someoneElse } from "./journey";
import { expect, test } from "./product";

test("a parent sees what each child shared with home, and encourages", async ({ page, browser }) => {
  const yara = await someoneElse(browser, "yara");
  const now = Date.now();
  const shared = await shares(yara, `Dag mee bij Rijnders ${now}`, 2);
  const atSchool = await shares(yara, `Alleen voor school ${now}`, 1);

  await signInAt(page, "/", "bensaid");
  await expect(page.getByRole("heading", { level: 1, name: "Dag Nadia Bensaïd" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Yara liet dit zien" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Ilyas/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: /Yara/ }).click();
  await expect(page.getByRole("heading", { name: /^Ilyas/ })).toBeHidden();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Yara liet dit zien" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Ilyas/ })).toBeHidden();
  await expect(page.getByText(`Alleen voor school ${now}`)).toBeHidden();

  await page.getByRole("link", { name: `Dag mee bij Rijnders ${now}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Dag mee bij Rijnders ${now}` })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Schrijf er iets bij" }).click();
  await page.getByRole("button", { name: "Stuur naar Yara" }).click();
  await expect(page.getByText("Kies eerst wat past.")).toBeVisible();
  await page.getByRole("radio", { name: "Ik ben trots op je" }).check();
  await page.getByLabel("Wilt u er iets bij zeggen?").fill("أحسنتِ يا يارا");
  await page.getByRole("button", { name: "Stuur naar Yara" }).click();
  await expect(page.getByText("Verstuurd. Yara kan het lezen.")).toBeVisible();
  await closeMessage(page);
  await expectAccessible(page);
  const { feedback } = await entryOf(yara, shared);
  expect(feedback).toMatchObject([{ kind: "reaction", reaction: "proud", text: "أحسنتِ يا يارا" }]);

  await page.goto(`/verhaal/${atSchool}`);
  await expect(page.getByText("Dit kunnen we niet laten zien")).toBeVisible();
  await yara.close();
});

test("everything of one child is a route through the years", async ({ page, browser }) => {
  const yara = await someoneElse(browser, "yara");
  const title = `Open dag ${Date.now()}`;
  await shares(yara, title);
  await signInAt(page, "/thuis", "bensaid");
  await page
    .getByRole("region", { name: "Yara liet dit zien" })
    .getByRole("link", { name: /Bekijk alles van Yara/ })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Yara Bensaïd" })).toBeVisible();
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  await expect(page.getByText("Yara ziet dat u keek.")).toBeVisible();
  await expectAccessible(page);
  await yara.close();
});

test("a parent without custody reads why there is nothing to see", async ({ page }) => {
  await signInAt(page, "/thuis", "koster");
  await expect(page.getByText("Niet open voor u")).toBeVisible();
  await expectAccessible(page);
});

test("in Arabic the page turns around and stays so after loading again", async ({ page }) => {
  await signInAt(page, "/thuis", "bensaid");
  await expect(page.getByRole("heading", { level: 1, name: "Dag Nadia Bensaïd" })).toBeVisible();
  await page.getByLabel("Taal").selectOption("ar");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("مرحبًا");
  await expectAccessible(page);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("مرحبًا");
  // The next test finds her page as it was.
  const back = { headers: { "X-Requested-By": "portfolio" }, data: { locale: "nl" } };
  expect((await page.request.patch("/v1/me", back)).ok()).toBe(true);
});

test("who reads Arabic reads the map of a child in Arabic as well", async ({ browser }) => {
  const father = await someoneElse(browser, "youssef");
  const page = await father.newPage();
  await page.goto("/thuis");
  await page.getByRole("link", { name: "عرض خريطة Yara" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "خريطة Yara" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "كلمات تناسب Yara" })).toBeVisible();
  await expectAccessible(page);
  await father.close();
});
