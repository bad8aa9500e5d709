import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

/** Refusals of the API are answers, not faults; a browser writes them down all the same. */
const REFUSED = /Failed to load resource: the server responded with a status of (401|403|404|412|422)/;

/** What goes wrong on a page from now on: reports of the policy, errors, requests to any other host. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !REFUSED.test(message.text())) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) faults.push(`outside: ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      reportError(new Error(`policy: ${violatedDirective} ${blockedURI}`)),
    );
  });
  return faults;
}

type Axe = {
  run(
    options: object,
  ): Promise<{ violations: { id: string; impact: string; nodes: { html: string; target: string[] }[] }[] }>;
};

let source: Promise<string> | null = null;

/** How often a page that moves is looked at. */
const STILL_TRIES = 10;

/**
 * What axe finds serious or critical on the page as it is, by WCAG 2.2 AA; without targets that the bar at the bottom of a phone covers just
 * now, from under which they come when somebody scrolls. Looked at again where the page moved meanwhile, for then what covers what is of no moment.
 */
export async function seriousOf(page: Page): Promise<string[]> {
  source ??= readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(await source);
  return page.evaluate(async (tries) => {
    const { axe } = window as unknown as { axe: Axe };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const places = (): string =>
      JSON.stringify(
        [...document.querySelectorAll("a, button, input, .pages")].map((one) => one.getBoundingClientRect()),
      );
    const look = async (): Promise<string[]> => {
      const { violations } = await axe.run({ runOnly: { type: "tag", values: tags } });
      const bar = [...document.querySelectorAll(".pages")].find((one) => getComputedStyle(one).position === "sticky");
      const isCovered = (target: readonly string[]): boolean => {
        const one = document.querySelector(target.at(-1) ?? "");
        if (bar === undefined || one === null || bar.contains(one)) return false;
        const [over, under] = [bar.getBoundingClientRect(), one.getBoundingClientRect()];
        return under.bottom > over.top && under.top < over.bottom;
      };
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => ({
          id,
          nodes: nodes.filter(({ target }) => id !== "target-size" || !isCovered(target)),
        }))
        .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    };
    for (let time = 1; ; time++) {
      const before = places();
      const found = await look();
      if (found.length === 0 || time === tries || places() === before) return found;
    }
  }, STILL_TRIES);
}
