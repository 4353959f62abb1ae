import { it, someoneElse } from "./journey";
import { expect } from "./product";

it("a language that was read on this device is there in a dead spot; another falls back to Dutch", async ({
  browser,
}) => {
  const parent = await someoneElse(browser, "gulay");
  const page = await parent.newPage();
  await page.goto("/thuis");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.evaluate(() => localStorage.setItem("language", "tr"));
  // The worker has to be in charge when the language comes in.
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "tr");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await parent.setOffline(true);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "tr");
  await page.evaluate(() => localStorage.setItem("language", "pl"));
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "nl");
  await parent.close();
});
