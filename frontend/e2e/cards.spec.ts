import { readFile } from "node:fs/promises";
import { closeMessage, expectAccessible, signInAt, someoneElse } from "./journey";
import { type Browser, expect, type Page, test } from "./product";

/** The card of Isa in the demo region, as its QR code says; Isa is ten and has no e-mail. */
const CARD = "/k#KRABBENENSCHELPENAANZEEISA";
const PIN = "4071";
const TABLET = { width: 820, height: 1180 };
const OURS = { "X-Requested-By": "portfolio" };

test.describe.configure({ mode: "serial" });

/** Isa's teacher, signed in once: too many times in a minute is for guessers. */
let teacher: Awaited<ReturnType<typeof teacherOf>>;
test.beforeAll(async ({ browser }) => {
  teacher = await teacherOf(browser);
});
test.afterAll(() => teacher.context.close());

async function teacherOf(browser: Browser) {
  const context = await someoneElse(browser, "spaans");
  const { request } = context;
  const group: string = (await (await request.get("/v1/me")).json()).groups[0].id;
  const signIn = async () => (await request.get(`/v1/groups/${group}/sign-in`)).json();
  const pupils: { id: string; name: string }[] = (await signIn()).pupils;
  const isa = pupils.find((pupil) => pupil.name === "Isa Koster")?.id ?? "";
  return {
    context,
    signIn,
    /** The screen on the teacher's own desk. */
    async desk(path = `/klas/${group}/inloggen`): Promise<Page> {
      const page = await context.newPage();
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(path);
      return page;
    },
    /** Isa chooses a PIN at the next sign-in. */
    async reset() {
      const answer = await request.delete(`/v1/pupils/${isa}/pin`, { headers: OURS });
      expect(answer.status()).toBe(204);
    },
    async closeWindow() {
      await request.delete(`/v1/groups/${group}/class-window`, { headers: OURS });
    },
    async openWindow(): Promise<string> {
      await request.put(`/v1/groups/${group}/class-window`, { headers: OURS });
      return (await signIn()).window.code;
    },
  };
}

async function tap(page: Page, figures: string): Promise<void> {
  for (const figure of figures) await page.getByRole("button", { name: new RegExp(`^${figure}, `) }).click();
}

async function typePin(page: Page, figures = PIN): Promise<void> {
  await tap(page, figures);
  await page.getByRole("button", { name: "Klaar" }).click();
}

async function expectHome(page: Page): Promise<void> {
  await expect(page.getByRole("link", { name: /^Erbij/ }).first()).toBeVisible();
}

async function signOut(page: Page): Promise<void> {
  await page.request.delete("/v1/sessions/current", { headers: OURS });
}

test("a ten-year-old scans the card, chooses a PIN, and the next day is in with six touches", async ({
  page,
}) => {
  await teacher.reset();
  await page.goto(CARD);
  await expect(page.getByRole("heading", { level: 1, name: "Hoi! Kies je pincode" })).toBeVisible();
  await expect(page).not.toHaveURL(/#/);
  await expectAccessible(page);

  await typePin(page, "1234");
  await typePin(page, "1234");
  await expect(page.getByText("Deze pincode is te makkelijk te raden.")).toBeVisible();
  await typePin(page);
  await expect(page.getByText("Nog een keer, om zeker te zijn")).toBeVisible();
  await typePin(page, "4072");
  await expect(page.getByText("Dat waren twee verschillende.")).toBeVisible();
  await typePin(page);
  await typePin(page);
  await expectHome(page);

  await signOut(page);
  const started = Date.now();
  await page.goto("about:blank");
  await page.goto(CARD);
  await expect(page.getByRole("heading", { level: 1, name: "Hoi! Tik je pincode" })).toBeVisible();
  await expectAccessible(page);
  const seen = Date.now();
  await typePin(page);
  await expectHome(page);
  // One touch opens the link, four are the PIN, one is "Klaar". A child needs some two seconds for each.
  const touches = 1 + PIN.length + 1;
  const machine = (Date.now() - started) / 1000;
  test.info().annotations.push({
    type: "card to home",
    description: `${touches} touches; ${machine.toFixed(1)} s by machine, ${(Date.now() - seen) / 1000} s of it from the PIN on`,
  });
  expect(machine + touches * 2).toBeLessThanOrEqual(30);
});

test("with a keyboard only, and a screen reader hears the figures counted", async ({ page }) => {
  await page.goto(CARD);
  await expect(page.getByRole("heading", { level: 1, name: "Hoi! Tik je pincode" })).toBeVisible();
  await page.keyboard.type("407");
  await expect(page.getByRole("status").filter({ hasText: "3 cijfers" })).toBeAttached();
  await expect(page.getByRole("button", { name: "Klaar" })).toBeDisabled();
  await page.getByLabel("Je pincode").focus();
  await page.keyboard.type("1");
  await page.keyboard.press("Enter");
  await expectHome(page);
});

test.describe("on a tablet", () => {
  test.use({ viewport: TABLET });

  test("in class: the code on the board, the own name, the PIN; and the teacher sees who comes in", async ({
    page,
  }) => {
    await teacher.closeWindow();
    const desk = await teacher.desk("/klas");
    await desk.getByRole("link", { name: "Inloggen, kaarten en pincodes" }).click();
    await expect(desk.getByRole("heading", { level: 1, name: "Inloggen: Groep 7" })).toBeVisible();
    await expectAccessible(desk);
    await desk.getByRole("button", { name: "Open voor een kwartier" }).click();
    await expect(desk.getByText("Nog 15 minuten open")).toBeVisible();
    await expectAccessible(desk);
    const code = (await desk.locator(".class-sign-in__code [aria-hidden]").textContent()) ?? "";

    await page.goto("/");
    await expectAccessible(page);
    const started = Date.now();
    let taps = 0;
    const tapOn = async (role: "link" | "button", name: string) => {
      taps += 1;
      await page.getByRole(role, { name, exact: role === "button" }).click();
    };
    await tapOn("link", "Code van de klas");
    await page.getByRole("textbox", { name: "Code van de klas" }).fill(code.toLowerCase());
    await tapOn("button", "Verder");
    await expect(page.getByRole("heading", { level: 1, name: "Wie ben jij?" })).toBeVisible();
    await tapOn("button", "Isa");
    await expect(page.getByRole("heading", { level: 1, name: "Hoi Isa! Tik je pincode" })).toBeVisible();
    await tap(page, PIN);
    await tapOn("button", "Klaar");
    await expectHome(page);
    const seconds = (Date.now() - started) / 1000;
    test.info().annotations.push({
      type: "class code to home",
      description: `${taps} taps, ${code.length} letters and ${PIN.length} figures; ${seconds.toFixed(1)} s by machine`,
    });
    expect(taps).toBeLessThanOrEqual(4);
    // A second and a half for each letter, figure and tap of a person.
    expect(seconds + (taps + code.length + PIN.length) * 1.5).toBeLessThanOrEqual(30);

    await expect(desk.getByRole("heading", { name: "1 leerling is binnen" })).toBeVisible();
    await expect(
      desk.getByRole("list", { name: "1 leerling is binnen" }).getByText("Isa Koster"),
    ).toBeVisible();
    await desk.getByRole("button", { name: "Sluit nu" }).click();
    await expect(desk.getByRole("button", { name: "Open voor een kwartier" })).toBeVisible();
    await desk.close();
  });

  test("names and PIN have no barriers, a wrong code says so, and who is not on the list asks", async ({
    page,
  }) => {
    const code = await teacher.openWindow();
    await page.goto("/klascode");
    await page.getByRole("textbox", { name: "Code van de klas" }).fill("BCD");
    await page.getByRole("button", { name: "Verder" }).click();
    await expect(page.getByText("De code heeft 6 letters.")).toBeVisible();
    await page
      .getByRole("textbox", { name: "Code van de klas" })
      .fill(code === "BCDFGH" ? "BCDFGJ" : "BCDFGH");
    await page.getByRole("button", { name: "Verder" }).click();
    await expect(page.getByText("Kijk nog eens goed op het bord.")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("textbox", { name: "Code van de klas" }).fill(code);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Wie ben jij?" })).toBeFocused();
    await page.getByRole("button", { name: "Ik sta er niet bij" }).click();
    await expect(page.getByText("Vraag het aan je juf of meester.")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Isa", exact: true }).click();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Dat ben ik niet" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Wie ben jij?" })).toBeVisible();
  });
});

test("five wrong PINs lock for minutes; the teacher sees it and gives a new one in two taps", async ({
  page,
}) => {
  await page.goto(CARD);
  for (let tries = 1; tries <= 4; tries += 1) {
    await typePin(page, "9264");
    await expect(page.getByText("Dit is niet je pincode.")).toBeVisible();
  }
  await typePin(page, "9264");
  await expect(page.getByText("Probeer het over 5 min. nog eens")).toBeVisible();
  await typePin(page);
  await expect(page.getByText("Probeer het over 5 min. nog eens")).toBeVisible();
  await expectAccessible(page);

  const desk = await teacher.desk("/klas");
  await expect(desk.getByText("1 leerling zit op slot")).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("link", { name: "Inloggen, kaarten en pincodes" }).click();
  const row = desk.getByRole("listitem").filter({ hasText: "Isa Koster" });
  await expect(row.getByText(/zit op slot tot \d+:\d\d/)).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "Nieuwe pincode voor Isa Koster" }).click();
  await expect(desk.getByRole("dialog", { name: "Nieuwe pincode voor Isa Koster?" })).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "Ja, Isa kiest een nieuwe" }).click();
  await expect(desk.getByText("Isa kan nu een nieuwe pincode kiezen.")).toBeVisible();
  await closeMessage(desk);
  await expect(row.getByText(/zit op slot/)).toBeHidden();
  await desk.close();

  // The screen at the pupil's does not know yet that there is nothing to fill in any more.
  await typePin(page);
  await expect(page.getByRole("heading", { level: 1, name: "Hoi! Kies je pincode" })).toBeVisible();
  await typePin(page);
  await typePin(page);
  await expectHome(page);
});

test("on a device of us all it asks whether it is still you, signs out, and keeps nothing", async ({
  page,
}) => {
  await page.clock.install();
  await page.goto(CARD);
  await expect(page.getByRole("radio", { name: "Van ons samen" })).toBeChecked();
  await typePin(page);
  await expectHome(page);
  await page
    .getByRole("link", { name: /^Erbij/ })
    .first()
    .click();
  await page.getByRole("radio", { name: "Ik was ergens" }).check();
  await page.getByLabel("Hoe noem je het?").fill("Bij de bakker");
  await page.clock.runFor(3_000);
  await expect.poll(() => kept(page)).toContain("talentportfolio/drafts");

  await page.clock.fastForward("08:40");
  const question = page.getByRole("dialog", { name: "Ben jij het nog, Isa?" });
  await expect(question).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Ja, ik ben het" }).click();
  await expect(question).toBeHidden();
  await page.clock.fastForward("08:40");
  await expect(question).toBeVisible();
  await page.clock.fastForward("01:30");
  await expect(page.getByRole("heading", { name: "Ben je leerling?" })).toBeVisible();
  expect(await page.request.get("/v1/me").then((answer) => answer.status())).toBe(401);
  await expect.poll(() => kept(page)).toEqual([]);
});

/** What lies on the device about somebody. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const found = Object.keys(localStorage).filter((key) => key !== "language");
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of database.objectStoreNames) {
        const count = await new Promise<number>((resolve) => {
          const counting = database.transaction(store).objectStore(store).count();
          counting.onsuccess = () => resolve(counting.result);
        });
        if (count > 0) found.push(`${name}/${store}`);
      }
      database.close();
    }
    return found;
  });
}

test("who scans a card while another is signed in is asked first", async ({ page }) => {
  await signInAt(page, "/", "yara");
  await expectHome(page);
  await page.goto(CARD);
  await expect(page.getByRole("heading", { level: 1, name: "Yara is nog ingelogd" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Log uit en ga verder" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Hoi! Tik je pincode" })).toBeVisible();
  await typePin(page);
  await expectHome(page);
});

test("a lost card is stopped, new ones are printed, and the old one says it no longer works", async ({
  page,
}) => {
  const desk = await teacher.desk();
  await desk.getByRole("button", { name: "Kaart van Isa Koster" }).click();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "Kwijt: laat de oude kaart stoppen" }).click();
  await expect(desk.getByText("De kaart van Isa werkt niet meer.")).toBeVisible();
  await closeMessage(desk);
  await desk.getByRole("button", { name: "Maak nieuwe kaarten" }).click();
  const download = desk.waitForEvent("download");
  await desk.getByRole("button", { name: "Ja, maak de kaarten" }).click();
  const sheet = await download;
  expect(sheet.suggestedFilename()).toBe("kaarten-groep-7.pdf");
  expect((await readFile(await sheet.path())).subarray(0, 5).toString()).toBe("%PDF-");
  await expect(desk.getByText("De kaarten staan bij je downloads.")).toBeVisible();
  expect(
    (await teacher.signIn()).pupils.every((pupil: { cardSince: string | null }) => pupil.cardSince),
  ).toBe(true);

  await page.goto(CARD);
  await expect(page.getByText("Deze kaart werkt niet", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Ik heb mijn kaart niet bij me" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Wat is de code van jouw klas?" })).toBeVisible();
  await desk.close();
});
