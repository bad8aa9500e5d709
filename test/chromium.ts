import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The first `chromium` on the PATH; nothing where there is none, which is said once. */
export function findChromium(what: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, "chromium")).find((path) => existsSync(path));
  if (found === undefined) process.stderr.write(`Left out: ${what}, because there is no chromium on the PATH.\n`);
  return found;
}

/** A browser with a profile of its own, which it takes along when it closes. */
export async function openBrowser(
  executablePath: string,
  viewport: { readonly width: number; readonly height: number },
): Promise<{ readonly browser: BrowserContext; close(): Promise<void> }> {
  const profile = await mkdtemp(join(tmpdir(), "liaison-chromium-"));
  const options = { executablePath, headless: true, args: FLAGS, viewport, locale: "zh-CN" };
  const browser = await chromium.launchPersistentContext(profile, options);
  return {
    browser,
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
