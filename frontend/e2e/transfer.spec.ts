import { enlarge, expectAccessible, expectNoOverflow, someoneElse } from "./journey";
import { expect, type Page, passes, test } from "./product";

const OURS = { "X-Requested-By": "portfolio" };
/** In minutes. */
const MONTHS = 100 * 24 * 60;

/** Titles of all stories of Yara that this person may see, from the page of the portfolio. */
async function seen(page: Page, pupil: string): Promise<string[] | number> {
  const answer = await page.request.get(`/v1/pupils/${pupil}/portfolio?limit=100`);
  if (answer.status() !== 200) return answer.status();
  return (await answer.json()).items.map(({ title }: { title: string }) => title);
}

test("a pupil takes two stories along, a parent says yes, the new mentor accepts and sees just those", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const yara = await (await someoneElse(browser, "yara")).newPage();
  const me = await (await yara.request.get("/v1/me")).json();
  const mentor = await (await someoneElse(browser, "verhulst")).newPage();
  const before = await seen(mentor, me.id);
  const old = await (await someoneElse(browser, "taal")).newPage();
  const oldBefore = await seen(old, me.id);

  await yara.goto("/ik");
  await yara.getByRole("link", { name: "Wat neem ik mee naar een andere school?" }).click();
  await yara
    .getByRole("region", { name: "Kustlijn College" })
    .getByRole("link", { name: "Kies wat je meeneemt" })
    .click();
  await expect(yara.getByRole("heading", { level: 1 })).toHaveText("Wat neem je mee naar Kustlijn College?");
  await expectAccessible(yara);
  await enlarge(yara);
  await expectNoOverflow(yara);
  // Away with the proposal; then two stories, by the keyboard.
  const ticked = yara.locator(".transfer__list input:checked");
  while ((await ticked.count()) > 0) await ticked.first().press("Space");
  await expect(yara.getByText("Er gaat nog niets mee.")).toBeVisible();
  const boxes = yara.locator("section[aria-labelledby^='year-'] .transfer__pick");
  const chosen: string[] = [];
  for (const place of [0, 1]) {
    chosen.push((await boxes.nth(place).locator("b").textContent())?.trim() ?? "");
    await boxes.nth(place).locator("input").press("Space");
  }
  await expect(yara.getByText("Dit gaat mee: 2 verhalen.")).toBeVisible();
  // Away right after a tick: it is as it was left when one comes back.
  await expect(yara.getByText("Wat je kiest, blijft bewaard.")).toBeVisible();
  const kept = yara.waitForResponse((answer) => answer.request().method() === "PUT");
  await boxes.nth(0).locator("input").press("Space");
  await yara.getByRole("link", { name: "Naar een andere school" }).click();
  await kept;
  await yara.goBack();
  await expect(yara.getByText("Dit gaat mee: 1 verhaal.")).toBeVisible();
  await boxes.nth(0).locator("input").press("Space");
  await expect(yara.getByText("Dit gaat mee: 2 verhalen.")).toBeVisible();
  await yara.getByRole("button", { name: "Bekijk hoe je school het ziet" }).click();
  await expect(yara.getByRole("heading", { level: 1 })).toHaveText("Zo ziet Kustlijn College het");
  await expect(yara.locator(".tp-entry h3")).toHaveText(chosen);
  await expectAccessible(yara);
  await yara.getByRole("button", { name: "Vraag thuis om een ja" }).click();
  await expect(yara.getByText("Verstuurd. Eerst moet een ouder of verzorger ja zeggen.")).toBeVisible();
  await expectAccessible(yara);
  expect(await seen(mentor, me.id)).toEqual(before);

  const mother = await (await someoneElse(browser, "bensaid")).newPage();
  await mother.goto("/thuis");
  await mother
    .getByRole("complementary", { name: "Meenemen naar een nieuwe school" })
    .getByRole("link")
    .click();
  const asked = mother.getByRole("region", { name: "Mag Kustlijn College dit van Yara zien?" });
  for (const title of chosen) await expect(asked.getByText(title)).toBeVisible();
  await expectAccessible(mother);
  await asked.getByRole("button", { name: "Ja, dit mag" }).click();
  await expect(asked.getByText("U zei ja. Kustlijn College kijkt ernaar.")).toBeVisible();

  await mentor.goto("/klas");
  await mentor
    .getByRole("complementary", { name: "Meegenomen door nieuwe leerlingen" })
    .getByRole("link")
    .click();
  await expectAccessible(mentor);
  expect(await seen(mentor, me.id)).toEqual(before);
  await mentor.getByRole("button", { name: "Neem aan wat Yara Bensaïd meeneemt" }).click();
  await expect(mentor.getByText("Aangenomen. Wat Yara koos, staat nu open.")).toBeVisible();
  const after = (await seen(mentor, me.id)) as string[];
  expect(after.filter((title) => !(before as string[]).includes(title)).sort()).toEqual([...chosen].sort());
  await mentor.goto(`/leerling/${me.id}`);
  await mentor.getByRole("link", { name: "Meegenomen van basisschool De Schelpentuin" }).click();
  await expect(mentor.locator(".tp-entry h3")).toHaveText(chosen);
  await expectAccessible(mentor);
  expect(await seen(old, me.id)).toEqual(oldBefore);

  // The dean, outside the own classes, says why first; what was said in an earlier month is over.
  passes("elidrissi", MONTHS);
  const dean = await (await someoneElse(browser, "elidrissi")).newPage();
  await dean.goto("/overstappen");
  await dean.getByRole("link", { name: "Bekijk wat Yara meenam" }).click();
  await dean.getByRole("radio", { name: "om een gesprek met de leerling voor te bereiden" }).check();
  await dean.getByRole("button", { name: "Open het portfolio" }).click();
  await expect(dean.locator(".tp-entry h3")).toHaveText(chosen);

  // It stays Yara's: one thing goes back, and everything.
  await yara.reload();
  await yara.getByRole("link", { name: "Bekijk wat Kustlijn College ziet, of neem iets terug" }).click();
  await yara.getByRole("button", { name: `Neem “${chosen[0]}” terug` }).click();
  await expect(yara.getByText(`“${chosen[0]}” is terug. Kustlijn College ziet het niet meer.`)).toBeVisible();
  await expect(yara.locator(".tp-entry h3")).toHaveText(chosen.slice(1));
  const mine = await (await yara.request.get("/v1/me/transfers")).json();
  await yara.request.delete(`/v1/me/transfers/${mine.items[0].id}`, { headers: OURS });
  expect(await seen(mentor, me.id)).toEqual(before);
});
