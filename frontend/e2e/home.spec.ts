import { v7 as newId } from "uuid";
import { closeMessage, entryOf, expectAccessible, newPupils, shares, signInAt, someoneElse } from "./journey";
import { type BrowserContext, expect, type Page, test } from "./product";

const OURS = { "X-Requested-By": "portfolio" };
const TURKISH = "Bir fabrikada çalışıyorum. Sabah erken kalkmak zor.";
const DUTCH = "Ik wist niet dat je zo vroeg moet beginnen.";

/** A tap on a card opens it. */
async function takes(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: title }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

async function classOf(teacher: BrowserContext): Promise<string> {
  const { groups } = await (await teacher.request.get("/v1/me")).json();
  return groups.find(({ name }: { name: string }) => name === "2C").id;
}

test("a card in Turkish and Dutch is filled in on one phone, spoken as well, and comes back at school", async ({
  browser,
}) => {
  const [elif] = (await newPupils(browser, "Elif")) as [BrowserContext];
  await elif.grantPermissions(["microphone"]);
  const page = await elif.newPage();
  await page.goto("/");
  await expect(page.getByText("Klaargezet voor thuis")).toBeVisible();
  await page.getByRole("link", { name: "Bekijk de kaart" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Thuisopdracht" })).toBeVisible();
  await page.getByLabel("Taal van thuis").selectOption({ label: "Türkçe" });
  await expect(
    page.locator("[lang=tr]").getByText("Sıradan bir günde", { exact: false }).first(),
  ).toBeVisible();
  await expectAccessible(page);
  await takes(page, "Een gewone dag");

  // Both languages at once, each by its own name for who reads it aloud.
  await expect(
    page.getByRole("heading", { level: 2, name: /^Wat doet u op een gewone dag/ }),
  ).toHaveAttribute("lang", "nl");
  await expect(page.locator("p[lang=tr]", { hasText: "işte ya da evde" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Zeg het" }).click();
  await expect(page.getByText("nog 0:58")).toBeVisible();
  await page.getByRole("button", { name: /^Stop/ }).click();
  await expect(page.locator("audio")).toBeVisible();
  await expect(page.getByText("Bewaard", { exact: true })).toBeVisible();
  await page.getByLabel("Of schrijf het op").fill(TURKISH);
  await page.getByRole("button", { name: "Nu Elif" }).click();
  await page.getByLabel("Of schrijf het op").fill(DUTCH);
  await page.getByRole("button", { name: "Klaar" }).click();
  await expect(page.getByText("Bewaard", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.goBack();
  await expect(page.getByLabel("Of schrijf het op")).toHaveValue(DUTCH);
  await page.goForward();
  await page.getByRole("radio", { name: "School en thuis" }).click();
  await expect(page.getByText("School en thuis kunnen het nu lezen.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("radio", { name: "School en thuis" })).toBeChecked();

  const mentor = await someoneElse(browser, "verhulst");
  const desk = await mentor.newPage();
  await desk.goto(`/klas/${await classOf(mentor)}/thuisopdracht`);
  await expectAccessible(desk);
  await desk.getByRole("link", { name: /^Elif/ }).click();
  await expect(desk.getByText(TURKISH)).toHaveAttribute("lang", "tr");
  await expect(desk.getByText(DUTCH)).toBeVisible();
  await expect(desk.getByText("Gezegd thuis, op de telefoon van Elif")).toBeVisible();
  await expect(desk.getByRole("radio")).toHaveCount(0);
  await expectAccessible(desk);
  await Promise.all([mentor.close(), elif.close()]);
});

test("on the parent's phone, and only the child lets school read it; who spoke on an own phone keeps that word", async ({
  page,
  browser,
}) => {
  await signInAt(page, "/thuis", "bensaid");
  const yaras = page.getByRole("region", { name: "Yara liet dit zien" });
  await yaras.getByRole("link", { name: "Doe samen een thuisopdracht" }).click();
  await takes(page, "Toch verder");
  const words = `Ik wilde een winkel. Die ging dicht. ${Date.now()}`;
  await page.getByLabel("Of schrijf het op").fill(words);
  await page.getByRole("button", { name: "Nu Yara" }).click();
  await page.getByLabel("Of schrijf het op").fill("Mijn toets. Toen leerde ik met Omar.");
  await page.getByRole("button", { name: "Klaar" }).click();
  await expect(page.getByText("kiest zelf of school het ook leest", { exact: false })).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(0);
  await expectAccessible(page);
  const card = new URL(page.url()).pathname;

  const yara = await someoneElse(browser, "yara");
  const own = await yara.newPage();
  await own.goto(card);
  await expect(own.getByText(words)).toBeVisible();
  await expect(own.getByText("Alleen die persoon kan het veranderen.", { exact: false })).toBeVisible();
  await own.goto(`${card}?stap=samen`);
  await expect(own.getByText("Alleen jij en Nadia Bensaïd", { exact: false })).toBeVisible();
  await own.getByRole("radio", { name: "Alleen thuis" }).click();
  await expect(own.getByText("Thuis kan het nu lezen. School niet.")).toBeVisible();
  await page.goto(card);
  await expect(page.getByText("Gezegd door Nadia Bensaïd")).toBeVisible();

  await own.getByRole("button", { name: "Gooi deze kaart weg" }).click();
  await expectAccessible(own);
  await own.getByRole("button", { name: "Ja, gooi weg" }).click();
  await expect(own.getByText("‘Toch verder’ is weg.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Dit kunnen we niet laten zien")).toBeVisible();
  await yara.close();
});

test("two devices write at once: both versions stand side by side, and one is chosen", async ({
  browser,
}) => {
  const [sam] = (await newPupils(browser, "Sam")) as [BrowserContext];
  const { id: pupilId } = await (await sam.request.get("/v1/me")).json();
  const id = newId();
  const data = { pupilId, card: "dream", cardVersion: 1, language: "pl", homeText: "Strażakiem." };
  expect((await sam.request.put(`/v1/homework/${id}`, { headers: OURS, data })).status()).toBe(201);
  const page = await sam.newPage();
  await page.goto(`/thuis/opdracht/${id}?stap=kind`);
  await page.getByLabel("Of schrijf het op").fill("Van dit toestel");
  const other = { ...data, childText: "Van het andere toestel" };
  const headers = { ...OURS, "If-Match": '"1"' };
  expect((await sam.request.put(`/v1/homework/${id}`, { headers, data: other })).status()).toBe(200);
  await page.getByRole("button", { name: "Klaar" }).click();
  await expect(page.getByText("Er is ook ergens anders geschreven")).toBeVisible();
  await expect(page.getByText("Van dit toestel")).toBeVisible();
  await expect(page.getByText("Van het andere toestel")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Houd wat hier staat" }).click();
  await expect(page.getByText("Bewaard", { exact: true })).toBeVisible();
  const kept = await (await sam.request.get(`/v1/homework/${id}`)).json();
  expect(kept.child.text).toBe("Van dit toestel");
  await sam.close();
});

test("a teacher puts a card ready for the class with a day, and takes it back", async ({ browser }) => {
  const mentor = await someoneElse(browser, "verhulst");
  const page = await mentor.newPage();
  await page.goto(`/klas/${await classOf(mentor)}`);
  await page.getByRole("link", { name: "Thuisopdracht" }).click();
  await page.getByRole("button", { name: /^Zet klaar voor/ }).click();
  await expect(page.getByText("Kies eerst een kaart.")).toBeVisible();
  await page.getByRole("radio", { name: /^Wie hielp/ }).check();
  await page.getByRole("button", { name: /^Zet klaar voor/ }).click();
  await expect(page.getByText("‘Wie hielp’ staat klaar voor klas 2C.", { exact: false })).toBeVisible();
  await closeMessage(page);
  await page.getByRole("button", { name: "Haal ‘Wie hielp’ terug" }).click();
  await expect(page.getByText("‘Wie hielp’ staat niet meer klaar.", { exact: false })).toBeVisible();
  await expect(page.getByRole("heading", { level: 3, name: "Wie hielp" })).toHaveCount(0);
  await mentor.close();
});

test("a parent reads what is new since last time, and last time moves once the page was seen", async ({
  page,
  browser,
}) => {
  const yara = await someoneElse(browser, "yara");
  await shares(yara, `Nieuw voor thuis ${Date.now()}`);
  const seen = page.waitForResponse((answer) => answer.url().endsWith("/seen") && answer.ok());
  await signInAt(page, "/thuis", "youssef");
  const yaras = page.locator("section", { has: page.getByRole("heading", { name: /Yara/ }) }).first();
  await expect(yaras.getByRole("listitem").first()).toBeVisible();
  await seen;
  const { children } = await (await page.request.get("/v1/home")).json();
  const news = children.find(({ givenName }: { givenName: string }) => givenName === "Yara").news;
  expect(news.stories).toBeGreaterThan(0);
  await expectAccessible(page);
  await yara.close();
});

test("one tap encourages, in the language of each, and can be taken back", async ({ page, browser }) => {
  const yara = await someoneElse(browser, "yara");
  const story = await shares(yara, `Voor een tik ${Date.now()}`);
  await signInAt(page, `/verhaal/${story}`, "bensaid");
  await page.getByRole("button", { name: "Wat dapper" }).click();
  await expect(page.getByText("Verstuurd. Yara kan het lezen.")).toBeVisible();
  await expectAccessible(page);
  expect((await entryOf(yara, story)).feedback).toMatchObject([
    { kind: "reaction", reaction: "brave", text: "" },
  ]);
  const english = await yara.newPage();
  await english.addInitScript(() => localStorage.setItem("language", "en"));
  await english.goto(`/verhaal/${story}`);
  await expect(english.getByText("How brave")).toBeVisible();
  // A language that is chosen is kept at school as well: the next one finds it as it was.
  await yara.request.patch("/v1/me", { headers: { "X-Requested-By": "portfolio" }, data: { locale: "nl" } });
  await page.getByRole("status").getByRole("button", { name: "Haal terug" }).click();
  await expect(page.getByText("Teruggehaald.")).toBeVisible();
  expect((await entryOf(yara, story)).feedback).toEqual([]);
  await yara.close();
});

/** Chromium without a head has no voices: these stand in for those of a device, and nothing else does. */
async function withVoices(page: Page, ...languages: string[]): Promise<() => Promise<string[]>> {
  await page.addInitScript((langs) => {
    const spoken: string[] = [];
    const voices = langs.map((lang) => ({
      lang,
      localService: true,
      default: false,
      name: lang,
      voiceURI: lang,
    }));
    let running: SpeechSynthesisUtterance | undefined;
    Object.defineProperty(window, "speechSynthesis", {
      value: {
        getVoices: () => voices,
        addEventListener: () => {},
        cancel: () => {
          running = undefined;
        },
        speak: (words: SpeechSynthesisUtterance) => {
          running = words;
          spoken.push(`${words.lang}: ${words.text}`);
          setTimeout(() => running === words && words.onend?.(new Event("end") as SpeechSynthesisEvent), 30);
        },
      },
    });
    Object.defineProperty(window, "SpeechSynthesisUtterance", {
      value: class {
        rate = 1;
        lang = "";
        voice = null;
        onend = null;
        onerror = null;
        constructor(readonly text: string) {}
      },
    });
    Object.assign(window, { spoken });
  }, languages);
  return () => page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
}

test("what is on a card is read aloud, each sentence in its own language, and Escape stops it", async ({
  page,
}) => {
  const said = await withVoices(page, "nl-NL", "tr-TR");
  await page.addInitScript(() => localStorage.setItem("home-language", "tr"));
  await signInAt(page, "/thuis/opdrachten", "yara");
  await takes(page, "Goed in");
  await page.getByRole("button", { name: "Lees voor" }).click();
  await expect.poll(said).toContain("nl-NL: Waar ziet u dat uw kind goed in is?");
  await expect.poll(said).toContain("tr-TR: Çocuğunuzun neyde iyi olduğunu görüyorsunuz?");
  await expect(page.getByRole("button", { name: "Lees voor" })).toBeVisible();
  await page.getByRole("button", { name: "Lees voor" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Lees voor" })).toBeVisible();
});

test("a device without the voice says so plainly, and hides nothing", async ({ page }) => {
  const said = await withVoices(page, "nl-NL");
  await page.addInitScript(() => localStorage.setItem("home-language", "bg"));
  await signInAt(page, "/thuis/opdrachten", "yara");
  await takes(page, "Vroeger");
  await page.getByRole("button", { name: "Lees voor" }).click();
  await expect(page.getByText("Dit toestel heeft geen stem voor: Bulgaars.")).toBeVisible();
  await expect.poll(said).toContain("nl-NL: Wat wilde u vroeger worden?");
  expect((await said()).some((words) => words.startsWith("bg"))).toBe(false);
  await expect(page.locator("p[lang=bg]").first()).toBeVisible();
  await expectAccessible(page);
});

test("on a phone of 320 px with letters twice as large, also from right to left, nothing is lost", async ({
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.addInitScript(() => {
    localStorage.setItem("language", "ar");
    localStorage.setItem("home-language", "ar");
  });
  await signInAtInArabic(page, "youssef");
  const tools = await page.context().newCDPSession(page);
  await tools.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expectAccessible(page);
  await page.locator("a[href^='/thuis/opdrachten/']").first().click();
  await expect(page.locator(".homework__choice").first()).toBeVisible();
  await expectAccessible(page);
  await page.locator(".homework__choice").first().click();
  await expect(page.locator("textarea")).toBeVisible();
  await expectAccessible(page);
});

/** Signs in with screens in Arabic: by the fields, whatever they are called. */
async function signInAtInArabic(page: Page, username: string): Promise<void> {
  const answer = await page.request.post("/v1/sessions", {
    headers: OURS,
    data: { username, password: "schelpen-aan-zee", device: "own" },
  });
  expect(answer.status()).toBe(201);
  await page.goto("/thuis");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}
