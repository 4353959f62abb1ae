import { expectAccessible, signInAt } from "./journey";
import { expect, test } from "./product";

const EDEXML = `<?xml version="1.0" encoding="utf-8"?>
<EDEX>
  <school><schooljaar>2026-2027</schooljaar><brincode>98ZB</brincode><dependancecode>00</dependancecode></school>
  <groepen><groep key="g7"><naam>7 Zee</naam><jaargroep>7</jaargroep></groep></groepen>
  <leerlingen>
    <leerling key="n1"><achternaam>Zandbergen</achternaam><voorvoegsel>van</voorvoegsel><roepnaam>Pim</roepnaam>
      <geboortedatum>2016-04-05</geboortedatum><jaargroep>7</jaargroep><groep key="g7"/></leerling>
    <leerling key="n2"><achternaam>Stuk</achternaam><roepnaam>Kees</roepnaam>
      <geboortedatum>gisteren</geboortedatum><jaargroep>7</jaargroep><groep key="g7"/></leerling>
  </leerlingen>
  <leerkrachten/>
</EDEX>`;

test("an admin sees what a file would do, what is broken in it, and brings in the rest", async ({ page }) => {
  await signInAt(page, "/beheer/import", "deruiter");
  await expect(page.getByRole("heading", { level: 1, name: "Leerlingen en klassen inlezen" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Kies een bestand").setInputFiles({
    name: "leerlingen.xml",
    mimeType: "text/xml",
    buffer: Buffer.from(EDEXML),
  });
  await expect(page.getByText("Er staat 1 leerling in het bestand.")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("region", { name: "Leerlingen" }).getByText("1 komt erbij").click();
  await expect(page.getByText("Pim van Zandbergen", { exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "1 regel klopt niet" })).toBeVisible();
  await expect(page.getByText("Dit is geen datum: gisteren.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Lees de rest in" }).click();
  await expect(page.getByRole("dialog", { name: "Dit inlezen?" })).toContainText(
    "1 regel wordt overgeslagen.",
  );
  await expectAccessible(page);
  await page.getByRole("button", { name: "Ja, lees in" }).click();
  await expect(page.getByText("Dit is ingelezen.")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("1 kwam erbij").first()).toBeVisible();
  await page.getByRole("link", { name: "Terug naar inlezen" }).click();
  await expect(page.getByRole("link", { name: "leerlingen.xml" })).toBeVisible();
});
