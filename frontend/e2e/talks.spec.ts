import { v7 as newId } from "uuid";
import { closeMessage, expectAccessible, someoneElse } from "./journey";
import { type BrowserContext, expect, type Page, test } from "./product";

const OURS = { "X-Requested-By": "portfolio" };
/** What home told at the card that Yara shared. */
const AT_HOME = /كنت أريد أن أصبح مهندسًا/;
const PASSWORD = "schelpen-aan-zee";

async function idOf(context: BrowserContext): Promise<string> {
  return (await (await context.request.get("/v1/me")).json()).id;
}

function inDays(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Amsterdam" }).format(day);
}

/** The dean says why, where that is asked. */
async function sayWhy(page: Page): Promise<void> {
  await page.getByRole("radio").first().check();
  await page.getByRole("button", { name: /Open/ }).click();
}

/** A talk of Yara with her mentor, planned by the mentor. */
async function planned(mentor: BrowserContext, pupilId: string, days: number): Promise<string> {
  const id = newId();
  const answer = await mentor.request.put(`/v1/conversations/${id}`, {
    headers: OURS,
    data: { pupilId, kind: "career", onDay: inDays(days), heldWith: await idOf(mentor), place: "Lokaal 14" },
  });
  expect(answer.status()).toBe(201);
  return id;
}

async function records(staff: BrowserContext, talk: string, version: number, text: string): Promise<void> {
  const answer = await staff.request.put(`/v1/conversations/${talk}/record`, {
    headers: { ...OURS, "If-Match": `"${version}"` },
    data: { staffVoice: text },
  });
  expect(answer.status()).toBe(200);
}

test("a pupil prepares on a phone, the talk is held on one tablet and agreed there, home reads it in Arabic, and the step comes on its day", async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const [yara, dean, mother, father] = await Promise.all([
    someoneElse(browser, "yara"),
    someoneElse(browser, "elidrissi"),
    someoneElse(browser, "bensaid"),
    someoneElse(browser, "youssef"),
  ]);
  const pupilId = await idOf(yara);
  const tablet = await dean.newPage();
  await tablet.setViewportSize({ width: 1024, height: 768 });
  await tablet.goto(`/leerling/${pupilId}/gesprekken`);
  await tablet.getByRole("button", { name: "Plan een gesprek" }).click();
  const plan = tablet.getByRole("dialog");
  await plan.getByRole("radio", { name: "Studie" }).check();
  await plan.getByLabel("Wie voert het gesprek?").selectOption({ label: "Samira El Idrissi (decaan)" });
  await plan.getByLabel("Welke dag?").fill(inDays(1));
  await plan.getByLabel("Hoe laat?").fill("09:30");
  await plan.getByLabel("Waar?").fill("Kamer 1.12");
  await plan.getByLabel("Ouders zijn uitgenodigd").check();
  await expectAccessible(tablet);
  await plan.getByRole("button", { name: "Plan het gesprek" }).dblclick();
  await tablet.waitForURL(/\/gesprek\//);
  const talk = new URL(tablet.url()).pathname.split("/").at(-1) ?? "";
  await sayWhy(tablet);
  await expect(tablet.getByText("Nog geen gespreksblad")).toBeVisible();

  const arabic = await father.newPage();
  await arabic.setViewportSize({ width: 390, height: 844 });
  await arabic.goto("/thuis");
  await arabic.locator(`a[href="/gesprek/${talk}"]`).click();
  await expect(arabic.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(arabic.getByRole("heading", { level: 1 })).toContainText("Yara");
  await expect(arabic.getByText(AT_HOME)).toHaveCount(0);
  await expectAccessible(arabic);

  const phone = await yara.newPage();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto("/");
  await phone
    .getByRole("region", { name: /^Je gesprek met Samira El Idrissi is morgen om 09:30 uur/ })
    .getByRole("link", { name: "Maak je gespreksblad" })
    .click();
  await expect(phone.getByRole("heading", { level: 1, name: "Gesprek met Samira El Idrissi" })).toBeVisible();
  await phone.getByRole("button", { name: "Kies drie dingen" }).click();
  const pick = phone.getByRole("dialog");
  await pick.getByRole("checkbox").nth(0).check();
  await pick.getByRole("checkbox").nth(1).check();
  await expectAccessible(phone);
  await pick.getByRole("button", { name: "Klaar met kiezen" }).click();
  await phone.getByLabel("Dit heb ik over mezelf ontdekt").fill("Ik wil weten hoe iets werkt.");
  await phone.getByText("Van thuis: Vroeger").click();
  await expect(phone.getByText(AT_HOME)).toHaveAttribute("lang", "ar");
  await phone.getByRole("button", { name: "Zet dit op mijn gespreksblad" }).click();
  await expect(phone.getByText("Dit staat op je gespreksblad.")).toBeVisible();
  await expect(phone.getByLabel("Dit heb ik over mezelf ontdekt")).toHaveValue(
    /^Ik wil weten hoe iets werkt\.\nIk wist niet dat papa .+ Dat onthoud ik\.$/,
  );
  await phone.getByRole("button", { name: "Zet “Techniek en industrie” erbij" }).click();
  await expect(phone.getByLabel("Hier twijfel ik over")).toHaveValue("Techniek en industrie");
  await phone.getByLabel("Dit wil ik jou vragen").fill("Bestaat er werk waar je allebei hebt?");
  await expect(phone.getByText(/^Bewaard om/)).toBeVisible();
  await phone.reload();
  await expect(phone.getByLabel("Dit wil ik jou vragen")).toHaveValue(
    "Bestaat er werk waar je allebei hebt?",
  );
  await tablet.reload();
  await expect(tablet.getByText("Nog geen gespreksblad")).toBeVisible();
  await expect(tablet.getByText("Bestaat er werk waar je allebei hebt?")).toHaveCount(0);
  await phone.getByRole("button", { name: "Klaar voor het gesprek" }).click();
  await expect(phone.getByText("Samira El Idrissi kan je gespreksblad nu lezen.")).toBeVisible();
  await closeMessage(phone);
  await expectAccessible(phone);

  await tablet.reload();
  await expect(tablet.getByText("Yara heeft zich voorbereid")).toBeVisible();
  const sheet = tablet.getByRole("region", { name: "Gespreksblad van Yara" });
  await expect(sheet.getByText("Bestaat er werk waar je allebei hebt?")).toBeVisible();
  await expect(sheet.getByRole("link")).toHaveCount(2);
  await expect(tablet.getByRole("region", { name: "De kaart van Yara" })).toBeVisible();
  const fromHome = tablet.getByRole("region", { name: "Van thuis" });
  await expect(fromHome.getByText(AT_HOME)).toHaveAttribute("lang", "ar");
  await expect(fromHome.getByText("Wat wilde u vroeger worden?")).toBeVisible();
  await expect(fromHome.getByText("ماذا كنتم تريدون أن تصبحوا في صغركم؟")).toBeVisible();
  await expectAccessible(tablet);
  await tablet.getByLabel("In de woorden van Yara").fill("Ik wil werk met zorg en techniek.");
  await tablet.getByLabel("In de woorden van Samira El Idrissi").fill("Yara ziet dat het samen kan.");
  await tablet.getByRole("button", { name: "Eerste stap" }).click();
  await tablet
    .getByRole("group", { name: "Stap 1" })
    .getByLabel("Wat?")
    .fill("Meelopen bij medische techniek");
  await tablet.getByRole("group", { name: "Stap 1" }).getByLabel("Voor wanneer?").fill(inDays(0));
  await tablet.getByRole("button", { name: "Nog een stap" }).click();
  const second = tablet.getByRole("group", { name: "Stap 2" });
  await second.getByLabel("Wat?").fill("Het ziekenhuis bellen");
  await second.getByLabel("Wie?").selectOption({ label: "Samira El Idrissi" });
  await expectAccessible(tablet);
  await tablet.getByRole("button", { name: "Laat Yara akkoord geven" }).click();
  const agree = tablet.getByRole("dialog", { name: "Klopt dit zo?" });
  await expect(agree.getByText("Ik wil werk met zorg en techniek.")).toBeVisible();
  await agree.getByRole("button", { name: "Ik wil er iets bij zeggen" }).click();
  await agree.getByLabel("In mijn eigen woorden").fill("Ik vind het nog spannend.");
  await expectAccessible(tablet);
  // Staff cannot say it for the pupil.
  await agree.getByLabel("Jouw pincode of wachtwoord").fill("ik ben de decaan");
  await agree.getByRole("button", { name: "Akkoord" }).click();
  await expect(agree.getByText(/Dat is niet de pincode of het wachtwoord/)).toBeVisible();
  await agree.getByLabel("Jouw pincode of wachtwoord").fill(PASSWORD);
  await agree.getByRole("button", { name: "Akkoord" }).dblclick();
  await expect(tablet.getByText("Yara is akkoord. Geef het scherm maar terug.")).toBeVisible();
  await expect(tablet.getByText("“Ik vind het nog spannend.”")).toBeVisible();
  await expect(tablet.getByText("Samira El Idrissi", { exact: true }).first()).toBeVisible();

  await phone.goto("/stappen");
  await expect(phone.getByText("Meelopen bij medische techniek")).toBeVisible();
  await expect(phone.getByText("Het ziekenhuis bellen")).toHaveCount(0);
  await expectAccessible(phone);

  // It is the day of the step: home says so, after what came before it, until it is done.
  await phone.goto("/");
  const today = phone.getByRole("region", { name: /“?Meelopen bij medische techniek/ });
  const before = phone.getByRole("region", { name: /Mirjam mailen/ });
  await expect(today.or(before)).toBeVisible();
  if (await before.isVisible()) await before.getByRole("button", { name: "Gedaan" }).click();
  await expect(today).toBeVisible();
  await expectAccessible(phone);
  await today.getByRole("button", { name: "Gedaan" }).click();
  await expect(today).toBeHidden();

  await arabic.reload();
  await expect(
    arabic.locator("bdi[lang=nl]", { hasText: "Ik wil werk met zorg en techniek." }),
  ).toBeVisible();
  await expect(arabic.locator("bdi[lang=nl]", { hasText: "Yara ziet dat het samen kan." })).toBeVisible();
  await expect(
    arabic.locator("bdi[lang=nl]", { hasText: "Meelopen bij medische techniek" }).first(),
  ).toBeVisible();
  await expect(arabic.getByText(AT_HOME)).toBeVisible();
  await expect(arabic.getByText("Bestaat er werk waar je allebei hebt?")).toHaveCount(0);
  await expectAccessible(arabic);
  await arabic.screenshot({ path: test.info().outputPath("parent-arabic.png"), fullPage: true });

  const home = await mother.newPage();
  await home.goto("/thuis");
  await home.getByRole("link", { name: "Gesprekken van Yara op school" }).click();
  await home.locator(`a[href="/gesprek/${talk}"]`).click();
  await expect(home.getByText("Yara ziet dat het samen kan.")).toBeVisible();
  await expect(home.getByText("Ik wil werk met zorg en techniek.")).toBeVisible();
  await expect(home.getByText("“Ik vind het nog spannend.”")).toBeVisible();
  await expect(home.getByText("Bestaat er werk waar je allebei hebt?")).toHaveCount(0);
  await expectAccessible(home);
  await Promise.all([yara.close(), dean.close(), mother.close(), father.close()]);
});

test("of two who write at the same moment both versions stand side by side, and nothing is lost", async ({
  browser,
}) => {
  const [yara, mentor] = await Promise.all([someoneElse(browser, "yara"), someoneElse(browser, "verhulst")]);
  const talk = await planned(mentor, await idOf(yara), 20);
  const page = await mentor.newPage();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`/gesprek/${talk}`);
  await expect(page.getByLabel("In de woorden van Joost Verhulst")).toBeVisible();
  await records(mentor, talk, 0, "Op de tablet van een collega.");
  await page.getByLabel("In de woorden van Joost Verhulst").fill("Op dit scherm.");
  const dialog = page.getByRole("dialog", { name: "Er zijn twee versies" });
  await expect(dialog.getByText("Op de tablet van een collega.")).toBeVisible();
  await expect(dialog.getByText("Op dit scherm.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Zet allebei onder elkaar" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel("In de woorden van Joost Verhulst")).toHaveValue(
    "Op de tablet van een collega.\n\nOp dit scherm.",
  );
  await expect(page.getByText(/^Bewaard om/)).toBeVisible();

  // The pupil reads the record on an own phone; it changes before the akkoord.
  const phone = await yara.newPage();
  await phone.goto(`/gesprek/${talk}`);
  await expect(phone.getByText("Op dit scherm.")).toBeVisible();
  await records(mentor, talk, 2, "Nu staat er iets anders.");
  await phone.getByRole("button", { name: "Akkoord" }).click();
  await expect(phone.getByText(/Het verslag is net veranderd/)).toBeVisible();
  await expect(phone.getByText("Nu staat er iets anders.")).toBeVisible();
  await expectAccessible(phone);
  await phone.getByRole("button", { name: "Akkoord" }).click();
  await expect(phone.getByText(/^Je gaf akkoord op/)).toBeVisible();
  await Promise.all([yara.close(), mentor.close()]);
});

test("a talk that is moved says when it was; one that is off says so, and can be put back", async ({
  browser,
}) => {
  const [yara, mentor] = await Promise.all([someoneElse(browser, "yara"), someoneElse(browser, "verhulst")]);
  const talk = await planned(mentor, await idOf(yara), 24);
  const page = await mentor.newPage();
  await page.goto(`/gesprek/${talk}`);
  await page.getByRole("button", { name: "Verzet of verander" }).click();
  await page.getByRole("dialog").getByLabel("Welke dag?").fill(inDays(25));
  await page.getByRole("dialog").getByRole("button", { name: "Bewaar" }).click();
  const phone = await yara.newPage();
  await phone.goto(`/gesprek/${talk}`);
  await expect(
    phone.getByText(/^Joost Verhulst heeft dit gesprek verzet\. Het was .+\. Het is nu .+\.$/),
  ).toBeVisible();
  await expect(phone.getByRole("button", { name: "Zeg af" })).toHaveCount(0);
  await page.getByRole("button", { name: "Zeg af" }).click();
  await expect(page.getByText("Het gesprek met Yara gaat niet door.")).toBeVisible();
  await phone.reload();
  await expect(phone.getByText(/^Joost Verhulst heeft dit gesprek afgezegd/)).toBeVisible();
  await expect(phone.getByLabel("Hier twijfel ik over")).toHaveCount(0);
  await expectAccessible(phone);
  await page.getByRole("button", { name: "Draai terug" }).click();
  await expect(page.getByRole("button", { name: "Zeg af" })).toBeVisible();
  await phone.reload();
  await expect(phone.getByLabel("Hier twijfel ik over")).toBeVisible();

  // In a dead spot the words stay on the phone, and go when there is network.
  await yara.setOffline(true);
  await phone.getByLabel("Hier twijfel ik over").fill("Geschreven in de tunnel.");
  await expect(phone.getByText("Geen internet. Het staat op dit apparaat.")).toBeVisible();
  await yara.setOffline(false);
  await expect(phone.getByText(/^Bewaard om/)).toBeVisible();
  await phone.reload();
  await expect(phone.getByLabel("Hier twijfel ik over")).toHaveValue("Geschreven in de tunnel.");
  await Promise.all([yara.close(), mentor.close()]);
});
