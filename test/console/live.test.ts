import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, openBrowser } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { faultsOf, seriousOf } from "./faults.ts";
import { type ConsoleStage, startConsole } from "./stage.ts";

const LIMIT = { timeout: 60_000 };
const executablePath = findChromium("the live console in a browser");

describe.runIf(executablePath !== undefined)("an open page hears what others do", () => {
  let stage: ConsoleStage;
  let opened: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  let lin: Browser;
  let zhao: Browser;
  let faults: string[];

  beforeAll(async () => {
    stage = await startConsole();
    lin = await stage.colleague("office", "林晓");
    zhao = await stage.colleague("office", "赵敏");
    opened = await openBrowser(executablePath ?? "chromium", { width: 1366, height: 768 });
    page = await opened.browser.newPage();
    page.setDefaultTimeout(LIMIT.timeout);
    faults = await faultsOf(page);
    await page.context().addCookies([{ name: "liaison", value: lin.cookie() ?? "", url: stage.base }]);
  });
  afterAll(async () => {
    await opened.close();
    await stage.close();
  });

  const go = (path: string) => page.goto(`${stage.base}/console${path}`);
  const button = (name: string | RegExp): Locator => page.getByRole("button", { name, exact: true });
  const accept = async (name: string): Promise<void> => {
    const folder = process.env.LIAISON_SCREENSHOTS;
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    expect({ name, serious: await seriousOf(page) }).toEqual({ name, serious: [] });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect({ name, overflow: overflow > 0 }).toEqual({ name, overflow: false });
  };
  const numberOf = async (text: string): Promise<string> => {
    const row = page.getByRole("row").filter({ hasText: text });
    return (await row.getByRole("link").textContent()) ?? "";
  };
  const act = async (who: Browser, number: string, verb: string, body: object): Promise<number> => {
    const seen = await who.ask("GET", `/cases/${number}`);
    const match = (seen.body as { etag: string }).etag;
    return (await who.write("POST", `/cases/${number}/${verb}`, body, { match })).status;
  };

  it("says that it is live, marks a changed row without moving it, and counts anew at the side", async () => {
    await go("/cases?sort=newest");
    await page.getByText(/^● 实时/).waitFor();
    await page.locator("tbody tr").first().waitFor();
    const before = await page.locator("tbody th a").allTextContents();
    const number = await numberOf("下水道");
    const seen = page.getByRole("row").filter({ hasText: number });
    expect(await act(zhao, number, "place", { grid: "柳东-3" })).toBe(200);
    await seen.getByText("有变化").waitFor({ timeout: 10_000 });
    expect(await page.locator("tbody th a").allTextContents()).toEqual(before);
    await expect.poll(() => seen.textContent(), LIMIT).toContain("追问");
    await accept("live-cases");
    await page.getByRole("status").getByRole("button").click();
    await expect.poll(() => seen.textContent(), LIMIT).not.toContain("追问");
  });

  it("tells on the page of a case what happened since it was opened, and who else is there, and keeps what is being written", async () => {
    await go("/cases?sort=newest");
    await page.locator("tbody tr").first().waitFor();
    const number = await numberOf("路灯坏了六盏");
    await go(`/cases/${number}`);
    const field = page.getByLabel("答复居民");
    await field.fill("正在核实，");
    await zhao.ask("PUT", `/cases/${number}/presence`, { doing: "writing" });
    await page.getByText("赵敏正在写…").waitFor({ timeout: 10_000 });
    const others = await zhao.ask("PUT", `/cases/${number}/presence`, { doing: "writing" });
    expect(others.body).toEqual({ others: [{ name: "林晓", doing: "writing" }] });
    expect(await act(zhao, number, "deadline", { dueOn: "2026-12-31", reason: "等材料" })).toBe(200);
    await page.getByText(/打开以后有变化/).waitFor({ timeout: 10_000 });
    expect(await field.inputValue()).toBe("正在核实，");
    await accept("live-case");
    await button("显示").click();
    expect(await field.inputValue()).toBe("正在核实，");
    await zhao.ask("PUT", `/cases/${number}/presence`, { doing: "gone" });
    await expect.poll(() => page.getByText("赵敏正在写…").count(), LIMIT).toBe(0);
  });

  it("says that it is not live once the stream failed three times, and asks by itself meanwhile", async () => {
    await page.route("**/api/v1/live*", (route) => route.abort());
    await go("/cases?sort=newest");
    await page.getByText(/不是实时/).waitFor(LIMIT);
    await accept("not-live");
    await page.unroute("**/api/v1/live*");
    await page.getByText(/^● 实时/).waitFor(LIMIT);
  });

  it("jumps by Ctrl K to a case by its last digits, a deputy, a grid and a page", async () => {
    await go("");
    await page.locator(".today").waitFor();
    await page.keyboard.press("Control+k");
    const box = page.locator("dialog").getByRole("combobox");
    await box.fill("1");
    await page.getByRole("option", { name: /2026-000001/ }).waitFor();
    await accept("jump");
    await box.press("Enter");
    await page.getByRole("heading", { level: 1, name: /2026-000001/ }).waitFor();
    await page.keyboard.press("Control+k");
    await page.locator("dialog").getByRole("combobox").fill("柳东");
    await page
      .getByRole("option", { name: /柳东-1/ })
      .first()
      .click();
    await page.waitForURL(/grid=/);
    await page.keyboard.press("Control+k");
    await page.locator("dialog").getByRole("combobox").fill("没有这个");
    await page.getByText("没有找到，或者不是给您看的。").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await page.waitForURL(/deliveries/);
  });

  it("leads from every section of Today in which something waits to the page that shows it", async () => {
    await go("?lang=zh");
    await page.locator(".today").waitFor();
    const waiting = page.locator(".today > li:not(.line-empty)");
    expect(await waiting.locator(".line-button").count()).toBe(await waiting.count());
    await page.getByRole("link", { name: /只能打电话的网格/ }).click();
    await page.waitForURL(/coverage\?only=phone/);
    await page.getByRole("heading", { name: "网格负责人一览表" }).waitFor();
  });

  it("takes an operator, who sees no case, from a grid to its place", async () => {
    const operator = await stage.colleague("operator", "周强");
    const cookieOf = (who: Browser) => [{ name: "liaison", value: who.cookie() ?? "", url: stage.base }];
    await page.context().addCookies(cookieOf(operator));
    await go("/account?lang=zh");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("Control+k");
    await page.locator("dialog").getByRole("combobox").fill("柳东");
    await page
      .getByRole("option", { name: /柳东-1/ })
      .first()
      .click();
    await page.waitForURL(/places\?grid=/);
    await page.context().addCookies(cookieOf(lin));
  });

  it("has its pages in a bar at the bottom of a phone, the others under “more”", async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await go("");
    await page.locator(".today").waitFor();
    await button("更多页面").click();
    await accept("more-pages");
    await page.locator("dialog").getByRole("link", { name: "代表" }).click();
    await page.waitForURL(/people/);
    await accept("bar");
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it("says when the service has a newer console than this page", async () => {
    await page.route(/\/console$/, (route) =>
      route.request().resourceType() === "document"
        ? route.continue()
        : route.fulfill({ contentType: "text/html", body: "<script src=/console/assets/console-OTHER.js></script>" }),
    );
    await go("/account?lang=zh");
    await page.getByText("联络站已换了新版本").waitFor();
    await accept("new-version");
    await page.unroute(/\/console$/);
    expect(faults.filter((fault) => !/ERR_FAILED|net::/.test(fault))).toEqual([]);
  });
});
