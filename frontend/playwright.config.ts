import { defineConfig } from "@playwright/test";

// The real product: `talentportfolio demo` on engines of its own, fresh for every run.
const port = Number(process.env.TALENT_PORT ?? 8390);
// By name: a passkey belongs to a host with a name.
export const baseURL = process.env.TALENT_URL ?? `http://localhost:${port}`;

export default defineConfig({
  testDir: "e2e",
  outputDir: "../var/browser",
  fullyParallel: false,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [["list"]],
  use: {
    baseURL,
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
    viewport: { width: 390, height: 844 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: process.env.TALENT_URL
    ? undefined
    : {
        command: "rm -rf var/e2e && exec .venv/bin/talentportfolio demo",
        cwd: "..",
        env: { TALENT_PORT: String(port), TALENT_PUBLIC_URL: baseURL, TALENT_VAR_DIR: "var/e2e" },
        url: `${baseURL}/readyz`,
        timeout: 180_000,
        gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
      },
});
