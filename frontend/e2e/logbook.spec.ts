import { v7 as newId } from "uuid";
import { entryOf, expectAccessible, it, phonePhoto, someoneElse } from "./journey";
import { type BrowserContext, expect, type Page, test } from "./product";

const OURS = { "X-Requested-By": "portfolio" };
const DAY_MS = 86_400_000;

async function comeIn(page: Page, username: string, address: string): Promise<void> {
  const data = { username, password: "schelpen-aan-zee", device: "own" };
  expect((await page.request.post("/v1/sessions", { headers: OURS, data })).status()).toBe(201);
  await page.goto(address);
}

/** A day of The Hague, so many days from today. */
function day(from: number): string {
  const form = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Amsterdam" });
  return form.format(new Date(Date.now() + from * DAY_MS));
}

/** A stage that runs, shared with school, with what was done yesterday. */
async function stage(context: BrowserContext, title: string): Promise<string> {
  const id = newId();
  const made = await context.request.put(`/v1/entries/${id}`, {
    headers: OURS,
    data: {
      title,
      happenedOn: day(-1),
      endedOn: day(3),
      details: {
        kind: "experience",
        form: "internship",
        organisation: "Garage De Vries",
        logbook: [{ on: day(-1), hours: 7.5, text: "Banden gewisseld." }],
      },
    },
  });
  expect(made.status()).toBe(201);
  const shared = await context.request.put(`/v1/entries/${id}/audience`, {
    headers: { ...OURS, "If-Match": made.headers().etag ?? "" },
    data: { ring: 1 },
  });
  expect(shared.status()).toBe(200);
  return id;
}

const today = (page: Page) => page.getByRole("region", { name: /^Vandaag/ });
const kept = (page: Page) => expect(page.getByText("Bewaard", { exact: true })).toBeVisible();

it("a day of a stage is filled in on the phone in a dead spot, with a photo, and the teacher sees it", async ({
  page,
  context,
  browser,
}) => {
  const title = `Stage bij de garage ${Date.now()}`;
  await comeIn(page, "yara", "/");
  const id = await stage(context, title);
  await page.reload();
  const stub = page.getByRole("region", { name: title });
  await expect(stub.getByText("Garage De Vries · 7,5 uur in 1 dag")).toBeVisible();
  await expectAccessible(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  // The copy that stays at hand has come in.
  await expect.poll(() => copyOnDevice(page, id)).toBe(true);

  await context.setOffline(true);
  await page.reload();
  await stub.getByRole("link", { name: "Vul vandaag in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await today(page).getByLabel("Wat deed je vandaag?").fill("Olie ververst. Alleen, onder de brug.");
  await today(page).getByRole("button", { name: "Half uur meer" }).click();
  await expect(today(page).getByLabel("Hoeveel uur?")).toHaveValue("7,5");
  await today(page).getByRole("button", { name: "Half uur meer" }).click();
  await expect(page.getByText("De uren tellen vanzelf op: 15,5 uur in 2 dagen.")).toBeVisible();
  await expect(page.getByText("Bewaard op dit apparaat, geen internet")).toBeVisible();
  await today(page)
    .getByLabel("Maak foto")
    .setInputFiles({ name: "IMG_77.jpg", mimeType: "image/jpeg", buffer: phonePhoto() });
  await expect(page.getByText(/Wacht op internet/)).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(today(page).getByLabel("Wat deed je vandaag?")).toHaveValue(/^Olie ververst/);
  await expect(page.getByText(/Wacht op internet/)).toBeVisible();

  await context.setOffline(false);
  await kept(page);
  await expect(page.getByText("Nagekeken en klaar")).toBeVisible({ timeout: 30_000 });
  await page.getByLabel("Wat zie je op de foto?").fill("De auto op de brug.");
  await kept(page);
  await page.getByRole("button", { name: "Klaar", exact: true }).click();
  await expect(page.getByText("Bewaard. Je school ziet wat er nieuw is.")).toBeVisible();
  await expect(stub.getByText("Vandaag staat erin")).toBeVisible();

  const { details, version, state, ring } = await entryOf(context, id);
  expect([details.hours, state, ring]).toEqual([15.5, "shared", 1]);
  expect(details.logbook).toHaveLength(2);
  expect(version).toBeGreaterThan(1);
  const school = await someoneElse(browser, "verhulst");
  const teacher = await school.newPage();
  await teacher.goto(`/verhaal/${id}`);
  await expect(teacher.getByText("15,5 uur in 2 dagen")).toBeVisible();
  await expect(teacher.getByText("Olie ververst. Alleen, onder de brug.")).toBeVisible();
  await expect(teacher.getByRole("img", { name: "De auto op de brug." })).toHaveCount(1);
  await expect(teacher.getByRole("link", { name: "Vul je logboek in" })).toHaveCount(0);
  await expectAccessible(teacher);
  await school.close();
});

async function copyOnDevice(page: Page, id: string): Promise<boolean> {
  return page.evaluate(
    (entryId) =>
      new Promise<boolean>((resolve) => {
        const opened = indexedDB.open("talentportfolio");
        opened.onsuccess = () => {
          const found = opened.result.transaction("drafts").objectStore("drafts").getAll();
          found.onsuccess = () => {
            resolve(found.result.some((draft) => draft.entryId === entryId));
            opened.result.close();
          };
        };
      }),
    id,
  );
}

test("an earlier day is changed, a day that was taken away comes back, and two tabs fill in one logbook", async ({
  page,
  context,
}) => {
  const title = `Stage met twee tabbladen ${Date.now()}`;
  await comeIn(page, "yara", "/");
  const id = await stage(context, title);
  await page.goto(`/logboek/${id}`);
  await page.getByRole("button", { name: /^Pas aan: / }).click();
  await page.getByRole("button", { name: "Haal deze dag weg" }).click();
  await expect(page.getByText("Er staan nog geen uren in.")).toBeVisible();
  await page.getByRole("button", { name: "Draai terug" }).click();
  await expect(page.getByText("7,5 uur in 1 dag")).toBeVisible();
  await kept(page);

  await page.getByRole("button", { name: /^Pas aan: / }).click();
  const earlier = page.getByRole("listitem").filter({ has: page.getByLabel("Wat deed je die dag?") });
  await expect(earlier.getByLabel("Welke dag?")).toBeFocused();
  await earlier.getByLabel("Hoeveel uur?").fill("7,3");
  await expect(page.getByText(/^Vul uren in, per kwartier/)).toBeVisible();
  await earlier.getByLabel("Hoeveel uur?").fill("8,25");
  await expect(page.getByText("8,25 uur in 1 dag")).toBeVisible();
  await expectAccessible(page);
  await earlier.getByRole("button", { name: "Klaar met deze dag" }).click();
  await kept(page);

  const tab = await context.newPage();
  await tab.goto(`/logboek/${id}`);
  await today(tab).getByLabel("Wat deed je vandaag?").fill("Remblokken.");
  await kept(tab);
  await expect(today(page).getByLabel("Wat deed je vandaag?")).toHaveValue("Remblokken.");
  await today(page).getByLabel("Hoeveel uur?").fill("8");
  await kept(page);
  await expect(today(tab).getByLabel("Hoeveel uur?")).toHaveValue("8");
  await tab.close();
  expect((await entryOf(context, id)).details).toMatchObject({ hours: 16.25 });
});

test("a logbook starts in the flow, and fits letters at twice their size", async ({ page, context }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const tools = await context.newCDPSession(page);
  await tools.send("Page.enable");
  await tools.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  await comeIn(page, "ilyas", "/erbij");
  await page.getByRole("radio", { name: "Ik was ergens" }).check();
  await page.getByLabel("Hoe noem je het?").fill(`Snuffelen ${Date.now()}`);
  await page.getByRole("button", { name: "Houd een logboek bij" }).click();
  await page.getByLabel("Wat deed je die dag?").fill("Ik hielp in de keuken.");
  await page.getByRole("button", { name: "Half uur meer" }).click();
  await expect(page.getByText("1 uur in 1 dag")).toBeVisible();
  await expect(page.getByLabel("Hoeveel uur ongeveer?")).toHaveCount(0);
  await kept(page);
  await expectAccessible(page);
  await page.goto(page.url().replace(/erbij\/(.*)\/.*/, "logboek/$1"));
  await expect(today(page).getByLabel("Wat deed je vandaag?")).toHaveValue("Ik hielp in de keuken.");
  await expectAccessible(page);
});

test("what is thought before a visit stands beside what is thought after it", async ({
  page,
  context,
  browser,
}) => {
  const title = `Bezoek aan de rechtbank ${Date.now()}`;
  const teacher = await someoneElse(browser, "verhulst");
  const { groups } = await (await teacher.request.get("/v1/me")).json();
  const activity = newId();
  const plan = {
    title,
    form: "company_visit",
    workFields: ["recht"],
    happensOn: day(2),
    askBefore: "Wie zit er in een rechtbank?",
    groupIds: groups
      .filter(({ name }: { name: string }) => name === "2C")
      .map(({ id }: { id: string }) => id),
  };
  const planned = await teacher.request.put(`/v1/activities/${activity}`, { headers: OURS, data: plan });
  expect(planned.status()).toBe(201);
  const published = await teacher.request.post(`/v1/activities/${activity}/publish`, {
    headers: { ...OURS, "If-Match": '"1"' },
  });
  expect(published.status()).toBe(200);
  await teacher.close();

  await comeIn(page, "yara", "/");
  const stub = page.getByRole("region", { name: title });
  await expect(stub.getByText("Komt eraan")).toBeVisible();
  await stub.getByRole("button", { name: "Wat denk je vooraf?" }).click();
  await page.getByLabel("Wie zit er in een rechtbank?").fill("Boeven en een rechter.");
  await page.getByLabel("Wie doen dit werk, denk je, en waarom denk je dat?").fill("Oude mannen.");
  await page.getByRole("radio", { name: "weinig zin" }).check();
  await kept(page);
  await expectAccessible(page);
  const id = page.url().split("/").at(-1) ?? "";
  await page.getByRole("button", { name: "Klaar", exact: true }).click();
  await expect(page.getByText("Na afloop vragen we wat je verraste.")).toBeVisible();
  await expect(stub.getByRole("link", { name: "Wat denk je vooraf?" })).toBeVisible();
  await stub.getByRole("link", { name: "Wat denk je vooraf?" }).click();
  await expect(page.getByLabel("Wie zit er in een rechtbank?")).toHaveValue("Boeven en een rechter.");

  await page.goto(`/erbij/${id}/vertel`);
  await expect(page.getByText("Boeven en een rechter.")).toBeVisible();
  await page.getByLabel("Wat verraste je?").fill("De rechter maakte een grapje.");
  await page.getByLabel("Wat was anders dan je dacht?").fill("Het was heel rustig.");
  await page.getByRole("button", { name: "Erop" }).click();
  await page.getByLabel("Waarom?", { exact: true }).fill("Ik wil horen wat er echt gebeurde.");
  await page.getByRole("radio", { name: "heel leuk" }).check();
  await kept(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: /Deel met school/ }).click();
  await expect(page.getByText(/^Gedeeld met school/)).toBeVisible();
  await page.goto(`/verhaal/${id}`);
  for (const words of [
    "Eerst dacht ik",
    "Oude mannen.",
    "weinig zin",
    "Nu denk ik",
    "De rechter maakte een grapje.",
  ])
    await expect(page.getByText(words)).toBeVisible();
  await expectAccessible(page);
  expect((await entryOf(context, id)).details.expectation).toMatchObject({
    beforeQuestion: "Wie zit er in een rechtbank?",
    lookingForward: "meh",
    listChoice: "on",
  });
});
