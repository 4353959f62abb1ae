import { expectAccessible, it, phonePhoto } from "./journey";
import { type BrowserContext, expect, type Page, test } from "./product";

const PASSWORD = "schelpen-aan-zee";
const OURS = { "X-Requested-By": "portfolio" };

async function signIn(
  page: Page,
  username: string,
  device: "Van mij" | "Van ons samen" = "Van mij",
): Promise<void> {
  await page.getByLabel("Je naam om in te loggen").fill(username);
  await page.getByLabel("Wachtwoord", { exact: true }).fill(PASSWORD);
  await page.getByRole("radio", { name: device }).check();
  await page.getByRole("button", { name: "Log in" }).click();
}

/** Signs in without going through the screens, and opens this address. */
async function comeIn(page: Page, username: string, address = "/"): Promise<void> {
  const answer = await page.request.post("/v1/sessions", {
    headers: OURS,
    data: { username, password: PASSWORD, device: "own" },
  });
  expect(answer.status()).toBe(201);
  await page.goto(address);
}

/** Starts an entry of this kind and gives it a name. */
async function begin(page: Page, kind: string, title: string): Promise<void> {
  await page
    .getByRole("link", { name: /^Erbij/ })
    .first()
    .click();
  await page.getByRole("radio", { name: kind }).check();
  await page.getByLabel("Hoe noem je het?").fill(title);
}

/** The message in view covers what lies under it until it is closed. */
const closeMessage = (page: Page) => page.getByRole("status").getByRole("button", { name: "Sluit" }).click();
const next = (page: Page) => page.getByRole("button", { name: "Verder", exact: true }).click();
const kept = (page: Page) => expect(page.getByText("Bewaard", { exact: true })).toBeVisible();

async function entriesNamed(context: BrowserContext, title: string): Promise<number> {
  const me = await (await context.request.get("/v1/me")).json();
  const page = await (await context.request.get(`/v1/pupils/${me.id}/portfolio?limit=100`)).json();
  return page.items.filter((entry: { title: string }) => entry.title === title).length;
}

test("a wrong password is explained, and a deep link survives signing in", async ({ page }) => {
  await page.goto("/wie-keek-er");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByText("Vul je naam en je wachtwoord in.")).toBeVisible();
  await page.getByLabel("Je naam om in te loggen").fill("yara");
  await page.getByLabel("Wachtwoord", { exact: true }).fill("iets anders");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByText("horen niet bij elkaar")).toBeVisible();
  await expectAccessible(page);

  await signIn(page, "yara");
  await expect(page.getByRole("heading", { level: 1, name: "Wie keek er?" })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/wie-keek-er");
  await expectAccessible(page);
});

it("an experience with a phone's photo survives a dead spot and is saved once", async ({ page, context }) => {
  const title = `Bedrijfsbezoek haven ${Date.now()}`;
  await page.goto("/");
  await signIn(page, "yara");
  await expect(page.getByRole("heading", { level: 1, name: "Hoi Yara!" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Wie keek er?" })).toBeVisible();
  await expectAccessible(page);

  await begin(page, "Ik was ergens", title);
  await page.getByRole("button", { name: "Gisteren" }).click();
  await page.getByRole("button", { name: "bedrijfsbezoek" }).click();
  await page.getByRole("checkbox", { name: "Transport en haven" }).check();
  await page.getByRole("button", { name: "Ik wil opschrijven wat ik vooraf dacht" }).click();
  await page.getByLabel("Wat dacht je er vooraf van?").fill("Alleen mannen en heel hard werken.");
  await kept(page);
  await expectAccessible(page);

  await context.setOffline(true);
  await page.getByLabel("Waar was je?").fill("Kade 12");
  await expect(page.getByText("Bewaard op dit apparaat, geen internet")).toBeVisible();
  await next(page);
  await page
    .getByLabel("Maak foto")
    .setInputFiles({ name: "IMG_2041.jpg", mimeType: "image/jpeg", buffer: phonePhoto() });
  await expect(page.getByText(/Wacht op internet/)).toBeVisible();
  await expect(page.getByText("Je mag al verder.")).toBeVisible();
  await expectAccessible(page);

  await next(page);
  await page.getByRole("radio", { name: "leuk", exact: true }).check();
  await page.getByLabel("Wat verraste je?").fill("Er werken ook vrouwen op de kraan.");
  await page.getByRole("button", { name: /Deel met school/ }).click();
  await expect(page.getByText(/Delen kan als er weer internet is/)).toBeVisible();
  await expectAccessible(page);

  await context.setOffline(false);
  await kept(page);
  await page.goBack();
  await expect(page.getByText("Nagekeken en klaar")).toBeVisible({ timeout: 30_000 });
  await page.getByLabel("Wat zie je op de foto?").fill("Een kraan tilt een container.");
  await expectAccessible(page);
  await next(page);
  await page.getByRole("button", { name: /Deel met school/ }).click();

  await expect(page.getByText(/^Gedeeld met school/)).toBeVisible();
  await page.getByRole("link", { name: title }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByText("Er werken ook vrouwen op de kraan.")).toBeVisible();
  const photo = page.getByRole("img", { name: "Een kraan tilt een container." });
  await expect(photo).toHaveJSProperty("complete", true);
  expect(await photo.evaluate((image: HTMLImageElement) => image.naturalHeight > image.naturalWidth)).toBe(
    true,
  );
  await expectAccessible(page);
  expect(await entriesNamed(context, title)).toBe(1);
});

test("a draft half-way is found again after the browser was closed", async ({ page, browser }) => {
  const title = `Filmpje van bon tot brood ${Date.now()}`;
  await comeIn(page, "cagla");
  await begin(page, "Ik maakte iets", title);
  await kept(page);
  const address = page.url();
  await page.close();

  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await comeIn(elsewhere, "cagla", address);
  await expect(elsewhere.getByLabel("Hoe noem je het?")).toHaveValue(title);
  await elsewhere.goto("/");
  await expect(elsewhere.getByText(`Verder met ${title}`)).toBeVisible();
  await other.close();
});

it("loading again in a dead spot finds the way back to what was typed", async ({ page, context }) => {
  const title = `Oefenbedrijf ${Date.now()}`;
  await comeIn(page, "cagla");
  await begin(page, "Ik was ergens", title);
  await kept(page);
  await page.evaluate(() => navigator.serviceWorker.ready);

  await context.setOffline(true);
  await page.reload();
  await page.getByLabel("Waar was je?").fill("Kade 12");
  await expect(page.getByText("Bewaard op dit apparaat, geen internet")).toBeVisible();
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Hoi Çağla!" })).toBeVisible();
  await expectAccessible(page);
  await page
    .getByRole("region", { name: `Verder met ${title}` })
    .getByRole("link", { name: "Ga verder" })
    .click();
  await expect(page.getByLabel("Waar was je?")).toHaveValue("Kade 12");

  await context.setOffline(false);
  await kept(page);
  await page.goto("/ik");
  await page.getByRole("button", { name: "Log hier uit" }).click();
  await expect(page.getByLabel("Je naam om in te loggen")).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText("Geen internet", { exact: false }).first()).toBeVisible();
  await expect(page.getByText("Çağla")).toHaveCount(0);
});

test("two tabs with one entry show each other's words", async ({ page, context }) => {
  const title = `Maquette ${Date.now()}`;
  await comeIn(page, "isa");
  await begin(page, "Ik maakte iets", title);
  await kept(page);
  const tab = await context.newPage();
  await tab.goto(page.url());
  await tab.getByLabel("Hoe noem je het?").fill(`${title} van karton`);
  await kept(tab);

  await expect(page.getByLabel("Hoe noem je het?")).toHaveValue(`${title} van karton`);
  await page.getByRole("button", { name: "samen" }).click();
  await kept(page);
  await expect(tab.getByRole("button", { name: "samen" })).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => entriesNamed(context, `${title} van karton`)).toBe(1);
  await tab.close();
});

test("a session that ended elsewhere asks to sign in, and nothing typed is lost", async ({ page }) => {
  const title = `Terugblik ${Date.now()}`;
  await comeIn(page, "isa");
  await begin(page, "Ik dacht na", title);
  await page.getByRole("button", { name: "Iets op mijn kaart" }).click();
  await page.getByLabel("Wat op je kaart?").selectOption({ index: 1 });
  await kept(page);
  await expectAccessible(page);
  const address = page.url();

  await page.request.delete("/v1/sessions", { headers: OURS });
  await page.getByLabel("Hoe noem je het?").fill(`${title}, later`);
  await signIn(page, "isa");
  await expect(page.getByLabel("Hoe noem je het?")).toHaveValue(`${title}, later`);
  await kept(page);
  expect(page.url()).toBe(address);
});

test("a file that cannot go along says why, and what does fit", async ({ page }) => {
  await comeIn(page, "ilyas");
  await begin(page, "Ik maakte iets", `Tekening ${Date.now()}`);
  await next(page);
  const files = page.getByLabel("Uit mijn bestanden");
  await files.setInputFiles({ name: "leeg.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(0) });
  await expect(page.getByText("Dit bestand is leeg. Kies een ander.")).toBeVisible();
  await files.setInputFiles({
    name: "tekening.svg",
    mimeType: "image/svg+xml",
    buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
  });
  await expect(page.getByText(/Dit soort bestand kan niet\. Wat wel kan: jpg/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: /tekening\.svg/ }).click();
  await expect(page.getByText(/Dit soort bestand kan niet/)).toHaveCount(0);

  await next(page);
  await page.getByLabel("Wil je nog iets vertellen?").fill("Ik tekende een brug. ".repeat(5_000));
  await expect(page.getByText(/Dit veld is vol: hier passen 20\.000 tekens in/)).toBeVisible();
});

test("letters at twice their size fit a small phone", async ({ page, context }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const tools = await context.newCDPSession(page);
  await tools.send("Page.enable");
  await tools.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  const expectToFit = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await comeIn(page, "ilyas");
  await expect(page.getByRole("heading", { level: 1, name: "Hoi Ilyas!" })).toBeVisible();
  await expectToFit();
  for (const [address, title] of [
    ["/wie-keek-er", "Wie keek er?"],
    ["/ik", "Ilyas Bensaïd"],
  ]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expectToFit();
  }
  await page.goto("/");
  await begin(page, "Ik was ergens", `Groot ${Date.now()}`);
  await expectToFit();
  await next(page);
  await expect(page.getByRole("heading", { level: 1, name: "Laat het zien" })).toBeFocused();
  await expectToFit();
  await next(page);
  await expect(page.getByRole("heading", { level: 1, name: "Vertel" })).toBeFocused();
  await expectToFit();
});

test("two devices that changed the same draft offer both versions", async ({ page, browser }) => {
  const title = `Oom Karim ${Date.now()}`;
  await comeIn(page, "isa");
  await begin(page, "Ik sprak iemand", title);
  await kept(page);

  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await comeIn(elsewhere, "isa", page.url());
  await elsewhere.getByLabel("Hoe noem je het?").fill(`${title} op de tablet`);
  await kept(elsewhere);

  await page.getByLabel("Hoe noem je het?").fill(`${title} op de telefoon`);
  const dialog = page.getByRole("dialog", { name: "Er zijn twee versies" });
  await expect(dialog.getByText(`${title} op de tablet`)).toBeVisible();
  await expect(dialog.getByText(`${title} op de telefoon`)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Houd beide" }).click();
  await expect(page.getByLabel("Hoe noem je het?")).toHaveValue(`${title} op de tablet`);
  await expect.poll(() => entriesNamed(page.context(), `${title} op de telefoon (2)`)).toBe(1);
  await other.close();
});

test("what is thrown away comes back with one button", async ({ page }) => {
  const title = `Schoolresultaat ${Date.now()}`;
  await comeIn(page, "ilyas");
  await begin(page, "Resultaat van school", title);
  await next(page);
  await next(page);
  await page.getByLabel("Wil je nog iets vertellen?").fill("Dit ging beter dan vorig jaar.");
  await page.getByRole("button", { name: "Bewaar", exact: true }).click();
  await closeMessage(page);
  await page.getByRole("link", { name: title }).click();
  await page.getByRole("button", { name: "Gooi weg" }).click();
  await page.getByRole("button", { name: "Draai terug" }).click();
  await expect(page.getByText("Het staat er weer.")).toBeVisible();
  await closeMessage(page);

  await page.getByRole("link", { name: title }).click();
  await page.getByRole("button", { name: "Gooi weg" }).click();
  await expect(page.getByText("ligt in de prullenbak")).toBeVisible();
  await closeMessage(page);
  await page.getByRole("link", { name: "Ik", exact: true }).click();
  await page.getByRole("button", { name: `Haal terug: ${title}` }).click();
  await expect(page.getByText(`${title} staat er weer.`)).toBeVisible();
  await expectAccessible(page);
});

test("a child of groep 8 gets larger targets, and signs out of a shared device", async ({ page }) => {
  await page.goto("/ik");
  await signIn(page, "ilyas", "Van ons samen");
  await expect(page.getByRole("heading", { name: "Waar ben je ingelogd?" })).toBeVisible();
  await expect(page.locator("html")).toHaveClass(/tp-kid/);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Log hier uit" }).click();
  await expect(page.getByRole("heading", { name: "Hoi! Welkom terug" })).toBeVisible();
  await page.getByRole("combobox", { name: "Taal" }).selectOption("en");
  await expect(page.getByRole("heading", { name: "Hi! Welcome back" })).toBeVisible();
});
