import { closeMessage, expectAccessible, shares, someoneElse } from "./journey";
import { Mailbox } from "./mailbox";
import { type Browser, type BrowserContext, expect, type Page, test } from "./product";

const mailbox = new Mailbox();
test.beforeAll(() => mailbox.open());
test.afterAll(() => mailbox.close());

const LINK = /https?:\/\/\S+\/buiten\?\S+/u;

function addressIn(text: string): string {
  const found = LINK.exec(text)?.[0];
  if (!found) throw new Error(`no link in: ${text}`);
  return found;
}

/** A pupil asks somebody outside about this story, in the screens. */
async function asks(page: Page, who: string, to: string, button: string): Promise<void> {
  await page.getByRole("button", { name: "Vraag iemand van buiten" }).click();
  await page.getByLabel("Wie is het voor jou?").fill(who);
  await page.getByLabel("Mailadres").fill(to);
  await expectAccessible(page);
  await page.getByRole("button", { name: button }).click();
}

/** Somebody outside opens the link, asks for the code and gives it. */
async function comesIn(browser: Browser, address: string, to: string): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({ locale: "nl-NL" });
  const coach = await context.newPage();
  await coach.goto(address);
  await expect(coach.getByRole("heading", { level: 1 })).toHaveText("Een leerling vraagt wat u zag");
  await expectAccessible(coach);
  await coach.getByRole("button", { name: "Stuur mij een code" }).click();
  const { text } = await mailbox.next(to);
  const code = /\b\d{6}\b/u.exec(text)?.[0] ?? "";
  await expectAccessible(coach);
  await coach.getByLabel("Code van zes cijfers").fill(code);
  await coach.getByRole("button", { name: "Verder" }).click();
  await expect(coach.getByRole("heading", { level: 1 })).toContainText("wat zag u?");
  return [context, coach];
}

test("a pupil of 17 asks a coach, who answers without an account; taken in, it is a voice on the map", async ({
  browser,
}) => {
  const cagla = await someoneElse(browser, "cagla");
  const title = `Nachtdienst ${Date.now() % 100_000}`;
  const story = await shares(cagla, title);
  const page = await cagla.newPage();
  await page.goto(`/verhaal/${story}`);
  const to = `ria-${Date.now()}@haven.example`;
  await asks(page, "mijn begeleider van de nacht", to, "Stuur de mail");
  await expect(page.getByText(`De mail gaat naar ${to}.`)).toBeVisible();
  const mail = await mailbox.next(to);
  expect(mail.subject).toBe("Çağla vraagt wat u zag");
  expect(mail.text).not.toContain(title);

  const [context, coach] = await comesIn(browser, addressIn(mail.text), to);
  await expect(coach.getByRole("heading", { name: title })).toBeVisible();
  await expect(coach.getByText("Ik vond zelf de storing.")).toBeVisible();
  await expectAccessible(coach);
  await coach.getByRole("button", { name: "Verstuur naar Çağla" }).click();
  await expect(coach.getByText("Beantwoord minstens één vraag, of kies een woord.")).toBeVisible();
  await coach.getByLabel("Wat deed Çağla goed? Noem één moment.").fill("Ze hoorde de pomp eerder dan ik.");
  await coach.getByText("precies", { exact: true }).click();
  await coach.getByLabel("Wie bent u?").fill("Ria, nachtploeg");
  // What is written stays in this browser.
  await coach.reload();
  await expect(coach.getByLabel("Wie bent u?")).toHaveValue("Ria, nachtploeg");
  await coach.getByRole("button", { name: "Verstuur naar Çağla" }).click();
  await expect(coach.getByRole("heading", { name: "Dank u wel" })).toBeVisible();
  await expectAccessible(coach);

  await page.reload();
  const section = page.getByRole("region", { name: "Van buiten" });
  await expect(section.getByText("Alleen jij leest dit nu.")).toBeVisible();
  await expect(section.getByText("Ze hoorde de pomp eerder dan ik.")).toBeVisible();
  await expectAccessible(page);
  await section.getByRole("button", { name: "Zet het erbij" }).click();
  await expect(page.getByText("Wat Ria, nachtploeg schreef, staat bij je verhaal.")).toBeVisible();
  await closeMessage(page);
  await expect(section.getByText("Staat bij je verhaal")).toBeVisible();

  await page.goto("/kaart");
  await page.getByRole("button", { name: /^precies/ }).click();
  await expect(page.getByText("Dit schreef iemand van buiten zelf: Ria, nachtploeg. Bij:")).toBeVisible();
  await page.goto("/wie-keek-er");
  await expect(
    page.getByText(/mijn begeleider van de nacht \(van buiten\) keek naar 1 ding/).first(),
  ).toBeVisible();

  // The link is done: the open page closes, and says no more than of a link that nobody made.
  await coach.reload();
  await coach.getByRole("button", { name: "Stuur mij een code" }).click();
  await expect(coach.getByRole("heading", { name: "Deze link werkt niet meer" })).toBeVisible();
  await expectAccessible(coach);
  await coach.goto("/buiten#nooit-gemaakt");
  await coach.getByRole("button", { name: "Stuur mij een code" }).click();
  await expect(coach.getByRole("heading", { name: "Deze link werkt niet meer" })).toBeVisible();
  await Promise.all([context.close(), cagla.close()]);
});

test("of a pupil of 13 mentor and parent say yes first; withdrawn, the link opens nothing", async ({
  browser,
}) => {
  const yara = await someoneElse(browser, "yara");
  const title = `Bij de slager ${Date.now() % 100_000}`;
  const story = await shares(yara, title);
  const page = await yara.newPage();
  await page.goto(`/verhaal/${story}`);
  const to = `slager-${Date.now()}@markt.example`;
  const who = `de slager ${Date.now() % 100_000}`;
  await asks(page, who, to, "Vraag toestemming");
  await expect(page.getByText(/Zeggen ze ja, dan gaat de mail naar/)).toBeVisible();
  await closeMessage(page);
  const card = page.getByRole("article", { name: who });
  await expect(card.getByText("Mentor: nog niet")).toBeVisible();

  for (const [username, start] of [
    ["verhulst", "/klas"],
    ["bensaid", "/thuis"],
  ] as const) {
    const context = await someoneElse(browser, username);
    const other = await context.newPage();
    await other.goto(start);
    const news = other.getByRole("complementary", { name: "Vragen aan iemand buiten school" });
    await expect(news).toBeVisible();
    await expectAccessible(other);
    await news.getByRole("link", { name: "Bekijk het" }).click();
    const request = other.getByRole("region").filter({ hasText: to });
    await expect(request.getByRole("link", { name: title })).toBeVisible();
    await expectAccessible(other);
    await request.getByRole("button", { name: "Ja, dit mag" }).click();
    await expect(other.getByText("Ja gezegd op de vraag van Yara.")).toBeVisible();
    await context.close();
  }
  const address = addressIn((await mailbox.next(to)).text);
  const [context, coach] = await comesIn(browser, address, to);
  await expect(coach.getByRole("heading", { name: title })).toBeVisible();

  await page.goto("/van-buiten");
  await expect(card.getByText("Gemaild. Nog geen antwoord.")).toBeVisible();
  await expectAccessible(page);
  await card.getByRole("button", { name: `Trek de vraag aan “${who}” in` }).click();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Trek in" }).click();
  await expect(page.getByText(`De vraag aan “${who}” is ingetrokken.`)).toBeVisible();
  await coach.reload();
  await expect(coach.getByRole("heading", { name: title })).toHaveCount(0);
  await coach.getByRole("button", { name: "Stuur mij een code" }).click();
  await expect(coach.getByRole("heading", { name: "Deze link werkt niet meer" })).toBeVisible();
  await Promise.all([context.close(), yara.close()]);
});

test("two windows of one coach stand side by side", async ({ browser }) => {
  const cagla = await someoneElse(browser, "cagla");
  const story = await shares(cagla, `Dubbel ${Date.now() % 100_000}`);
  const page = await cagla.newPage();
  await page.goto(`/verhaal/${story}`);
  const to = `twee-${Date.now()}@haven.example`;
  await asks(page, "mijn begeleider", to, "Stuur de mail");
  const address = addressIn((await mailbox.next(to)).text);
  const [first, one] = await comesIn(browser, address, to);
  const [second, two] = await comesIn(browser, address, to);
  for (const [coach, text] of [
    [one, "Dit schreef ik op de telefoon."],
    [two, "Dit schreef ik op de laptop."],
  ] as const) {
    await coach.getByLabel("Wat zag u groeien?").fill(text);
    await coach.getByLabel("Wie bent u?").fill("Ria");
    await coach.getByRole("button", { name: "Verstuur naar Çağla" }).click();
  }
  await expect(one.getByRole("heading", { name: "Dank u wel" })).toBeVisible();
  await expect(two.getByText("Dit schreef ik op de telefoon.")).toBeVisible();
  await expect(two.getByText("Dit schreef ik op de laptop.")).toBeVisible();
  await expectAccessible(two);
  await two.getByRole("button", { name: "Verstuur wat hier staat" }).click();
  await expect(two.getByRole("heading", { name: "Dank u wel" })).toBeVisible();
  await page.reload();
  await expect(page.getByText("Dit schreef ik op de laptop.")).toBeVisible();
  await Promise.all([first.close(), second.close(), cagla.close()]);
});
