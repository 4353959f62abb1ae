import { readFile } from "node:fs/promises";
import { v7 as newId } from "uuid";
import { closeMessage, expectAccessible, newPupils, someoneElse } from "./journey";
import { type APIRequestContext, type Browser, expect, type Page, test } from "./product";

const OURS = { "X-Requested-By": "portfolio" };
const DESK = { width: 1280, height: 800 };
const DAY_MS = 86_400_000;

/** A day of The Hague, so many days from today. */
function day(from: number): string {
  const form = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Amsterdam" });
  return form.format(new Date(Date.now() + from * DAY_MS));
}

/** Somebody's own browser, signed in. */
async function at(browser: Browser, username: string): Promise<Page> {
  return (await someoneElse(browser, username)).newPage();
}

/** The class of this name, of those that somebody teaches. */
async function groupOf(request: APIRequestContext, name: string): Promise<string> {
  const { groups } = await (await request.get("/v1/me")).json();
  return groups.find((one: { name: string }) => one.name === name).id;
}

/** Ready for its pupils. */
async function publish(request: APIRequestContext, activity: string, version: string): Promise<void> {
  const headers = { ...OURS, "If-Match": version };
  expect((await request.post(`/v1/activities/${activity}/publish`, { headers })).status()).toBe(200);
}

/** A story of a kind of work, that nobody else sees yet; also of something that school planned. */
async function writes(
  request: APIRequestContext,
  title: string,
  field: string,
  activityId?: string,
): Promise<void> {
  const data = {
    title,
    details: { kind: "experience", form: "company_visit", activityId },
    workFields: [field],
  };
  expect((await request.put(`/v1/entries/${newId()}`, { headers: OURS, data })).status()).toBe(201);
}

async function whoIs(request: APIRequestContext): Promise<{ id: string; name: string }> {
  return (await request.get("/v1/me")).json();
}

/** What pupils of an age can be asked about what they are good at. */
async function qualitiesOf(band: string): Promise<string[]> {
  const { sets } = JSON.parse(await readFile("../app/reference/data/question_sets.json", "utf-8"));
  const { questions } = sets.find((set: { band: string }) => set.band === band);
  return questions
    .filter(({ competency }: { competency: string }) => competency === "qualities")
    .map(({ text }: { text: { nl: string } }) => text.nl);
}

const island = (page: Page, name: RegExp | string) => page.getByRole("button", { name });
const kept = (page: Page) => expect(page.getByText("Bewaard", { exact: true })).toBeVisible();
const next = (page: Page) => page.getByRole("button", { name: "Verder", exact: true }).click();

async function shareWithSchool(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Deel met school/ }).click();
  await expect(page.getByText(/^Gedeeld met school/)).toBeVisible();
}

test("a teacher plans a harbour visit, pupils tell of it on their phones, and one map grows and says why", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const title = `Bezoek aan de haven ${Date.now() % 100_000}`;
  const [mila, noor] = await newPupils(browser, "Mila", "Noor");

  // The teacher begins with an example and keeps its two questions.
  const teacher = await at(browser, "verhulst");
  await teacher.setViewportSize(DESK);
  await teacher.goto("/activiteiten/nieuw");
  await teacher.getByRole("link", { name: "Bedrijfsbezoek", exact: true }).click();
  await teacher.getByLabel("Wat gaan jullie doen?").fill(title);
  await teacher.getByLabel("Welke dag?").fill(day(2));
  await teacher.getByRole("checkbox", { name: /2C/ }).check();
  await teacher.getByLabel("Waar?").fill("Scheveningen");
  await teacher.getByRole("checkbox", { name: "Transport en haven" }).check();
  await expect(teacher.getByLabel("Een vraag vooraf (mag leeg)")).toHaveValue(
    "Wat denk je dat ze daar doen?",
  );
  await expectAccessible(teacher);
  await teacher.getByRole("button", { name: "Bewaar" }).click();
  await expect(teacher.getByText("Vragen na afloop: Wat doen ze daar? Wat vind ik fijn?")).toBeVisible();
  await teacher.getByRole("button", { name: "Zet klaar voor de leerlingen" }).click();
  await teacher.getByRole("dialog").getByRole("button", { name: "Zet klaar voor de leerlingen" }).click();
  await expect(teacher.getByText(/Dit staat klaar bij \d+ leerlingen/)).toBeVisible();
  await closeMessage(teacher);
  await expectAccessible(teacher);
  const activity = teacher.url().split("/").at(-1) ?? "";

  // One pupil thinks beforehand.
  const yara = await at(browser, "yara");
  await yara.goto("/");
  const comes = yara.getByRole("region", { name: title });
  await expect(comes.getByText("Komt eraan")).toBeVisible();
  await comes.getByRole("button", { name: "Wat denk je vooraf?" }).click();
  await yara.getByLabel("Wat denk je dat ze daar doen?").fill("Dozen tillen in de regen.");
  await yara.getByRole("radio", { name: "weinig zin" }).check();
  await kept(yara);
  await expectAccessible(yara);
  const thought = yara.url().split("/").at(-1) ?? "";
  await yara.getByRole("button", { name: "Klaar", exact: true }).click();
  await expect(yara.getByText("Na afloop vragen we wat je verraste.")).toBeVisible();

  // The day of the visit comes sooner than planned: it is today.
  await teacher.getByRole("link", { name: "Verander" }).click();
  await teacher.getByLabel("Welke dag?").fill(day(0));
  await teacher.getByRole("button", { name: "Bewaar" }).click();
  await expect(teacher.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(teacher.getByText(/Dit staat klaar bij \d+ leerlingen/)).toBeVisible();

  // Another was never near this work: dotted on the map, and then there is a visit to tell of.
  await writes(mila.request, "Met oma naar de dokter", "zorg");
  const phone = await mila.newPage();
  await phone.goto("/kaart");
  const port = island(phone, /^Transport en haven: /);
  await expect(port).toHaveAccessibleName(/: nog niet gezien/);
  await phone.goto("/");
  await phone.getByRole("region", { name: title }).getByRole("button", { name: "Vul het in" }).click();
  await expect(phone.getByLabel("Hoe noem je het?")).toHaveValue(title);
  await phone.getByLabel("Wat denk je dat ze daar doen?").fill("Vissen vangen.");
  await next(phone);
  await next(phone);
  await expect(phone.getByText("Vissen vangen.")).toBeVisible();
  await phone.getByLabel("Wat verraste je?").fill("Iedereen kijkt naar schermen.");
  const [question] = await phone.getByRole("article").getByRole("heading").allTextContents();
  await phone.getByRole("article").first().getByRole("textbox").fill("Ze plannen welke kraan wat doet.");
  await kept(phone);
  await expectAccessible(phone);
  await shareWithSchool(phone);
  await phone.getByRole("link", { name: title }).click();
  await expect(phone.getByRole("heading", { name: question })).toBeVisible();
  const firstNow = phone.locator(".tp-thought");
  await expect(firstNow).toContainText(
    /Eerst dacht ik.*Vissen vangen.*Nu denk ik.*Iedereen kijkt naar schermen/s,
  );
  await expectAccessible(phone);

  // Who thought beforehand finds it back where it is told.
  await yara.goto(`/erbij/${thought}/vertel`);
  await expect(yara.getByText("Dozen tillen in de regen.")).toBeVisible();
  await yara.getByLabel("Wat was anders dan je dacht?").fill("Het was vooral stil.");
  await kept(yara);
  await shareWithSchool(yara);
  // A third only began: nobody at school knows.
  await writes(noor.request, title, "transport", activity);

  await teacher.reload();
  const shared = teacher.getByRole("region", { name: "Deelden er iets over (2)" });
  await expect(shared.getByRole("listitem")).toContainText([/Mila/, /Yara/]);
  const open = teacher.getByRole("region", { name: /^Nog niet ingevuld/ });
  const began = await whoIs(noor.request);
  await expect(open.getByRole("listitem").filter({ hasText: began.name })).toHaveText(/was er niet$/);
  await expect(teacher.getByText(/concept/i)).toHaveCount(0);
  await expectAccessible(teacher);
  await teacher.goto(`/klas/${await groupOf(teacher.request, "2C")}`);
  const tiles = teacher.getByRole("region", { name: "Leerlingen" });
  const tile = (id: string) => tiles.locator(`a[href="/leerling/${id}"]`);
  await expect(tile((await whoIs(mila.request)).id)).toContainText(/gedeeld.*wacht op jou/);
  await expect(tile(began.id)).toHaveText(/nog niets gedeeld$/);
  const together = teacher.getByRole("region", { name: "Dit zag de klas samen" });
  await expect(together.getByText("Transport en haven", { exact: true })).toBeVisible();
  await expectAccessible(teacher);

  // The island is land now, and says why.
  await phone.goto("/kaart");
  await expect(port).toHaveAccessibleName("Transport en haven: klas 2, anders dan gedacht");
  await port.press("Enter");
  const card = phone.getByRole("region", { name: "Transport en haven" });
  await expect(card.getByText(/^Je was hier in klas 2\./)).toBeVisible();
  await expect(card).toContainText(
    /Eerst dacht ik.*Vissen vangen.*Nu denk ik.*Iedereen kijkt naar schermen/s,
  );
  await expectAccessible(phone);
  await card.getByRole("link", { name: title }).click();
  await expect(phone.getByRole("heading", { level: 1, name: title })).toBeVisible();
  for (const page of [teacher, yara, phone]) await page.context().close();
  await noor.close();
});

test("a child of groep 7 and a student are asked, after the same visit, each what fits their age", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const title = `Open dag in de haven ${Date.now() % 100_000}`;
  const city = await someoneElse(browser, "gopal");
  const activity = newId();
  const plan = {
    title,
    form: "company_visit",
    workFields: ["transport"],
    happensOn: day(0),
    signUpUntil: day(0),
    bands: ["A", "D"],
    questions: [{ competency: "qualities" }, { competency: "networking" }],
  };
  const put = await city.request.put(`/v1/city-activities/${activity}`, { headers: OURS, data: plan });
  expect(put.status()).toBe(201);
  await publish(city.request, activity, put.headers().etag ?? "");
  await city.close();

  const asked: string[] = [];
  for (const username of ["isa", "cagla"]) {
    const pupil = await at(browser, username);
    await pupil.goto("/");
    const stub = pupil.getByRole("region", { name: title });
    await stub.getByRole("button", { name: "Ik doe mee" }).click();
    await stub.getByRole("button", { name: "Vul het in" }).click();
    await next(pupil);
    await next(pupil);
    const question = pupil.getByRole("article").filter({ hasText: "Wat kan ik?" });
    asked.push((await question.getByRole("heading").textContent()) ?? "");
    await question.getByRole("textbox").fill("De brug bedienen, met hulp.");
    await kept(pupil);
    await expectAccessible(pupil);
    await shareWithSchool(pupil);
    await pupil.getByRole("link", { name: title }).click();
    await expect(pupil.getByRole("heading", { name: asked.at(-1) ?? "" })).toBeVisible();
    await expectAccessible(pupil);
    await pupil.context().close();
  }
  expect(await qualitiesOf("A")).toContain(asked[0]);
  expect(await qualitiesOf("D")).toContain(asked[1]);
});

test("six visits to care, and a pupil is pointed to another kind of work with something planned", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const page = await at(browser, "ilyas");
  await page.goto("/");
  const me = await (await page.request.get("/v1/me")).json();
  for (let visit = 1; visit <= 6; visit++) await writes(page.request, `Zorg, bezoek ${visit}`, "zorg");
  const picture = await (await page.request.get(`/v1/pupils/${me.id}/picture`)).json();
  const seen = new Set(picture.entries.flatMap((entry: { workFields: string[] }) => entry.workFields));
  const far = ["groen", "transport", "media", "mobiliteit", "ict", "handel"].find(
    (field) => !seen.has(field),
  );

  const teacher = await at(browser, "taal");
  const activity = newId();
  const plan = {
    title: `Kijken in de kas ${Date.now() % 100_000}`,
    happensOn: day(14),
    workFields: [far],
    groupIds: [me.pupil.group.id],
    place: "Loosduinen",
  };
  const put = await teacher.request.put(`/v1/activities/${activity}`, { headers: OURS, data: plan });
  expect(put.status()).toBe(201);
  await publish(teacher.request, activity, put.headers().etag ?? "");

  const { suggestion } = await (await page.request.get("/v1/me/suggestion")).json();
  const { title } = suggestion.activity;
  expect(seen).not.toContain(suggestion.field);
  await page.reload();
  const card = page.getByRole("region").filter({ hasText: "Nog niet gezien" }).filter({ hasText: title });
  await expect(card).toContainText(`kun je met groep 8 gaan kijken: ${title}`);
  await expectAccessible(page);
  await card.getByRole("link", { name: "Bekijk" }).click();
  await expect(page).toHaveURL(new RegExp(`/kaart\\?eiland=${suggestion.field}$`));
  await expect(island(page, /: nog niet gezien, je kunt er kijken op \d+ \w+$/)).toBeVisible();
  await expect(page.getByText(title)).toBeVisible();
  await expectAccessible(page);

  await page.goBack();
  await card.getByRole("button", { name: "Niet voor mij" }).click();
  await expect(page.getByText(/^We wijzen je niet meer op /)).toBeVisible();
  await expect(card).toHaveCount(0);
  await page.getByRole("button", { name: "Draai terug" }).click();
  await expect(card).toContainText(title);

  await card.getByRole("link", { name: "Bekijk" }).click();
  await page.getByRole("button", { name: "Niet voor mij" }).click();
  await closeMessage(page);
  await expect(page.getByText("Je zei: niet voor mij. Alleen jij ziet dit.")).toBeVisible();
  await page.getByRole("button", { name: "Toch wel, wijs mij er weer op" }).click();
  await expect(page.getByRole("button", { name: "Niet voor mij" })).toBeVisible();

  await teacher.goto(`/leerling/${me.id}/kaart`);
  await expect(island(teacher, /: nog niet gezien/).first()).toBeVisible();
  await expect(island(teacher, /je kunt er kijken/)).toHaveCount(0);
  await expect(teacher.getByText("Niet voor mij")).toHaveCount(0);
  const version = { ...OURS, "If-Match": '"2"' };
  await teacher.request.post(`/v1/activities/${activity}/cancel`, { headers: version });
  for (const one of [page, teacher]) await one.context().close();
});
