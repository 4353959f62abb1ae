import { expectAccessible, signInAt, someoneElse } from "./journey";
import { expect, test } from "./product";

test("a parent reads what is asked, says yes and takes it back; the teacher and the child see it", async ({
  page,
  browser,
}) => {
  await signInAt(page, "/thuis", "bensaid");
  await page.getByRole("link", { name: "Lees en kies" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Toestemming" })).toBeVisible();
  await expect(page.getByText("Nog niet gekozen.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Ja, dat mag" }).click();
  await expect(page.getByText("Ja, dat mag.")).toBeVisible();

  const teacher = await someoneElse(browser, "verhulst");
  const board = await teacher.newPage();
  await board.goto("/klas");
  await board.getByRole("link", { name: "Wie mag op de foto?" }).click();
  const yes = board.getByRole("region", { name: "1 leerling: ja" });
  await expect(yes.getByText("Yara Bensaïd")).toBeVisible();
  await expectAccessible(board);
  await teacher.close();

  await page.getByRole("button", { name: "Trek toestemming in" }).click();
  await expect(page.getByText("Nee, dat mag niet.")).toBeVisible();
  await page.getByText("Wat is er eerder gekozen?").click();
  await expect(page.getByText(/Eigen keuze: ja, .* Gestopt op/)).toBeVisible();
  await expectAccessible(page);

  const child = await someoneElse(browser, "yara");
  const hers = await child.newPage();
  await hers.goto("/erbij");
  await hers.getByRole("radio", { name: "Ik was ergens" }).check();
  await hers.getByLabel("Hoe noem je het?").fill("Op de werf");
  await hers.getByRole("button", { name: "Verder", exact: true }).click();
  await expect(
    hers.getByText("Zet alleen foto’s en films neer waar jij niet herkenbaar op staat"),
  ).toBeVisible();
  await expectAccessible(hers);
  await child.close();
});

test("the same question in Arabic, from right to left", async ({ page }) => {
  await signInAt(page, "/thuis", "youssef");
  await page.getByRole("link", { name: "القراءة والاختيار" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "الموافقة" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "الظهور بشكل واضح" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expectAccessible(page);
});
