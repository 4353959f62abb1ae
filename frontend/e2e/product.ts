import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { test as base, expect } from "@playwright/test";
import { baseURL, port, providers, secret } from "../playwright.config";
import { MAIL_PORT } from "./mailbox";

export * from "@playwright/test";

const START_MS = 180_000;
const STOP_MS = 30_000;
const folder = `var/e2e-${port}`;

/**
 * A test of the real product: `talentportfolio demo` on engines of its own, its region a copy of TALENT_REGION where
 * that is given. Playwright begins a new worker after a test that failed, so a second try finds a fresh product, and
 * not what the first one left behind.
 */
export const test = base.extend<object, { product: undefined }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads here which fixtures are asked for, and wants a pattern.
    async ({}, use) => {
      if (process.env.TALENT_URL) return use(undefined);
      const demo = spawn(".venv/bin/python", ["-m", "app.cli", "demo"], {
        cwd: "..",
        env: { ...process.env, ...layOut() },
        stdio: ["ignore", "ignore", "inherit"],
      });
      const over = once(demo, "exit");
      await expect.poll(() => answers(demo.exitCode), { timeout: START_MS }).toBe(true);
      await use(undefined);
      demo.kill("SIGTERM");
      const late = setTimeout(() => demo.kill("SIGKILL"), STOP_MS);
      await over;
      clearTimeout(late);
    },
    { scope: "worker", auto: true, timeout: START_MS + STOP_MS },
  ],
});

/** For this person so many minutes pass since they signed in, and since they said why they look. */
export function passes(username: string, minutes: number): void {
  const env = { ...process.env, TALENT_VAR_DIR: folder };
  execFileSync(".venv/bin/python", ["-m", "tests.later", username, String(minutes)], { cwd: "..", env });
}

/** The product's folder, fresh, and its settings. */
function layOut(): Record<string, string> {
  rmSync(`../${folder}`, { recursive: true, force: true });
  mkdirSync("../var", { recursive: true });
  // With owners: an engine that root starts runs as somebody else.
  if (process.env.TALENT_REGION) execFileSync("cp", ["-a", process.env.TALENT_REGION, folder], { cwd: ".." });
  writeFileSync(`../${folder}-providers.toml`, providers);
  return {
    TALENT_PORT: String(port),
    TALENT_PUBLIC_URL: baseURL,
    TALENT_VAR_DIR: folder,
    TALENT_OIDC_PROVIDERS: `${folder}-providers.toml`,
    SCHOOL_SECRET: secret,
    TALENT_LOG_LEVEL: "warning",
    // Without the mailbox of a test that opens it mail waits.
    TALENT_SMTP_URL: `smtp://127.0.0.1:${MAIL_PORT}`,
    TALENT_MAIL_FROM: "Talentportfolio <noreply@talent.example>",
  };
}

async function answers(ended: number | null): Promise<boolean> {
  if (ended !== null) throw new Error(`the product ended with ${ended}: its own words stand above`);
  const answer = await fetch(`${baseURL}/readyz`).catch(() => null);
  return answer?.ok ?? false;
}
