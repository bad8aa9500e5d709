import type { BrowserContext, Page } from "playwright-core";
import { bundleConsole } from "../../src/http/pages/bundle.ts";
import { findChromium, openBrowser } from "../chromium.ts";
import { startChild } from "./child.ts";
import { serveBeside } from "./console-base/serve.ts";
import { writeConsoleCases } from "./console-cases/write.ts";
import type { Environment } from "./environment.ts";
import { type Effort, inPairs, type Line, pairedLine } from "./measure.ts";
import { installPractice } from "./practice.ts";
import { signedIn } from "./signed-in.ts";

const ROWS = 50;
/** An old office computer is so many times slower. */
const SLOWER = 4;
const KB = 1024;
const TARGET = { atMost: 1.6 };

/** Chromium, where there is one: this benchmark cannot be without it. */
export const pageBrowser = findChromium("what the console costs in a browser");

/**
 * The list of cases until its fifty rows are painted, against a page that is React and a table of the same rows and nothing else: at the
 * first visit, and with everything in the browser's cache; and what the first visit loads.
 */
export async function consolePageBenchmark(environment: Environment, { short }: Effort): Promise<Line[]> {
  const { installation } = await installPractice(environment, null, short ? 50 : undefined);
  await writeConsoleCases(installation, short ? 500 : 10_000);
  const service = await startChild("service", { installation, apiBase: "http://127.0.0.1:9" });
  const beside = await serveBeside(String(service.ready.url));
  const opened = await openBrowser(pageBrowser ?? "chromium", { width: 1366, height: 768 });
  try {
    const somebody = await signedIn(installation, String(service.ready.url));
    const cookie = { name: "liaison", value: somebody.cookie() ?? "", url: beside.base };
    await opened.browser.addCookies([cookie]);
    const ready = (path: string, isFirst: boolean) => readyMs(opened.browser, `${beside.base}${path}`, isFirst);
    const lines: Line[] = [];
    for (const [name, isFirst, pairs] of [
      ["first visit", true, 9],
      ["further visits", false, 15],
    ] as const) {
      for (let warm = 0; warm < (short ? 1 : 3); warm += 1) {
        await ready("/console/cases", isFirst);
        await ready("/bare", isFirst);
      }
      const measured = await inPairs(
        short ? 1 : pairs,
        () => ready("/console/cases", isFirst),
        () => ready("/bare", isFirst),
      );
      lines.push(pairedLine(`console-page, ${name}`, measured, { unit: "ms", target: TARGET }));
    }
    const [first] = (await bundleConsole()).weights;
    if (first === undefined) throw new Error("nothing was bundled");
    return [
      ...lines,
      {
        name: "console-page, first load, gzip",
        ours: { value: first.bytes / KB, unit: "KB" },
        reference: null,
        ratio: null,
        target: { atMost: first.most / KB, unit: "KB" },
        samples: first,
      },
    ];
  } finally {
    await opened.close();
    await beside.close();
    await service.stop();
  }
}

/** The milliseconds from going to an address until all rows have been painted. @param isFirst nothing of it is in the cache */
async function readyMs(browser: BrowserContext, url: string, isFirst: boolean): Promise<number> {
  const page = await browser.newPage();
  try {
    const devtools = await browser.newCDPSession(page);
    if (isFirst) await devtools.send("Network.clearBrowserCache");
    await page.addInitScript(watchRows, ROWS);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.goto(url, { waitUntil: "commit" });
    return await painted(page);
  } finally {
    await page.close();
  }
}

type Watching = Window & { rowsPaintedMs?: number };

async function painted(page: Page): Promise<number> {
  await page.waitForFunction(() => (window as Watching).rowsPaintedMs !== undefined, null, { timeout: 60_000 });
  return page.evaluate(() => (window as Watching).rowsPaintedMs ?? Number.NaN);
}

/** Runs in the page: notes when the frame with the last row has been given to the screen. */
function watchRows(rows: number): void {
  const watcher = new MutationObserver(() => {
    if (document.querySelectorAll("main tbody tr").length < rows) return;
    watcher.disconnect();
    requestAnimationFrame(() =>
      setTimeout(() => {
        (window as Watching).rowsPaintedMs = performance.now();
      }),
    );
  });
  watcher.observe(document, { childList: true, subtree: true });
}
