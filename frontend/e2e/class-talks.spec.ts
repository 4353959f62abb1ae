import { expectAccessible } from "./journey";
import { expect, test } from "./product";
import { signIn } from "./second-step";

/** The first working day from so many days on. */
function dayFrom(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

test("a dean sees who has no talk yet, plans a class in one go, and takes it back", async ({ page }) => {
  await signIn(page.request, "elidrissi", "schelpen-aan-zee");
  await page.goto("/gesprekken/klassen");
  await expect(page.getByRole("heading", { level: 1, name: "Gesprekken per klas" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Klas 2C", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Gesprekken van .*2C/ })).toBeVisible();
  const without = page.getByRole("region", { name: "Nog geen gesprek dit jaar" });
  const waiting = await without.getByRole("listitem").count();
  expect(waiting).toBeGreaterThan(5);
  await expectAccessible(page);

  await page.getByRole("link", { name: "Plan gesprekken" }).click();
  await page.getByRole("radio", { name: "Hoe het gaat" }).check();
  await page.getByRole("button", { name: "Stel tijden voor" }).click();
  await expect(page.getByText("Kies minstens één dag.")).toBeVisible();
  await page.getByLabel("Dag", { exact: true }).fill(dayFrom(40));
  await page.getByRole("button", { name: "Nog een dag" }).click();
  await page.getByLabel("Tot", { exact: true }).fill("10:00");
  await page.getByRole("button", { name: "Stel tijden voor" }).click();
  const proposal = page.getByRole("region", { name: "Voorstel" });
  await expect(proposal.getByRole("button", { name: "Plan 3 gesprekken" })).toBeVisible();
  await expect(proposal.getByText(/^Nog geen tijd voor deze leerlingen/)).toBeVisible();
  await expectAccessible(page);

  // Two at one time are told, and nothing is planned.
  const times = proposal.getByLabel(/^Tijd voor /);
  const first = await times.first().inputValue();
  await times.nth(1).fill(first);
  await expect(proposal.getByText("Op deze tijd staat nog iemand.").first()).toBeVisible();
  await times.nth(1).fill("11:00");
  await expect(proposal.getByText("Op deze tijd staat nog iemand.")).toHaveCount(0);
  await proposal.getByRole("button", { name: "Plan 3 gesprekken" }).click();
  await expect(page.getByText("3 gesprekken zijn gepland.")).toBeVisible();
  await expect(without.getByRole("listitem")).not.toHaveCount(waiting);
  await expect(
    page.getByRole("region", { name: "Gesprekken van dit jaar" }).getByText("gepland").first(),
  ).toBeVisible();

  await page.getByRole("button", { name: "Draai terug" }).click();
  await expect(page.getByText("De gesprekken zijn weer weg.")).toBeVisible();
  await expect(without.getByRole("listitem")).toHaveCount(waiting);
});
