import { v7 as newId } from "uuid";
import { expectAccessible, newPupils } from "./journey";
import { expect, type Page, test } from "./product";

const OURS = { "X-Requested-By": "portfolio" };

async function comeIn(page: Page, username: string, address: string): Promise<void> {
  const data = { username, password: "schelpen-aan-zee", device: "own" };
  expect((await page.request.post("/v1/sessions", { headers: OURS, data })).status()).toBe(201);
  await page.goto(address);
}

/** The pupil writes down something of a kind of work; in it is the id. */
async function writes(
  page: Page,
  title: string,
  field: string,
  expectation: object | null = null,
): Promise<string> {
  const id = newId();
  const answer = await page.request.put(`/v1/entries/${id}`, {
    headers: OURS,
    data: { title, details: { kind: "experience", form: "company_visit", expectation }, workFields: [field] },
  });
  expect(answer.status()).toBe(201);
  return id;
}

const island = (page: Page, name: RegExp) => page.getByRole("button", { name });

test("a pupil explores the map by keyboard and reads it as text", async ({ page }) => {
  await comeIn(page, "yara", "/kaart");
  await expect(page.getByRole("heading", { level: 1, name: "Mijn kaart" })).toBeVisible();
  await expectAccessible(page);
  const port = island(page, /^Transport en haven: groep 8, klas 2, anders dan gedacht/);
  await port.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Transport en haven" })).toBeFocused();
  const card = page.getByRole("region", { name: "Transport en haven" });
  await expect(card.getByText(/^Je was hier in groep 8 en klas 2\./)).toBeVisible();
  await expect(card.getByText("Eerst dacht ik").first()).toBeVisible();
  await expect(card.getByText("niveau 3: goed")).toBeVisible();
  await expect(card.getByText("Het gaat over banen, niet over jou.", { exact: false })).toBeVisible();
  await expect(card.getByText(/Regio Haaglanden, 2016/)).toBeVisible();
  await expectAccessible(page);
  await card.getByRole("button", { name: "Sluit" }).click();
  await expect(port).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(port).not.toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(port).toBeFocused();
  await page.getByText("Lees de kaart als tekst").click();
  await expect(page.getByRole("row", { name: /Zorg en welzijn/ })).toContainText(
    "Snuffelstage in De Branding",
  );
  await expectAccessible(page);
});

test("the map reads well aloud: the route first, then what is open, and the same as a table", async ({
  browser,
}) => {
  // A pupil of its own: what the demo region tells of others may change.
  const [own] = await newPupils(browser, "Mila");
  const page = await own.newPage();
  await page.setViewportSize({ width: 1280, height: 800 });
  await writes(page, "Mijn oma had een winkel", "handel");
  await writes(page, "Ik was het slachtoffer", "zorg", { surprised: "Het bloed was nep." });
  await writes(page, "Brug van spaghetti", "bouw");
  await page.goto("/kaart");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Mijn kaart" [level=1]
      - button "Print"
      - paragraph: Elk eiland is een soort werk. Elke lijn is een schooljaar waarin jij daar iets deed. Tik ergens op en je ziet waarom het er staat.
      - text: Kies een schooljaar
      - group "Kies een schooljaar":
        - button "Alle jaren" [pressed]
        - button "klas 2"
      - 'group "De kaart van Mila: 3 soorten werk gezien, 9 nog open"':
        - 'button "Winkel en kantoor: klas 2"'
        - 'button "Zorg en welzijn: klas 2, anders dan gedacht"'
        - 'button "Bouwen en wonen: klas 2"'
        - 'button /Koken en gasten: nog niet gezien/'
        - 'button /Computers en ICT: nog niet gezien/'
        - 'button /Auto’s en fietsen: nog niet gezien/'
        - 'button /Techniek en industrie: nog niet gezien/'
        - 'button /Transport en haven: nog niet gezien/'
        - 'button /Groen en dieren: nog niet gezien/'
        - 'button /Media en ontwerp: nog niet gezien/'
        - 'button /Veiligheid en recht: nog niet gezien/'
        - 'button /School en sport: nog niet gezien/'
      - list "Wat de tekens betekenen"
      - paragraph: Tik op een eiland. Dan zie je wat je daar deed.
      - region "Kort geleden"
      - group:
        - heading "Lees de kaart als tekst" [level=2]
        - table:
          - rowgroup:
            - row "Werk Wanneer Wat"
          - rowgroup:
            - row "Bouwen en wonen klas 2 Brug van spaghetti"
            - row "Winkel en kantoor klas 2 Mijn oma had een winkel"
            - row "Zorg en welzijn klas 2 Ik was het slachtoffer – anders dan gedacht"
            - row /^nog niet gezien Koken en gasten, Computers en ICT/
      - region "Woorden die bij mij horen":
        - heading "Woorden die bij mij horen" [level=2]
      - region "Waaruit blijkt het?":
        - heading "Waaruit blijkt het?" [level=2]
        - heading "Wat kan ik? kwaliteiten" [level=3]
        - heading "Wat vind ik fijn? motieven" [level=3]
        - heading "Wat doen ze daar? werk" [level=3]
        - heading "Wat nu? sturing" [level=3]
        - heading "Wie helpt? netwerken" [level=3]
  `);
  await own.close();
});

test("years stand beside each other, and one year can be looked at alone and gone back from", async ({
  page,
}) => {
  await comeIn(page, "yara", "/kaart");
  await page.getByRole("button", { name: "Jaren naast elkaar" }).click();
  const year = page.getByRole("listitem").filter({ hasText: "groep 8" }).first();
  await expectAccessible(page);
  await year.getByRole("button", { name: /Groen en dieren/ }).click();
  await expect(page).toHaveURL(/\/kaart\?jaar=\d+&eiland=groen$/);
  await expect(page.getByRole("region", { name: "Groen en dieren" })).toContainText(
    "Je ziet nu alleen groep 8.",
  );
  const years = page.getByRole("group", { name: "Kies een schooljaar" });
  await years.getByRole("button", { name: "groep 7" }).click();
  await expect(island(page, /^Transport en haven: niet in groep 7$/)).toBeVisible();
  await expectAccessible(page);
  await page.goBack();
  await page.goBack();
  await expect(page.getByRole("button", { name: "Jaren naast elkaar" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
});

test("a line on the chosen island opens its own year, as the year in the card does", async ({ page }) => {
  await comeIn(page, "yara", "/kaart?eiland=transport");
  const card = page.getByRole("region", { name: "Transport en haven" });
  await page.locator("#island-transport .map__ring").last().click();
  await expect(page).toHaveURL(/\/kaart\?eiland=transport&jaar=\d+$/);
  await expect(card.getByText("Je ziet nu alleen klas 2.")).toBeVisible();
  await expect(card.getByRole("button", { name: "klas 2" })).toHaveAttribute("aria-pressed", "true");
  await expectAccessible(page);
  await card.getByRole("button", { name: "groep 8" }).click();
  await expect(card.getByText("Je ziet nu alleen groep 8.")).toBeVisible();
  await card.getByRole("button", { name: "groep 8" }).click();
  await expect(page).toHaveURL(/\/kaart\?eiland=transport$/);
  await expect(card.getByText(/^Je ziet nu alleen/)).toHaveCount(0);
});

test("a picture changes with what was written, and says why", async ({ page }) => {
  const title = `Met opa naar de werkplaats ${Date.now() % 100_000}`;
  await comeIn(page, "ilyas", "/kaart");
  const open = island(page, /: nog niet gezien/).first();
  const [work = ""] = ((await open.getAttribute("aria-label")) ?? "").split(":");
  const field = ((await open.getAttribute("id")) ?? "").replace("island-", "");
  await open.press("Enter");
  await expect(page.getByRole("region", { name: work })).toContainText("Hier was je nog niet. Dat kan nog.");
  await expect(page.getByText("Kans op werk, na het mbo")).toHaveCount(0);

  const id = await writes(page, title, field);
  await page.reload();
  await expect(island(page, new RegExp(`^${work}: groep 8$`))).toBeVisible();
  const card = page.getByRole("region", { name: work });
  await expect(card.getByText(/^Je was hier in groep 8\./)).toBeVisible();
  await expect(card.getByText("Kans op werk, na het mbo")).toBeVisible();
  await card.getByRole("link", { name: title }).click();
  await expect(page).toHaveURL(new RegExp(`/verhaal/${id}$`));
  await page.goBack();
  await expect(page.getByRole("region", { name: work })).toBeVisible();
});

test("a teacher gives a word, and the pupil gives it another name", async ({ page, browser }) => {
  const word = `kalm ${Date.now() % 10_000}`;
  await comeIn(page, "verhulst", "/klas");
  await page.getByRole("link", { name: "Yara Bensaïd" }).first().click();
  await page.getByRole("link", { name: "Bekijk de kaart van Yara" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "De kaart van Yara" })).toBeVisible();
  await page.getByRole("button", { name: "Een woord erbij" }).click();
  await page.getByLabel("Welk woord?").fill(word);
  await expect(page.getByText("Wie zei dat?")).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Zet het erbij" }).click();
  await page.getByRole("button", { name: `${word} school` }).click();
  await expect(page.getByRole("button", { name: "Neem mijn woord terug" })).toBeVisible();
  await expectAccessible(page);

  const own = await browser.newContext();
  const pupil = await own.newPage();
  await comeIn(pupil, "yara", "/kaart");
  await pupil.getByRole("button", { name: `${word} school` }).click();
  await expect(pupil.getByText(/Verhulst van school zei dit bij:/)).toBeVisible();
  await pupil.getByRole("button", { name: "Noem het anders" }).click();
  await pupil.getByLabel("Hoe noem jij het?").fill(`rustig ${word}`);
  await pupil.getByRole("button", { name: "Bewaar" }).click();
  await expect(pupil.getByRole("button", { name: `rustig ${word} school` })).toBeVisible();
  await pupil.getByRole("button", { name: "Verberg dit woord" }).click();
  await expect(pupil.getByText("alleen jij ziet dit")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: /Woorden die bij Yara horen/ })).toBeVisible();
  await expect(page.getByText(word)).toHaveCount(0);
  await pupil.getByRole("button", { name: "Draai terug" }).click();
  await expect(pupil.getByText("alleen jij ziet dit")).toHaveCount(0);
  await own.close();
});

test("a pupil notes a word that somebody outside said, with what they are and no name", async ({ page }) => {
  const word = `sterk ${Date.now() % 10_000}`;
  await comeIn(page, "yara", "/kaart");
  await page.getByRole("button", { name: "Een woord erbij" }).click();
  await page.getByLabel("Welk woord?").fill(word);
  await page.getByRole("radio", { name: "Iemand van buiten school" }).check();
  await page.getByRole("button", { name: "Zet het erbij" }).click();
  await expect(page.getByText("Schrijf op wie dat was, bijvoorbeeld: mijn begeleider.")).toBeVisible();
  await page.getByLabel("Wie was dat?").fill("mijn begeleider bij de haven");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Zet het erbij" }).click();
  const given = page.getByRole("button", { name: `${word} buiten: mijn begeleider bij de haven` });
  await given.click();
  await expect(
    page.getByText("Dit zei: mijn begeleider bij de haven. Jij schreef het op bij:"),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Neem mijn woord terug" }).click();
  await expect(given).toHaveCount(0);
  await page.getByRole("button", { name: "Draai terug" }).click();
  await expect(given).toBeVisible();
});

test("on paper there are the map, all of it as text, words and what shows them, and nothing to press", async ({
  page,
}) => {
  await comeIn(page, "yara", "/kaart");
  await expect(page.getByRole("button", { name: "Print" })).toBeVisible();
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Yara Bensaïd ·")).toBeVisible();
  await expect(page.getByRole("row", { name: /Zorg en welzijn/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Een woord erbij" })).toBeHidden();
  await expect(page.getByRole("navigation").first()).toBeHidden();
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await expect(page.getByRole("row", { name: /Zorg en welzijn/ })).toBeHidden();
});

test("letters at twice their size fit a small phone", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await comeIn(page, "cagla", "/kaart");
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await expectAccessible(page);
});
