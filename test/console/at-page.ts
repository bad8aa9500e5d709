import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Role } from "../../src/domain/access/roles.ts";
import { openBrowser } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { faultsOf, seriousOf } from "./faults.ts";
import type { ConsoleStage } from "./stage.ts";

/** A page of Chromium at the console, and what a test does there. */
export type AtPage = {
  readonly page: Page;
  readonly faults: string[];
  go(path: string): Promise<unknown>;
  button(name: string | RegExp): Locator;
  /** Signs somebody new in, by the API alone. */
  enter(role: Role, name: string): Promise<Browser>;
  /** Comes back as somebody who is signed in. */
  as(somebody: Browser): Promise<void>;
  /** Looks at the page as somebody who does not see it: nothing serious may be wrong, nor wider than the screen. */
  accept(name: string): Promise<void>;
  close(): Promise<void>;
};

/** The screens of an office's computer and of a station's phone. */
const SCREENS = { office: { width: 1366, height: 768 }, phone: { width: 360, height: 640 } } as const;

/** Opens Chromium at a stage's console. @param what stands before the names of its screenshots */
export async function atPage(
  stage: ConsoleStage,
  executablePath: string | undefined,
  what: string,
  screen: keyof typeof SCREENS = "office",
): Promise<AtPage> {
  const opened = await openBrowser(executablePath ?? "chromium", SCREENS[screen]);
  const page = await opened.browser.newPage();
  page.setDefaultTimeout(60_000);
  const faults = await faultsOf(page);
  const as = async (somebody: Browser): Promise<void> => {
    await page.context().clearCookies();
    await page.context().addCookies([{ name: "liaison", value: somebody.cookie() ?? "", url: stage.base }]);
  };
  return {
    page,
    faults,
    as,
    go: (path) => page.goto(`${stage.base}/console${path}`),
    button: (name) => page.getByRole("button", { name, exact: true }),
    async enter(role, name) {
      const somebody = await stage.colleague(role, name);
      await as(somebody);
      return somebody;
    },
    async accept(name) {
      await page.waitForLoadState("networkidle");
      await expect.poll(() => page.locator(".skeleton").count()).toBe(0);
      const folder = process.env.LIAISON_SCREENSHOTS;
      if (folder !== undefined) await page.screenshot({ path: join(folder, `${what}-${name}.png`), fullPage: true });
      expect({ name, serious: await seriousOf(page) }).toEqual({ name, serious: [] });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect({ name, overflow: overflow > 0 }).toEqual({ name, overflow: false });
    },
    close: () => opened.close(),
  };
}
