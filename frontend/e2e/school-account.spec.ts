import { expectAccessible } from "./journey";
import { expect, type Page, test } from "./product";

// There is a school beside the product only where playwright started both.
test.skip(!!process.env.TALENT_URL, "without a school of its own");

const OURS = { "X-Requested-By": "portfolio" };

/** From the page with the ways in to the login page of the school. */
async function toSchool(page: Page, device: "Van mij" | "Van ons samen" = "Van mij"): Promise<void> {
  await page.getByRole("link", { name: /Kustlijn-account/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Log in met Kustlijn-account" })).toBeVisible();
  await page.getByRole("radio", { name: device }).check();
  await page.getByRole("button", { name: "Ga naar Kustlijn-account" }).click();
  await expect(page.getByRole("heading", { name: "Wie ben je?" })).toBeVisible();
}

test("a pupil signs in with the school account, comes back to the page, and signs out of both", async ({
  page,
}) => {
  await page.goto("/wie-keek-er");
  await expect(page.getByRole("heading", { name: "Met je schoolaccount" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: /Kustlijn-account/ }).click();
  await expectAccessible(page);
  await page.goBack();
  await toSchool(page);
  await page.getByRole("link", { name: "yara" }).click();
  await expect(page).toHaveURL(/\/wie-keek-er$/u);
  await expect(page.getByRole("heading", { level: 1, name: "Wie keek er?" })).toBeVisible();

  await page.goto("/ik");
  await expect(page.getByText("Ingelogd met Kustlijn-account")).toBeVisible();
  await page.getByRole("button", { name: "Log hier uit" }).click();
  await expect(page.getByText("Hiermee logde je de vorige keer in.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Log ook uit bij Kustlijn-account" }).click();
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await expect(page.getByRole("heading", { name: "Met je schoolaccount" })).toBeVisible();
});

test("who signs out at the school is signed out here", async ({ page }) => {
  await page.goto("/");
  await toSchool(page);
  await page.getByRole("link", { name: "yara" }).click();
  await expect(page.getByRole("link", { name: /^Erbij/ }).first()).toBeVisible();
  const { address } = await (await page.request.get("/v1/school-accounts/kustlijn/sign-out")).json();
  await page.goto(address);
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await expect(page.getByRole("heading", { name: "Met je schoolaccount" })).toBeVisible();
  expect((await page.request.get("/v1/me")).status()).toBe(401);
});

test("an account that the school did not tell us of is told to ask the school", async ({ page }) => {
  await page.goto("/");
  await toSchool(page, "Van ons samen");
  await page.getByRole("link", { name: "vreemde" }).click();
  await expect(page.getByRole("alert")).toContainText("Vraag het aan je school");
  await expectAccessible(page);
  expect((await page.request.get("/v1/me")).status()).toBe(401);

  await page.goto("/schoolaccount/kustlijn?lukte-niet=later");
  await expect(page.getByRole("alert")).toContainText("Kustlijn-account doet het nu even niet.");
  await page.request.delete("/v1/sessions/current", { headers: OURS });
});
