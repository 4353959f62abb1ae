import { answers, closeMessage, entryOf, expectAccessible, shares, signInAt, someoneElse } from "./journey";
import { expect, type Page, test } from "./product";

/** Opens this entry from the queue, however much stands before it. */
async function lookAt(page: Page, title: string, name: string): Promise<void> {
  const link = page.getByRole("link", { name: `Bekijk ${title} van ${name}` });
  const more = page.getByRole("button", { name: "Laat meer zien" });
  await expect(page.getByRole("list", { name: "Wat wacht" })).toBeVisible();
  while (!(await link.isVisible())) await more.click();
  await link.click();
}

for (const viewport of [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
]) {
  test.describe(`at ${viewport.width}`, () => {
    test.use({ viewport });

    test("the class shows who waits, filters by it, and leads to a portfolio", async ({ page, browser }) => {
      const yara = await someoneElse(browser, "yara");
      const title = `Meelopen bij Rijnders ${viewport.width} ${Date.now()}`;
      await shares(yara, title);

      await signInAt(page, "/klas", "verhulst");
      await expect(page.getByRole("heading", { level: 1, name: "Klas 2C" })).toBeVisible();
      await expect(page.getByRole("heading", { name: "Even geen nieuws" })).toBeVisible();
      await expectAccessible(page);
      const tile = page.getByRole("listitem").getByRole("link", { name: /^Yara Bensaïd.*wacht/ });
      await expect(tile).toBeVisible();
      await page.getByRole("button", { name: /^Wacht op jou/ }).click();
      await expect(tile).toBeVisible();
      await expectAccessible(page);

      await tile.click();
      await expect(page.getByRole("heading", { level: 1, name: "Yara Bensaïd" })).toBeVisible();
      await expect(page.getByRole("link", { name: title })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("link", { name: "Naar de klas" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Klas 2C" })).toBeVisible();
      await page
        .getByRole("navigation", { name: "Kies een klas" })
        .getByRole("link", { name: "Klas 3B" })
        .click();
      await expect(page.getByRole("heading", { level: 1, name: "Klas 3B" })).toBeVisible();
      await yara.close();
    });
  });
}

test("from the queue: words, taken back, a question, its answer, seen, and on to the next", async ({
  page,
  browser,
}) => {
  const yara = await someoneElse(browser, "yara");
  const now = Date.now();
  const first = await shares(yara, `Storing gevonden ${now}`);
  const second = await shares(yara, `Storing gemaakt ${now}`);

  await signInAt(page, "/te-bekijken", "verhulst");
  await expect(page.getByRole("heading", { level: 1, name: "Om te bekijken" })).toBeVisible();
  await expectAccessible(page);
  await lookAt(page, `Storing gevonden ${now}`, "Yara Bensaïd");
  await expect(page.getByRole("heading", { level: 1, name: `Storing gevonden ${now}` })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Verstuur" }).click();
  await expect(page.getByText("Schrijf eerst iets.")).toBeVisible();
  await page.getByLabel("Jouw reactie aan Yara").fill("Knap dat je zelf bent gaan zoeken.");
  await page.getByRole("button", { name: "Verstuur" }).click();
  await expect(page.getByText("Verstuurd. Yara kan het lezen.")).toBeVisible();
  await expect(page.getByText("Knap dat je zelf bent gaan zoeken.")).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: "Haal terug" }).click();
  await expect(page.getByText("Teruggehaald. Niemand ziet het meer.")).toBeVisible();
  await expect(page.getByText("Knap dat je zelf bent gaan zoeken.")).toBeHidden();
  expect((await entryOf(yara, first)).feedback).toEqual([]);

  await page.getByRole("button", { name: "Vraag iets terug" }).click();
  await page.getByLabel("Jouw vraag aan Yara").fill("Hoe wist je waar je moest kijken?");
  await page.getByRole("button", { name: "Stel de vraag" }).click();
  await expect(page.getByText("Je vraag staat open.")).toBeVisible();
  expect((await entryOf(yara, first)).state).toBe("asked_back");
  await closeMessage(page);
  await expectAccessible(page);

  await answers(yara, first, "Ik hoorde een raar geluid.");
  await page.goto("/te-bekijken");
  await lookAt(page, `Storing gevonden ${now}`, "Yara Bensaïd");
  await page.goBack();
  const answered = page.getByRole("listitem").filter({ hasText: `Storing gevonden ${now}` });
  await expect(answered.getByText("Antwoord op je terugvraag")).toBeVisible();
  await page.getByRole("link", { name: `Bekijk Storing gemaakt ${now} van Yara Bensaïd` }).click();
  await page.getByRole("button", { name: "Bekeken, naar de volgende" }).click();
  await expect(page.getByText("Bekeken. Yara ziet dat.")).toBeVisible();
  expect((await entryOf(yara, second)).state).toBe("seen");

  await expect(page.getByRole("heading", { level: 1, name: `Storing gevonden ${now}` })).toBeVisible();
  await expect(page.getByText("Ik hoorde een raar geluid.")).toBeVisible();
  await page.getByRole("button", { name: "Bekeken, naar de volgende" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Storing gevonden ${now}` })).toBeHidden();
  expect((await entryOf(yara, first)).state).toBe("seen");
  await yara.close();
});

test("under 12, child and teacher choose together that home does not see it", async ({ page, browser }) => {
  const isa = await someoneElse(browser, "isa");
  const id = await shares(isa, `Bakkerij ${Date.now()}`);
  await signInAt(page, `/verhaal/${id}`, "spaans");
  await page.getByRole("radio", { name: "Alleen school" }).click();
  await expect(page.getByText("Aangepast.")).toBeVisible();
  await expect(page.getByRole("radio", { name: "Alleen school" })).toBeChecked();
  expect((await entryOf(isa, id)).ring).toBe(1);
  await closeMessage(page);
  await expectAccessible(page);
  await isa.close();
});

test("what a teacher may not see looks the same as what is not there", async ({ page, browser }) => {
  const isa = await someoneElse(browser, "isa");
  const id = await shares(isa, `Bakkerij ${Date.now()}`);
  await signInAt(page, `/verhaal/${id}`, "verhulst");
  await expect(page.getByText("Dit kunnen we niet laten zien")).toBeVisible();
  await expectAccessible(page);
  await page.goto("/verhaal/019aa000-0000-7000-8000-000000000000");
  await expect(page.getByText("Dit kunnen we niet laten zien")).toBeVisible();
  await isa.close();
});

test("beside the activities one still sees where one is, and how to get back", async ({ page }) => {
  await signInAt(page, "/agenda", "verhulst");
  await expect(page.getByRole("heading", { level: 1, name: "Agenda" })).toBeVisible();
  const here = page.getByRole("navigation", { name: "Hoofdmenu" }).locator("[aria-current=page]:visible");
  for (const address of ["/agenda", "/organisaties"]) {
    await page.goto(address);
    await expect(here).toHaveText("Activiteiten");
    await page.getByRole("link", { name: "Activiteiten", exact: true }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "Activiteiten" })).toBeVisible();
  }
  await page.goto("/school/vragen");
  await expect(here).toHaveText("Mijn klas");
  await page.getByRole("link", { name: "Naar de klas" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Klas/ })).toBeVisible();
});
