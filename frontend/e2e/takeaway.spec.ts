import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { enlarge, expectAccessible, expectNoOverflow, newPupils, shares, someoneElse } from "./journey";
import { expect, test } from "./product";

const MAHARA = "../tests/portability/mahara-22.10.xml";

test("everything goes along in one file that reads without us, and what was made elsewhere comes in", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const yara = await someoneElse(browser, "yara");
  const page = await yara.newPage();
  await page.goto("/ik");
  await page.getByRole("link", { name: /^Zet je hele portfolio in één bestand/ }).click();
  await expect(page.getByRole("heading", { name: "Alles meenemen", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Zet alles in één bestand" }).click();
  await expect(page.getByText("Je bestand is klaar.")).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);

  const fetching = page.waitForEvent("download");
  await page.getByRole("link", { name: "Haal het op" }).click();
  const file = await fetching;
  expect(file.suggestedFilename()).toMatch(/^Portfolio Yara .*\.zip$/);
  const folder = mkdtempSync(join(tmpdir(), "takeaway-"));
  const zip = join(folder, "portfolio.zip");
  await file.saveAs(zip);
  execFileSync("python3", ["-m", "zipfile", "-e", zip, folder]);

  // As from a stick: another browser, no network, no script.
  const away = await browser.newContext({ offline: true });
  const read = await away.newPage();
  const asked: string[] = [];
  read.on("request", (request) => asked.push(request.url()));
  await read.goto(`file://${folder}/index.html`);
  await expect(read.getByRole("heading", { name: /^Portfolio van Yara/, level: 1 })).toBeVisible();
  await expectReadable(read);
  await read.getByRole("navigation").getByRole("link", { name: "Talentbeeld" }).click();
  await expectReadable(read);
  await read.getByRole("navigation").getByRole("link", { name: "Begin" }).click();
  // One with photos: another test may have shared one without.
  await read.locator(".stories a", { hasText: "Een dag mee met Mirjam" }).first().click();
  await expectReadable(read);
  await expect(read.locator("img, video, audio").first()).toBeAttached();
  const told = JSON.parse(readFileSync(join(folder, "portfolio.json"), "utf8"));
  for (const photo of told.files.filter(
    (each: { kind: string; path: string }) => each.kind === "photo" && each.path,
  )) {
    expect(readFileSync(join(folder, photo.path)).length).toBe(photo.fileSize);
  }
  expect(asked.filter((url) => !url.startsWith("file://"))).toEqual([]);
  await away.close();

  await page.getByRole("button", { name: "Gooi het bestand weg" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Gooi het bestand weg" }).click();
  await expect(page.getByText("Het bestand is weg.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Zet alles in één bestand" })).toBeVisible();
  await yara.close();

  const [mo] = await newPupils(browser, "Mo");
  if (!mo) throw new Error("nobody came in");
  await shares(mo, "Al hier");
  const own = await mo.newPage();
  await own.goto("/alles-meenemen");
  await own.getByLabel("Kies een bestand").setInputFiles(MAHARA);
  await expect(own.getByText("3 verhalen en 0 bestanden zijn erbij gekomen.")).toBeVisible({
    timeout: 30_000,
  });
  await expect(own.getByText("Dit is het portfolio van Stu6 Dent6.")).toBeVisible();
  await own
    .getByText(/^Bekijk welke/)
    .first()
    .click();
  await expectAccessible(own);
  await enlarge(own);
  await expectAccessible(own);
  await own.goto("/alles-meenemen");
  await expectAccessible(own);
  await own
    .getByLabel("Kies een bestand")
    .setInputFiles({ name: "vakantie.zip", mimeType: "application/zip", buffer: Buffer.from("PK") });
  await expect(own.getByText("Dit bestand kan niet mee.")).toBeVisible({ timeout: 30_000 });
  await own.goto("/");
  await expect(own.getByText("Entry 1: what I did").first()).toBeVisible();
  await own.goto("/alles-meenemen");
  await own.getByLabel("Kies een bestand").setInputFiles(zip);
  const again = own.getByRole("region", { name: "Ook weer van jou" });
  await expect(again).toBeVisible({ timeout: 60_000 });
  await expect(again.getByText(/^\d+ stap(pen)?$/)).toBeVisible();
  await expect(again.getByText(/^\d+ bladzijden? van je etalage$/)).toBeVisible();
  await expectAccessible(own);
  await enlarge(own);
  await expectNoOverflow(own);
  await own.getByRole("link", { name: "Mijn etalage" }).first().click();
  await expect(own.getByRole("heading", { name: "Mijn etalage", level: 1 })).toBeVisible();
  await own.goto("/alles-meenemen/van-elders");
  await own
    .getByRole("listitem")
    .filter({ hasText: "Reactie" })
    .getByRole("link", { name: /^Bij “/ })
    .first()
    .click();
  const then = own.getByRole("region", { name: "Toen je dit elders had" });
  await expect(then.getByText(/^Reactie van /).first()).toBeVisible();
  await expectAccessible(own);
  await expectNoOverflow(own);
  await then.getByRole("link", { name: "Alles van elders" }).click();
  await expect(own.getByRole("heading", { name: "Van elders", level: 1 })).toBeVisible();
  await mo.close();

  async function expectReadable(shown: typeof read): Promise<void> {
    const { violations } = await new AxeBuilder({ page: shown }).setLegacyMode().analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`),
    ).toEqual([]);
  }
});
