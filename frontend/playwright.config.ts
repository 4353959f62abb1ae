import { defineConfig } from "@playwright/test";

// Runs can go side by side: `make test` gives each part of the specs a port of its own.
export const port = Number(process.env.TALENT_PORT ?? 8390);
// By name: a passkey belongs to a host with a name.
export const baseURL = process.env.TALENT_URL ?? `http://localhost:${port}`;

// A school with accounts of its own: a real OpenID provider beside the product.
const school = `http://127.0.0.1:${port + 1}`;
export const secret = "only-for-the-browser-tests";
export const providers = `
[[provider]]
id = "kustlijn"
name = "Kustlijn-account"
issuer = "${school}"
client_id = "portfolio"
client_secret_env = "SCHOOL_SECRET"
scopes = ["openid", "school"]
brins = ["98ZB"]
`;
const atSchool = {
  port: port + 1,
  clients: [
    {
      client_id: "portfolio",
      client_secret: secret,
      redirect_uris: [`${baseURL}/v1/school-accounts/kustlijn/callback`],
      post_logout_redirect_uris: [`${baseURL}/`],
      backchannel_logout_uri: `http://127.0.0.1:${port}/v1/school-accounts/kustlijn/logouts`,
      backchannel_logout_session_required: true,
    },
  ],
  accounts: Object.fromEntries(
    ["yara", "vreemde"].map((uid) => [
      uid,
      { uid, eduPersonAffiliation: "student", nlEduPersonHomeOrganizationId: "98ZB" },
    ]),
  ),
};

export default defineConfig({
  testDir: "e2e",
  outputDir: `../var/browser-${port}`,
  fullyParallel: false,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  // Once more, on a fresh product, for a machine that stutters: such a test is listed as flaky, and is to be mended.
  retries: 1,
  // The second is for `make test`, that tells at the end what failed in any part.
  reporter: [["list"], ["blob", { outputFile: `../var/browser-reports/${port}.zip` }]],
  use: {
    baseURL,
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
    viewport: { width: 390, height: 844 },
    // A trace of every test costs more than the tests: for one that fails, run it with --trace on.
    screenshot: "only-on-failure",
    contextOptions: { reducedMotion: "reduce" },
    // Keeping the app on the device costs more than most tests: only those about a dead spot do, with `it` of journey.ts.
    serviceWorkers: "block",
    launchOptions: {
      // The same engine without a browser around it: a quarter less work for the same pages.
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A camera and a microphone of its own: a green picture and a beep. It has no window that asks for them.
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
      ],
    },
  },
  webServer: process.env.TALENT_URL
    ? undefined
    : {
        command: `node e2e/oidc-provider.mjs '${JSON.stringify(atSchool)}'`,
        url: `${school}/.well-known/openid-configuration`,
        timeout: 180_000,
      },
});
