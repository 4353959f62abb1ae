import { closeMessage, expectAccessible, newPupils, someoneElse } from "./journey";
import { expect, test } from "./product";

test("a pupil doubts, says so through time, chooses, and lets school look along", async ({ browser }) => {
  const [context] = await newPupils(browser, "Sena");
  if (!context) throw new Error("nobody came in");
  const page = await context.newPage();
  await page.goto("/");
  const card = page.getByRole("region", { name: /^Dit jaar kies je je sector of profiel/ });
  await expect(card).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await expectAccessible(page);
  await card.getByRole("link", { name: "Begin met je lijst" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sector of profiel kiezen" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Begin" }).click();

  // Doubt first: it is an answer like any other.
  const sure = page.getByRole("region", { name: "Hoe zeker ben je?" });
  await sure.getByRole("radio", { name: "Nog geen idee" }).check();
  await sure.getByLabel("Hoe komt dat? Mag leeg blijven.").fill("Ik zag nog bijna niets.");
  await sure.getByRole("button", { name: "Bewaar" }).click();
  await expect(page.getByText("Bewaard: Nog geen idee.")).toBeVisible();
  await expect(sure.getByRole("row").filter({ hasText: "Ik zag nog bijna niets." })).toBeVisible();
  await closeMessage(page);

  // The list: suggestions, own words, plus and minus, and what falls off.
  const list = page.getByRole("region", { name: "Op de lijst" });
  await list.getByRole("button", { name: "Zorg en welzijn", exact: true }).click();
  await expect(list.getByRole("article", { name: "Zorg en welzijn" })).toBeVisible();
  const suggestions = list.getByRole("button", { name: "Produceren, installeren en energie" });
  if (!(await suggestions.isVisible())) await list.getByText("Kies uit wat scholen hebben").click();
  await suggestions.click();
  await list.getByLabel("Of schrijf iets anders op").fill("De sportklas");
  await list.getByRole("button", { name: "Zet op mijn lijst" }).click();
  await expect(list.getByRole("article", { name: "De sportklas" })).toBeVisible();
  await list.getByRole("button", { name: "Vul aan: Zorg en welzijn" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Wat is er goed aan?").fill("Ik help graag.");
  await form.getByLabel("Wat is er minder aan?").fill("Ik schrik van bloed.");
  await expectAccessible(page);
  await form.getByRole("button", { name: "Bewaar" }).click();
  await expect(list.getByText("Ik schrik van bloed.")).toBeVisible();
  await list.getByRole("button", { name: "Haal De sportklas van de lijst" }).click();
  await page.getByRole("dialog").getByLabel("Waarom valt dit af?").fill("Die is er hier niet.");
  await page.getByRole("dialog").getByRole("button", { name: "Haal van de lijst" }).click();
  await expect(list.getByRole("article", { name: "De sportklas" })).toHaveCount(0);
  await list.getByText("Van je lijst af (1)").click();
  await expect(list.getByText("Die is er hier niet.")).toBeVisible();

  // Why, in words of pupils.
  const why = page.getByRole("region", { name: "Waarom kies je zo?" });
  await why.getByLabel("Mijn vrienden gaan ook").check();
  await why.getByRole("button", { name: "Bewaar waarom" }).click();
  await expect(page.getByText("Bewaard waarom je zo kiest.")).toBeVisible();
  await closeMessage(page);

  // Surer, and the way there stays in view; undone and said again.
  await sure.getByRole("button", { name: "Zeg hoe het nu is" }).click();
  await sure.getByRole("radio", { name: "Ik weet het bijna" }).check();
  await sure.getByRole("button", { name: "Bewaar" }).click();
  await expect(sure.getByRole("row").filter({ hasText: "Ik weet het bijna" })).toBeVisible();
  await expect(sure.getByRole("row").filter({ hasText: "Nog geen idee" })).toBeVisible();
  await closeMessage(page);

  // A choice, and another one.
  const plan = page.getByRole("region", { name: /^(Wat kies je\?|Je keuze van nu)$/ });
  await plan.getByRole("radio", { name: "Zorg en welzijn" }).check();
  await plan.getByRole("button", { name: "Kies Zorg en welzijn" }).click();
  await expect(page.getByText("Je koos Zorg en welzijn.")).toBeVisible();
  await closeMessage(page);
  await plan.getByRole("button", { name: "Ik weet het toch nog niet" }).click();
  await expect(page.getByText("Je keuze is weer open. Dat mag.")).toBeVisible();
  await closeMessage(page);
  await expect(plan.getByText("Wat er eerder stond")).toBeVisible();
  await expectAccessible(page);

  // Nobody at school sees it before the pupil says so.
  const { id } = await (await context.request.get("/v1/me")).json();
  const mentor = await someoneElse(browser, "verhulst");
  const school = await mentor.newPage();
  await school.goto(`/leerling/${id}/keuze`);
  await expect(school.getByText("Sena heeft hier nog niets gedeeld.")).toBeVisible();
  const who = page.getByRole("region", { name: "Mag iemand meekijken?" });
  await who.getByRole("button", { name: "Verander" }).click();
  await who.getByRole("radio", { name: "Jij en school: je leraren en de decaan" }).check();
  await who.getByRole("button", { name: "Bewaar" }).click();
  await expect(page.getByText(/^Wie dit ziet: Jij en school/)).toBeVisible();
  await school.reload();
  const shown = school.getByRole("article", { name: "Sector of profiel kiezen" });
  await expect(shown.getByText("Ik zag nog bijna niets.")).toBeVisible();
  await expect(shown.getByText("De keuze is weer open", { exact: true })).toBeVisible();
  await expectAccessible(school);

  // On another device it was changed first: both versions stand side by side, and nothing is lost.
  const { choices } = await (await context.request.get("/v1/me/choices")).json();
  await list.getByRole("button", { name: "Vul aan: Produceren" }).click();
  await page.getByRole("dialog").getByLabel("Wat is er goed aan?").fill("Iets maken.");
  const option = choices[0].options.find(({ code }: { code: string }) => code === "pie");
  const elsewhere = await context.request.put(`/v1/me/choices/${choices[0].id}/options/${option.id}`, {
    headers: { "X-Requested-By": "portfolio", "If-Match": `"${option.version}"` },
    data: { code: "pie", plus: "Sleutelen." },
  });
  expect(elsewhere.status()).toBe(200);
  await page.getByRole("dialog").getByRole("button", { name: "Bewaar" }).click();
  await expect(
    page.getByRole("region", { name: "Wat je hier schreef" }).getByText("Iets maken."),
  ).toBeVisible();
  await expect(page.getByRole("region", { name: "Wat er nu staat" }).getByText("Sleutelen.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Bewaar wat ik hier schreef" }).click();
  await expect(list.getByText("Iets maken.")).toBeVisible();
});

test("at 320 pixels with large letters, and from right to left, all of it fits", async ({ browser }) => {
  const pupil = await someoneElse(browser, "yara");
  const page = await pupil.newPage();
  await page.setViewportSize({ width: 320, height: 720 });
  await page.goto("/keuze");
  await expect(page.getByRole("region", { name: "Hoe zeker ben je?" })).toBeVisible();
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  await expectAccessible(page);
  await page.evaluate(() => {
    document.documentElement.dir = "rtl";
  });
  await expectAccessible(page);
});
