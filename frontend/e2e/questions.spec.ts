import { v7 as newId } from "uuid";
import { closeMessage, expectAccessible, it, someoneElse } from "./journey";
import { type Browser, type BrowserContext, expect, type Page, test } from "./product";

const OURS = { "X-Requested-By": "portfolio" };

/** Somebody's browser with a camera, at this address. */
async function at(browser: Browser, username: string, address: string): Promise<Page> {
  const context = await someoneElse(browser, username);
  await context.grantPermissions(["camera", "microphone"]);
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** A new experience, as far as the questions. */
async function toQuestions(page: Page, title: string, form = "bedrijfsbezoek"): Promise<void> {
  await page.goto("/erbij");
  await page.getByRole("radio", { name: "Ik was ergens" }).check();
  await page.getByLabel("Hoe noem je het?").fill(title);
  await page.getByRole("button", { name: form }).click();
  await page.getByRole("button", { name: "Verder", exact: true }).click();
  await page.getByRole("button", { name: "Verder", exact: true }).click();
  await expect(page.getByRole("article")).toHaveCount(2);
}

/** A visit of today for the teacher's class 2C, with these two questions of school. */
async function planned({ request }: BrowserContext, title: string, asked: string[]): Promise<string> {
  const { groups } = await (await request.get("/v1/me")).json();
  const id = newId();
  const plan = {
    title,
    form: "company_visit",
    workFields: ["recht"],
    happensOn: new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Amsterdam" }).format(new Date()),
    questions: asked.map((text) => ({ competency: "motives", text })),
    groupIds: groups.flatMap((group: { id: string; name: string }) => (group.name === "2C" ? group.id : [])),
  };
  expect((await request.put(`/v1/activities/${id}`, { headers: OURS, data: plan })).status()).toBe(201);
  const headers = { ...OURS, "If-Match": '"1"' };
  expect((await request.post(`/v1/activities/${id}/publish`, { headers })).status()).toBe(200);
  return id;
}

const questionCard = (page: Page, text: string) => page.getByRole("article", { name: text, exact: true });

/** Asks for another one in the place of each until this one is there; false when it never comes. */
async function findQuestion(page: Page, text: string): Promise<boolean> {
  for (const place of [0, 1]) {
    const heading = page.getByRole("article").nth(place).getByRole("heading");
    const words = async () => (await heading.textContent()) ?? "";
    const seen = new Set<string>();
    for (let now = await words(); !seen.has(now); now = await words()) {
      if (now === text) return true;
      seen.add(now);
      await page.getByRole("article").nth(place).getByRole("button", { name: "Een andere vraag" }).click();
    }
  }
  return false;
}

async function share(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Deel met school/ }).click();
  await expect(page.getByText(/^Gedeeld met school/)).toBeVisible();
}

test("a dean's question is asked at that school, answered in words and in film, and shown again later", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const stamp = Date.now() % 100_000;
  const asked = `Wat lukte jou in ${stamp} dat je niet had gedacht?`;
  const dean = await at(browser, "elidrissi", "/school");
  await dean.getByRole("link", { name: "Vragen van school" }).click();
  await expect(dean.getByRole("heading", { level: 1, name: "Vragen van school" })).toBeVisible();
  await dean.getByRole("button", { name: "Leerjaar 1 en 2" }).click();
  await expectAccessible(dean);
  const about = dean.getByRole("region", { name: /^Wat doen ze daar\?/ });
  await about.getByRole("button", { name: "Voeg een vraag toe" }).click();
  await about.getByRole("button", { name: "Bewaar" }).click();
  await expect(about.getByText("Schrijf eerst de vraag op.")).toBeVisible();
  await expectAccessible(dean);
  await about.getByLabel("De vraag", { exact: true }).fill(asked);
  await about.getByRole("button", { name: "Bewaar" }).click();
  await expect(dean.getByText(`“${asked}” wordt nu gevraagd.`)).toBeVisible();
  await expect(about.getByRole("heading", { name: asked })).toBeVisible();

  const pupil = await at(browser, "yara", "/");
  const first = `Eerste bezoek ${stamp}`;
  await toQuestions(pupil, first);
  expect(await findQuestion(pupil, asked)).toBe(true);
  const card = questionCard(pupil, asked);
  await expect(card.getByText("van je school")).toBeVisible();
  await card.getByRole("textbox").fill("Ik durfde de hijskraan te bellen.");
  await card.getByRole("button", { name: "Film het" }).click();
  await card.getByRole("button", { name: "Begin met filmen" }).click();
  await expect(card.getByText(/nog 0:5[0-7]/)).toBeVisible();
  await card.getByRole("button", { name: "Stop de film" }).click();
  await expect(card.getByText("Je antwoord is gefilmd")).toBeVisible();
  await expect(card.locator("video")).toHaveAttribute("aria-label", asked);
  await expectAccessible(pupil);
  // Only one waits for words, so one more may come; then no more than two are open.
  await pupil.getByRole("button", { name: "Nog een vraag" }).click();
  await expect(pupil.getByRole("article")).toHaveCount(3);
  await expect(pupil.getByRole("button", { name: "Nog een vraag" })).toHaveCount(0);
  await share(pupil);
  await pupil.getByRole("link", { name: first }).click();
  await expect(pupil.getByRole("heading", { name: asked })).toBeVisible();
  await expect(pupil.locator("video")).toBeVisible({ timeout: 40_000 });

  // Another time: what was said before comes after the answer.
  const second = `Tweede bezoek ${stamp}`;
  await toQuestions(pupil, second);
  expect(await findQuestion(pupil, asked)).toBe(true);
  const before = pupil.getByRole("complementary", { name: "Wat eerder is gezegd" });
  await expect(before).toHaveCount(0);
  await questionCard(pupil, asked).getByRole("textbox").fill("Nu belde ik meteen.");
  await expect(before).toHaveCount(0);
  await questionCard(pupil, asked).getByRole("textbox").blur();
  await expect(before.getByText("Vandaag zei je")).toBeVisible();
  await expect(before.getByText("Ik durfde de hijskraan te bellen.")).toBeVisible();
  await expect(before.getByRole("link", { name: first })).toBeVisible();
  await expectAccessible(pupil);
  await share(pupil);
  await pupil.getByRole("link", { name: second }).click();
  await expect(before.getByText("Ik durfde de hijskraan te bellen.")).toBeVisible();
  await expectAccessible(pupil);

  // A child of another school is never asked it.
  const child = await at(browser, "ilyas", "/");
  await toQuestions(child, `Bezoek ${stamp}`);
  expect(await findQuestion(child, asked)).toBe(false);
  await child.context().close();

  // The dean words it anew, withdraws it, and could take that back.
  await dean.getByRole("button", { name: `Verander: ${asked}` }).click();
  await about.getByLabel("De vraag", { exact: true }).fill(`${asked} Hoe?`);
  await expectAccessible(dean);
  await about.getByRole("button", { name: "Bewaar" }).click();
  await closeMessage(dean);
  await about.getByText("Eén eerdere versie").click();
  await expect(about.getByText(asked, { exact: true })).toBeVisible();
  await dean.getByRole("button", { name: `Trek in: ${asked} Hoe?` }).click();
  await dean.getByRole("status").getByRole("button", { name: "Draai terug" }).click();
  await expect(about.getByRole("button", { name: `Trek in: ${asked} Hoe?` })).toBeVisible();
  await about.getByRole("button", { name: `Trek in: ${asked} Hoe?` }).click();
  await expect(about.getByRole("button", { name: `Trek in: ${asked} Hoe?` })).toHaveCount(0);
  await expectAccessible(dean);

  // What was answered keeps the question; who writes something new is not asked it.
  await pupil.reload();
  await expect(pupil.getByRole("heading", { name: asked, exact: true })).toBeVisible();
  await toQuestions(pupil, `Derde bezoek ${stamp}`);
  expect(await findQuestion(pupil, `${asked} Hoe?`)).toBe(false);
  await pupil.context().close();
  await dean.context().close();
});

test("of two who change a question at once, the second sees both and chooses", async ({ browser }) => {
  const asked = `Wat zag je ${Date.now() % 100_000} keer?`;
  const dean = await at(browser, "elidrissi", "/school/vragen?leeftijd=B");
  const about = dean.getByRole("region", { name: /^Wat vind ik fijn\?/ });
  await about.getByRole("button", { name: "Voeg een vraag toe" }).click();
  await about.getByLabel("De vraag", { exact: true }).fill(asked);
  await about.getByRole("button", { name: "Bewaar" }).click();
  const other = await dean.context().newPage();
  await other.goto("/school/vragen?leeftijd=B");
  for (const page of [dean, other]) await page.getByRole("button", { name: `Verander: ${asked}` }).click();
  const words = (page: Page) => page.getByLabel("De vraag", { exact: true });
  await words(other).fill(`${asked} En waar?`);
  await other.getByRole("button", { name: "Bewaar" }).click();
  await expect(other.getByRole("heading", { name: `${asked} En waar?` })).toBeVisible();
  await words(dean).fill(`${asked} En met wie?`);
  await dean.getByRole("button", { name: "Bewaar" }).click();
  await expect(dean.getByRole("alert").getByText(`${asked} En waar?`)).toBeVisible();
  await expect(words(dean)).toHaveValue(`${asked} En met wie?`);
  await expectAccessible(dean);
  await dean.getByRole("button", { name: "Bewaar toch mijn woorden" }).click();
  await expect(dean.getByRole("heading", { name: `${asked} En met wie?` })).toBeVisible();
  await dean.context().close();
});

test("a teacher reads the school's questions and changes none", async ({ browser }) => {
  const teacher = await at(browser, "verhulst", "/klas");
  await teacher.getByRole("link", { name: "Vragen van school" }).click();
  await expect(
    teacher.getByRole("heading", { name: "Wat deed jij zonder dat iemand het vroeg?" }),
  ).toBeVisible();
  await expect(teacher.getByRole("button", { name: "Voeg een vraag toe" })).toHaveCount(0);
  await expect(teacher.getByRole("button", { name: /^Trek in/ })).toHaveCount(0);
  await teacher.getByText("Talentportfolio vraagt al").first().click();
  await expectAccessible(teacher);
  await teacher.context().close();
});

test("another question takes the place of one and leaves what is typed in the other", async ({ browser }) => {
  const pupil = await at(browser, "yara", "/");
  await toQuestions(pupil, "Bij de bakker");
  const places = pupil.getByRole("article");
  const [first, second] = await places.getByRole("heading").allTextContents();
  await places.nth(1).getByRole("textbox").fill("Het deeg was warm.");
  await places.nth(0).getByRole("button", { name: "Een andere vraag" }).click();
  await expect(places.nth(0).getByRole("heading")).not.toHaveText(first ?? "");
  await expect(places.nth(1).getByRole("heading")).toHaveText(second ?? "");
  await expect(places.nth(1).getByRole("textbox")).toHaveValue("Het deeg was warm.");
  await places.nth(0).getByRole("button", { name: "Overslaan" }).click();
  await expect(pupil.getByText("Overgeslagen")).toBeVisible();
  await expectAccessible(pupil);
  await pupil.context().close();
});

it("who opens the app in a basement after a visit gets the two questions of school", async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(180_000);
  const stamp = Date.now() % 100_000;
  const title = `Kelder van het archief ${stamp}`;
  const teacher = await someoneElse(browser, "verhulst");
  const asked = [`Wat rook je in ${stamp}?`, "Wie zou hier willen werken?"];
  await planned(teacher, title, asked);

  const data = { username: "yara", password: "schelpen-aan-zee", device: "own" };
  expect((await page.request.post("/v1/sessions", { headers: OURS, data })).status()).toBe(201);
  await page.goto("/");
  const stub = page.getByRole("region", { name: title });
  await expect(stub).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => page.evaluate(() => localStorage.getItem("at-hand"))).toContain(`"work_sample"`);

  await context.setOffline(true);
  await page.reload();
  await stub.getByRole("button", { name: "Vul het in" }).dblclick();
  await expect(page.getByLabel("Hoe noem je het?")).toHaveValue(title);
  const story = page.url().split("/").at(-2);
  // Two quick taps are one step.
  await page.getByRole("button", { name: "Verder", exact: true }).dblclick();
  await expect(page.getByRole("heading", { level: 1, name: "Laat het zien" })).toBeVisible();
  await page.getByRole("button", { name: "Verder", exact: true }).click();
  await expect(page.getByRole("article").getByRole("heading")).toHaveText(asked);
  await page.getByRole("article").first().getByRole("textbox").fill("Oud papier.");
  await expect(page.getByText("Bewaard op dit apparaat, geen internet")).toBeVisible();
  // Another one is at hand as well.
  await page.getByRole("article").nth(1).getByRole("button", { name: "Een andere vraag" }).click();
  await expect(page.getByRole("article").nth(1).getByRole("heading")).not.toHaveText(asked[1] ?? "");
  await page.reload();
  await expect(page.getByRole("article")).toHaveCount(2);
  await expect(page.getByRole("article").first().getByRole("textbox")).toHaveValue("Oud papier.");
  await page.goto("/");
  await expect(page.getByText(`Verder met ${title}`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Vul het in" }).and(stub.getByRole("button"))).toHaveCount(0);
  await expectAccessible(page);

  // A story of one's own, begun down there, has two questions too.
  await page.goto("/erbij");
  await page.getByRole("radio", { name: "Ik maakte iets" }).check();
  await page.getByLabel("Hoe noem je het?").fill(`Een doos ${stamp}`);
  await page.getByRole("button", { name: "Verder", exact: true }).click();
  await page.getByRole("button", { name: "Verder", exact: true }).click();
  await expect(page.getByRole("article")).toHaveCount(2);

  await context.setOffline(false);
  await expect(page.getByText("Bewaard", { exact: true })).toBeVisible();
  await page.goto("/");
  await expect(page.getByRole("link", { name: title })).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Vul het in" }).and(stub.getByRole("button"))).toHaveCount(0);

  // School sees the answer to its own question, with the words in which it was asked.
  await page.goto(`/erbij/${story}/vertel`);
  await share(page);
  const seen = await teacher.newPage();
  await seen.goto(`/verhaal/${story}`);
  await expect(seen.getByRole("heading", { name: asked[0] })).toBeVisible();
  await expect(seen.getByText("Oud papier.")).toBeVisible();
  await expectAccessible(seen);
  await teacher.close();
});
