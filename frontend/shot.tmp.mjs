import { chromium } from "@playwright/test";
import { codeAt } from "./e2e/totp.mjs";

const B = "http://localhost:8661",
  D = "/tmp/tp/factors-shots/";
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
});
async function ctx(w) {
  const c = await browser.newContext({
    baseURL: B,
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
    viewport: { width: w, height: w < 600 ? 844 : 800 },
    serviceWorkers: "block",
  });
  return c;
}
async function login(p, who, path = "/") {
  await p.goto(path);
  await p.getByLabel("Je naam om in te loggen").fill(who);
  await p.getByLabel("Wachtwoord", { exact: true }).fill("schelpen-aan-zee");
  await p.getByRole("radio", { name: "Van mij" }).check();
  await p.getByRole("button", { name: "Log in" }).click();
}
async function shot(p, n, w) {
  await p.waitForTimeout(500);
  await p.screenshot({ path: `${D}${n}-${w}.png`, fullPage: true });
}
async function device(p) {
  const cdp = await p.context().newCDPSession(p);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
for (const w of [390, 1280]) {
  let c = await ctx(w),
    p = await c.newPage();
  await login(p, "elidrissi");
  await p.getByLabel("Code uit je app").waitFor();
  await shot(p, "give", w);
  await p.getByLabel("Code uit je app").fill("123456");
  await p.keyboard.press("Enter");
  await p.getByText("Dat klopt niet").waitFor();
  await shot(p, "give-wrong", w);
  await c.close();
  c = await ctx(w);
  p = await c.newPage();
  await device(p);
  await login(p, w === 390 ? "beheer.po" : "beheer.mbo");
  await p.getByRole("button", { name: /^Passkey/ }).waitFor();
  await shot(p, "enrol", w);
  await p.getByRole("button", { name: /^App met/ }).click();
  await p.getByLabel(/Welke zes/).waitFor();
  await shot(p, "enrol-app", w);
  await p.getByRole("button", { name: "Kies iets anders" }).click();
  await p.getByRole("button", { name: /^Passkey/ }).click();
  await p.getByRole("checkbox").check();
  await shot(p, "codes", w);
  await p.getByRole("button", { name: "Verder" }).click();
  await p.waitForTimeout(800);
  await p.goto("/ik/extra-beveiliging");
  await p.getByText("Herstelcodes").first().waitFor();
  await shot(p, "own", w);
  await p.getByRole("button", { name: /^Haal weg/ }).click();
  await shot(p, "remove", w);
  await p.getByRole("button", { name: "Ja, haal weg" }).click();
  await shot(p, "remove-refused", w);
  await p.keyboard.press("Escape");
  await p.goto("/ik");
  await p.getByText("Extra beveiliging").waitFor();
  await shot(p, "ik", w);
  await p.request.delete("/v1/sessions/current", { headers: { "X-Requested-By": "portfolio" } });
  await login(p, w === 390 ? "beheer.po" : "beheer.mbo");
  await p.getByRole("button", { name: "Gebruik je passkey" }).waitFor();
  await shot(p, "give-passkey", w);
  await p.getByRole("button", { name: "Gebruik je passkey" }).click();
  await p.getByRole("complementary").waitFor();
  await shot(p, "news", w);
  await c.close();
  c = await ctx(w);
  p = await c.newPage();
  await login(p, "youssef", "/ik/extra-beveiliging");
  await p.waitForTimeout(2000);
  await shot(p, "ar", w);
  await p.locator("button:has(svg)").last().click();
  await shot(p, "ar-add", w);
  await c.close();
}
await browser.close();
