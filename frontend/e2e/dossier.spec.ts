import { v7 as newId } from "uuid";
import { closeMessage, enlarge, expectAccessible, expectNoOverflow, someoneElse } from "./journey";
import { type APIRequestContext, type Browser, expect, type Page, test } from "./product";

const OURS = { "X-Requested-By": "portfolio" };

/** Mats shares a story in which he answers a question about who helps. */
async function tellsWhoHelps(request: APIRequestContext, title: string): Promise<void> {
  const id = newId();
  const put = await request.put(`/v1/entries/${id}`, {
    headers: OURS,
    data: {
      title,
      body: "Roy vertelde hoe hij zelf aan zijn leerbaan kwam.",
      details: { kind: "interview", role: "monteur" },
      competencies: ["networking"],
    },
  });
  expect(put.status()).toBe(201);
  const shared = await request.put(`/v1/entries/${id}/audience`, {
    headers: { ...OURS, "If-Match": put.headers().etag ?? "" },
    data: { ring: 2 },
  });
  expect(shared.status()).toBe(200);
}

async function handsIn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Lever in bij Kustlijn College" }).click();
  await expect(page.getByRole("dialog", { name: "Lever je dossier in?" })).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Lever in", exact: true }).click();
  await expect(page.getByText("Je dossier is ingeleverd bij Kustlijn College.")).toBeVisible();
  await closeMessage(page);
}

async function openedBy(browser: Browser, username: string, address: string) {
  const context = await someoneElse(browser, username);
  const page = await context.newPage();
  await page.goto(address);
  return { context, page };
}

test("a dossier from open, lacking one question, to given back, handed in again, good, and on paper", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const { context: mats, page } = await openedBy(browser, "mats", "/");
  await page.getByRole("link", { name: "Loopbaandossier" }).click();
  const helps = page.getByRole("region", { name: "Wie helpt?" });
  await expect(helps.getByText("Je hebt hier nog geen gedeeld verhaal bij. Dat kan nog.")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Nog niets gekozen bij ‘Wie helpt\?’/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Lever in bij/ })).toHaveCount(0);
  await expectAccessible(page);
  const refused = await mats.request.put(`/v1/me/dossier/hand-ins/${newId()}`, { headers: OURS });
  expect(refused.status()).toBe(409);

  const story = `Roy over zijn leerbaan ${Date.now() % 100_000}`;
  await tellsWhoHelps(mats.request, story);
  await page.reload();
  await helps.getByRole("checkbox", { name: new RegExp(story) }).check();
  await expect(helps.getByText("Bewaard")).toBeVisible();
  await helps.getByLabel("In je eigen woorden").fill("Roy wil me helpen.");
  await helps.getByLabel("In je eigen woorden").blur();
  await expect(helps.getByText("dit zit erin")).toBeVisible();
  await page.reload();
  await expect(helps.getByLabel("In je eigen woorden")).toHaveValue("Roy wil me helpen.");
  await expect(helps.getByRole("checkbox", { name: new RegExp(story) })).toBeChecked();

  await handsIn(page);
  await expect(page.getByRole("heading", { name: "Je dossier ligt bij Kustlijn College" })).toBeVisible();
  await expect(helps.getByLabel("In je eigen woorden")).toHaveCount(0);
  await page.getByRole("button", { name: "Haal terug" }).click();
  await expect(page.getByText("Je dossier is terug. Je kunt er weer in schrijven.")).toBeVisible();
  await closeMessage(page);
  await handsIn(page);

  const { context: dean, page: desk } = await openedBy(browser, "elidrissi", "/school");
  await desk.getByRole("link", { name: "Loopbaandossiers" }).click();
  await desk.getByRole("button", { name: /^ingeleverd/ }).click();
  await expectAccessible(desk);
  await desk.getByRole("link", { name: "Mats van Rooijen" }).click();
  await expect(
    desk.getByRole("heading", { level: 1, name: "Loopbaandossier van Mats van Rooijen" }),
  ).toBeVisible();
  await expect(
    desk.getByRole("heading", { name: "Mijn stage bij Van Duin: warmtepompen" }).first(),
  ).toBeVisible();
  await desk.getByRole("radio", { name: /^Aanvullen/ }).check();
  await desk.getByRole("button", { name: "Geef terug om aan te vullen" }).click();
  await expect(desk.getByText("Schrijf op wat Mats kan aanvullen.")).toBeVisible();
  const reason = "Schrijf erbij wat Roy precies voor je wil doen.";
  await desk.getByLabel("Wat kan Mats aanvullen?").fill(reason);
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "Geef terug om aan te vullen" }).click();
  await expect(desk.getByText("Mats kan aanvullen en opnieuw inleveren.")).toBeVisible();
  await expect(desk.getByText(/^Teruggegeven om aan te vullen op/)).toBeVisible();

  await page.reload();
  await expect(
    page.getByRole("heading", { name: "Samira El Idrissi vraagt je iets aan te vullen" }),
  ).toBeVisible();
  await expect(page.getByText(reason)).toBeVisible();
  await helps
    .getByLabel("In je eigen woorden")
    .fill("Roy wil me helpen. Ik mail hem in januari over een leerbaan.");
  await helps.getByLabel("In je eigen woorden").blur();
  await expect(helps.getByText("Bewaard")).toBeVisible();
  await expectAccessible(page);
  await handsIn(page);
  await expect(page.getByRole("heading", { name: "Je dossier ligt bij Kustlijn College" })).toBeVisible();

  await desk.getByRole("link", { name: "Naar alle dossiers" }).click();
  await desk.getByRole("link", { name: "Mats van Rooijen" }).click();
  await expect(desk.getByText("Dit is keer 3. Eerdere keren blijven bewaard.")).toBeVisible();
  await expect(desk.getByText("Ik mail hem in januari over een leerbaan.")).toBeVisible();
  await desk.getByLabel("Welke collega?").selectOption({ label: "Joost Verhulst" });
  await desk.getByRole("button", { name: "Vraag om mee te lezen" }).click();
  await expect(desk.getByText("Joost Verhulst heeft nog niets gezegd.")).toBeVisible();
  const { context: reader, page: along } = await openedBy(browser, "verhulst", "/dossiers");
  await along
    .getByRole("region", { name: "Jij leest mee" })
    .getByRole("link", { name: "Mats van Rooijen" })
    .click();
  await along.getByRole("radio", { name: "Eens: voldaan" }).check();
  await expectAccessible(along);
  await along.getByRole("button", { name: "Geef door aan de decaan" }).click();
  await expect(along.getByText("Doorgegeven aan de decaan.")).toBeVisible();
  await reader.close();

  // Somebody did something meanwhile: the dean is told, and closes it from what is there now.
  await desk.getByRole("radio", { name: /^Voldaan/ }).check();
  await desk.getByLabel(/^Een paar woorden voor Mats/).fill("Mooi, nu is het compleet.");
  await desk.getByRole("button", { name: "Sluit af als voldaan" }).click();
  await expect(desk.getByText(/Iemand anders deed intussen iets met dit dossier/)).toBeVisible();
  await expect(desk.getByText("Joost Verhulst is het eens met voldaan.")).toBeVisible();
  await desk.getByRole("button", { name: "Sluit af als voldaan" }).click();
  await expect(desk.getByText(/^Voldaan op .*, door Samira El Idrissi$/)).toBeVisible();
  await dean.close();

  await page.reload();
  await expect(page.getByRole("heading", { name: "Je dossier is voldaan" })).toBeVisible();
  await expect(page.getByText("Mooi, nu is het compleet.")).toBeVisible();
  await page.getByRole("link", { name: "Bekijk en download" }).click();
  await page.getByRole("button", { name: "Maak de pdf" }).click();
  const link = page.getByRole("link", { name: /^Download de pdf/ });
  await expect(link).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toBe("Loopbaandossier Mats van Rooijen.pdf");
  const paper = await mats.request.get(await link.evaluate((one: HTMLAnchorElement) => one.href));
  expect(paper.headers()["content-type"]).toBe("application/pdf");
  expect((await paper.body()).subarray(0, 5).toString()).toBe("%PDF-");
  await mats.close();
});

test("a dean says what the school asks, and a pupil of another class sees it above the dossier", async ({
  browser,
}) => {
  const { context: dean, page } = await openedBy(browser, "elidrissi", "/dossiers");
  await page.getByRole("link", { name: "Wat vraagt onze school?" }).click();
  await page.getByLabel(/^Een woord vooraf/).fill("Lever je dossier in voor de voorjaarsvakantie.");
  const work = page.getByRole("group", { name: "Wat doen ze daar?", exact: true });
  await work.getByRole("button", { name: "2" }).click();
  await work.getByRole("checkbox", { name: /^Eén ervan kijkt terug/ }).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Bewaar de lijst" }).click();
  await expect(page.getByText(/^De lijst voor .* is bewaard\.$/)).toBeVisible();
  await page.reload();
  await expect(work.getByRole("checkbox", { name: /^Eén ervan kijkt terug/ })).toBeChecked();
  await dean.close();
});

test("at 320 pixels with letters twice as large nothing of a dossier falls off", async ({ browser }) => {
  const context = await someoneElse(browser, "mats");
  const page = await context.newPage();
  await enlarge(page);
  await page.goto("/loopbaandossier");
  await expect(page.getByRole("region", { name: "Wie helpt?" })).toBeVisible();
  await expectNoOverflow(page);
  await context.close();
});
