import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "../chromium.ts";
import { rightLists, type Uploaded, wrongLists } from "../http/county/import-files.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("people and imports in a browser");

describe.runIf(executablePath !== undefined)("deputies and imports in Chromium", () => {
  let stage: ConsoleStage;
  let worker: { close(): Promise<void> };
  let at: AtPage;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    stage = await startConsole();
    worker = workAt(stage);
    const office = await stage.colleague("office", "林晓");
    at = await atPage(stage, executablePath, "people");
    ({ page, faults } = at);
    await at.as(office);
  });
  afterAll(async () => {
    await at.close();
    await worker.close();
    await stage.close();
  });

  const go = (path: string) => at.go(path);
  const button = (name: string | RegExp): Locator => at.button(name);
  const accept = (name: string) => at.accept(name);
  const check = async ({ name, bytes }: Uploaded): Promise<void> => {
    await page.getByLabel("要导入的文件").setInputFiles({ name, mimeType: "", buffer: Buffer.from(bytes) });
    await page.getByText(`已选：${name}`).waitFor();
    await button("检查").click();
  };

  it("imports no list with mistakes, tells each by its cell, and imports the mended ones", async () => {
    await go("/imports?lang=zh");
    await page.getByRole("heading", { name: "导入名单" }).waitFor();
    await accept("imports-empty");
    await check(await wrongLists());
    await page.getByText("11 处不对，还不能导入").waitFor();
    const errors = page.getByRole("table", { name: "错误" });
    await errors.getByRole("row").filter({ hasText: "D3" }).filter({ hasText: "没有联络站" }).waitFor();
    expect(await button("导入").isDisabled()).toBe(true);
    await accept("imports-errors");
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: /下载带批注的表/ }).click();
    expect((await downloading).suggestedFilename()).toBe("remarks.xlsx");

    await check(await rightLists());
    await page.getByText("没有错误，可以导入").waitFor();
    await page.getByRole("table", { name: "变化" }).getByRole("row").filter({ hasText: "马小川" }).first().waitFor();
    await accept("imports-changes");
    await button(/^后果/).click();
    await page.getByRole("row").filter({ hasText: "H3" }).filter({ hasText: "因这次导入" }).waitFor();
    await accept("imports-consequences");
    await button("导入").click();
    await page.getByText("✓ 已导入。").waitFor();
    expect(faults).toEqual([]);
  });

  it("shows deputies, enters an absence after a look at what it does, and makes a code", async () => {
    await page.getByRole("link", { name: "代表", exact: true }).click();
    await page.getByRole("row").filter({ hasText: "马小川" }).waitFor();
    await accept("list");
    const holding = page.getByRole("row").filter({ hasText: /\s1$/ }).first();
    await page.getByLabel("找代表").fill("赵德明");
    await button("查找").click();
    await page.getByText("共 1 人").waitFor();
    expect(await holding.count()).toBeLessThanOrEqual(1);
    await page.getByRole("link", { name: "赵德明" }).click();
    await page.getByRole("heading", { level: 1, name: /赵德明/ }).waitFor();
    await page.getByRole("table", { name: /在办案件/ }).waitFor();
    await accept("deputy");
    await button("登记请假…").click();
    await button("先看会怎样").click();
    await page.getByText(/件会交给别人/).waitFor();
    await accept("absence");
    await button("登记").click();
    await page.getByText("请假已登记").waitFor();
    await page.getByText("◐ 正在请假").waitFor();
    await button("提前结束").click();
    await button("结束").click();
    await page.getByText("✓ 已结束").waitFor();
    await button("给绑定码…").click();
    await button("做一个码").click();
    await page.locator(".sheet .secret").waitFor();
    await accept("code");
    await page.keyboard.press("Escape");
    expect(await page.locator(".secret").count()).toBe(0);
  });

  it("speaks English too, and stays readable on a narrow screen", async () => {
    for (const path of ["/people", "/people/D003", "/imports"]) {
      await go(`${path}?lang=en`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await expect.poll(() => page.locator(".skeleton").count()).toBe(0);
      await accept(`en${path.replaceAll("/", "-")}`);
    }
    await page.setViewportSize({ width: 360, height: 640 });
    await go("/people?lang=zh");
    await page.locator("tbody tr").first().waitFor();
    await accept("list-narrow");
    expect(faults).toEqual([]);
  });
});
