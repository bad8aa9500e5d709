import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/domain/access/roles.ts";
import { writeRandomCases } from "../casework/figures/random-cases.ts";
import { findChromium } from "../chromium.ts";
import { readPdf } from "../pdf.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const LIMIT = { timeout: 60_000 };
const executablePath = findChromium("the page of figures in a browser");
const squeezed = (text: string) => text.replaceAll(/\s/g, "");

describe.runIf(executablePath !== undefined)("the page of figures, in Chromium", () => {
  let stage: ConsoleStage;
  let worker: { close(): Promise<void> };
  let at: AtPage;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    stage = await startConsole();
    const { service } = stage;
    const { runtime } = service;
    const county = service.jurisdiction("qinghe");
    await runtime.database.inCounty(county, (tx) => writeRandomCases(tx, county, 300, 1));
    worker = workAt(stage);
    at = await atPage(stage, executablePath, "figures");
    ({ page, faults } = at);
  }, 240_000);
  afterAll(async () => {
    await at.close();
    await worker.close();
    await stage.close();
  });

  const go = (path: string) => at.go(path);
  const enter = (role: Role, name: string) => at.enter(role, name);
  const accept = (name: string) => at.accept(name);
  const row = (name: string | RegExp): Locator =>
    page.locator(".figure-table tr").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
  /** Asks for a report and gives its bytes. */
  const report = async (button: string, link: string): Promise<Buffer> => {
    await page.getByRole("button", { name: button }).click();
    const file = page.getByRole("link", { name: link }).first();
    await file.waitFor(LIMIT);
    const downloading = page.waitForEvent("download");
    await file.click();
    return readFile(await (await downloading).path());
  };

  it("shows a month with three claims side by side, and a disagreement opens the list of exactly those cases", async () => {
    await enter("office", "林晓");
    await go("/statistics?lang=zh&period=2026-10");
    await page.getByRole("heading", { name: "2026年10月" }).waitFor();
    await page.getByText("三方的数不能相加。").waitFor();
    for (const name of ["单位说办好了", "代表核实过", "居民认可", "居民没有回音", "说法不一"])
      await row(name).waitFor();
    await accept("month-zh");
    const said = (await row("说法不一").getByRole("link").textContent()) ?? "";
    const count = Number(/^\d+/.exec(said)?.[0]);
    expect(count).toBeGreaterThan(0);
    await row("说法不一").getByRole("link").click();
    await page.getByRole("heading", { name: "案件", exact: true }).waitFor();
    await page.getByText(`显示 ${count} / 共 ${count} 件`).waitFor();
    await expect.poll(() => page.locator("table.table tbody tr").count(), LIMIT).toBe(count);
    await accept("disagreement-zh");
    expect(await page.locator(".chips").textContent()).toContain("居民怎么说: 说法不一");
    await page.goBack();
    await page.getByRole("heading", { name: "2026年10月" }).waitFor();
    await row("说法不一").getByText("怎么算的").click();
    await row("说法不一").getByText("居民说没有解决的").waitFor();
    await accept("how-zh");
  });

  it("goes to other periods, and to one part of the county", async () => {
    await page.getByRole("link", { name: "前一段" }).click();
    await page.getByRole("heading", { name: "2026年9月" }).waitFor();
    await page.getByRole("link", { name: "供暖季" }).click();
    await page.getByRole("heading", { name: /供暖季/ }).waitFor();
    await go("/statistics?lang=zh&period=2026-Q4");
    await page.getByLabel("分开看").selectOption("station");
    const part = page.getByRole("link", { name: "=站S1" });
    await part.waitFor();
    await accept("by-station-zh");
    await part.click();
    await page.getByText("联络站: S1").waitFor();
    await expect.poll(() => page.url(), LIMIT).toContain("station=S1");
    await go("/statistics?lang=zh&period=2001");
    await page.getByText("这段时间没有案件。").waitFor();
  });

  it("makes Excel and PDF that say the same as the page", async () => {
    await go("/statistics?lang=zh&period=2026-10&by=township");
    await row("说法不一").waitFor();
    const shown = await page.locator(".figure-table tbody tr").evaluateAll((rows) =>
      rows.map((one) => ({
        group: one.closest("section")?.querySelector("h2")?.textContent ?? "",
        name: one.querySelector("th")?.textContent ?? "",
        value: one.querySelector("td")?.textContent ?? "",
      })),
    );
    expect(shown.length).toBeGreaterThan(45);
    const sheet = await readSheet(await report("出 Excel", "下载 Excel"), 1);
    const pdf = await report("出 PDF", "下载 PDF");
    const { pages } = await readPdf(pdf);
    const { seen } = await readPdf(
      pdf,
      Array.from({ length: pages }, (_, at) => at + 1),
    );
    const printed = squeezed(seen.map(({ text }) => text).join(""));
    for (const { group, name, value } of shown) {
      const number = /^\d+/.exec(value)?.[0];
      const cell = sheet.find(([of, figure]) => of === group && figure === name)?.[2];
      expect([group, name, String(cell)]).toEqual([group, name, number ?? value]);
      expect(printed).toContain(squeezed(`${name}${value}`));
    }
    const hashes = await page.locator("section").last().locator("tbody td:nth-child(4)").allTextContents();
    expect(new Set(hashes).size).toBe(1);
    await accept("reports-zh");
    const folder = process.env.LIAISON_SCREENSHOTS;
    if (folder !== undefined) {
      const { writeFile } = await import("node:fs/promises");
      for (const [at, { png }] of seen.entries()) await writeFile(join(folder, `figures-pdf-${at + 1}.png`), png);
    }
  }, 180_000);

  it("has a worker count what is too much to count at once, and shows the same figures when that is done", async () => {
    const values = () => page.locator(".figure-table tbody td:nth-child(2)").allTextContents();
    await go("/statistics?lang=zh&period=2026-Q3&by=township");
    await row("说法不一").waitFor();
    await page.getByRole("table", { name: "按乡镇" }).waitFor();
    const atOnce = await values();
    expect(atOnce.length).toBeGreaterThan(45);
    let refused = 0;
    await page.route(/\/api\/v1\/figures\?/, (route) => {
      refused += 1;
      const body = {
        type: "about:blank",
        status: 422,
        title: "Unprocessable Content",
        code: "too-many-cases",
        request: "r-1",
      };
      return route.fulfill({ status: 422, contentType: "application/problem+json", body: JSON.stringify(body) });
    });
    try {
      await go("/statistics?lang=zh&period=2026-Q3&by=township");
      await row("说法不一").waitFor(LIMIT);
      await page.getByRole("table", { name: "按乡镇" }).waitFor(LIMIT);
      expect(await values()).toEqual(atOnce);
      expect(refused).toBeGreaterThan(1);
      await accept("counted-by-a-worker-zh");
      const asked = refused;
      await page.reload();
      await row("说法不一").waitFor(LIMIT);
      expect(refused).toBeGreaterThan(asked);
    } finally {
      await page.unroute(/\/api\/v1\/figures\?/);
    }
    const zhao = await stage.colleague("office", "赵敏");
    const { items } = (await zhao.ask("GET", "/errands?kind=figures")).body as { items: unknown[] };
    expect(items).toEqual([]);
  }, 120_000);

  it("speaks English, fits a phone, and hides few cases of one grid from a reviewer", async () => {
    await go("/statistics?lang=en&period=2026-10&by=township");
    await page.getByRole("heading", { name: "October 2026" }).waitFor();
    await accept("month-en");
    await page.setViewportSize({ width: 360, height: 740 });
    await accept("month-narrow");
    await page.setViewportSize({ width: 1366, height: 768 });
    await enter("reviewer", "何静");
    await go("/statistics?lang=zh&period=2026-10&grid=G1");
    await page.getByText("少于5件，不显示").first().waitFor();
    expect(await row("封存件").count()).toBe(0);
    await accept("hidden-zh");
    expect(faults).toEqual([]);
  });
});
