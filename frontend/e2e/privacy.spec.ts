import { v7 as newId } from "uuid";
import { closeMessage, enlarge, expectAccessible, expectNoOverflow, someoneElse } from "./journey";
import { expect, test } from "./product";

const OURS = { "X-Requested-By": "portfolio" };

test("a pupil sees what is held, asks that it goes, reads what stays, and takes it back", async ({
  browser,
}) => {
  const cagla = await someoneElse(browser, "cagla");
  const page = await cagla.newPage();

  // Something in the trash says how long it is still there.
  const id = newId();
  const title = `Weg ermee ${Date.now() % 100_000}`;
  const made = await cagla.request.put(`/v1/entries/${id}`, {
    headers: OURS,
    data: { title, details: { kind: "reflection" } },
  });
  expect(made.status()).toBe(201);
  expect((await cagla.request.delete(`/v1/entries/${id}`, { headers: OURS })).status()).toBe(204);
  await page.goto("/ik");
  const thrown = page.getByRole("listitem").filter({ hasText: title });
  await expect(thrown.getByText("Over 30 dagen weg")).toBeVisible();

  await page.getByRole("link", { name: "Wat is er bewaard, en hoe lang?" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mijn gegevens" })).toBeVisible();
  await expect(page.getByText(/^Zolang er een school bij hoort/)).toBeVisible();
  await expect(
    page.getByRole("list", { name: "Zelf gemaakt of gekozen" }).getByText(/Verhalen/),
  ).toBeVisible();
  await expectAccessible(page);

  // What the school keeps is asked of the school.
  await page.getByRole("button", { name: "Vraag school om het aan te passen" }).click();
  await page.getByRole("radio", { name: "De naam" }).check();
  await page.getByLabel("Hoe moet het zijn?").fill("Mijn naam is met twee streepjes op de c.");
  await page.getByRole("button", { name: "Stuur naar school" }).click();
  await closeMessage(page);
  await expect(page.getByText(/^Wacht op school\. Antwoord komt uiterlijk/)).toBeVisible();
  await page.getByRole("button", { name: "Trek de vraag in: De naam" }).click();
  await expect(page.getByText(/^Wacht op school/)).toHaveCount(0);

  // What goes and what stays stands there before anything is asked.
  await page.getByRole("link", { name: "Bekijk wat er weggaat en wat er blijft" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Alles van Çağla wissen" })).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Dit gaat weg" }).getByText(/Verhalen, met alle versies/),
  ).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Dit blijft, en waarom" }).getByText(/^Naam, klas en account/),
  ).toBeVisible();
  await expectAccessible(page);
  const send = page.getByRole("button", { name: "Wis alles van Çağla" });
  await page.getByLabel("Wachtwoord of pincode").fill("dit is het niet");
  await send.click();
  await expect(page.getByText("Dit klopt niet. Kijk nog eens goed.")).toBeVisible();
  await page.getByLabel("Wachtwoord of pincode").fill("schelpen-aan-zee");
  await send.click();
  await expect(page.getByRole("heading", { level: 1, name: "Mijn gegevens" })).toBeVisible();
  await closeMessage(page);
  await expect(page.getByText(/^Op .* wordt alles gewist\.$/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Alles laten wissen" })).toHaveCount(0);

  // Large letters on the smallest phone, and back again.
  await enlarge(page);
  await page.reload();
  await expect(page.getByRole("button", { name: "Stop het wissen" })).toBeVisible();
  await expectNoOverflow(page);
  await page.getByRole("button", { name: "Stop het wissen" }).click();
  await expect(page.getByText(/^Het wissen is gestopt op/)).toBeVisible();
  await cagla.close();
});
