import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "../chromium.ts";
import { rightLists, type Uploaded, workbook } from "../http/county/import-files.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("undoing imports and lists of successions in a browser");
const HEAD = ["原代表编号", "原代表姓名", "新代表编号", "新代表姓名", "从哪一天起", "只接这些网格或站"];

describe.runIf(executablePath !== undefined)("lists that are undone and planned, in Chromium", () => {
  let stage: ConsoleStage;
  let worker: { close(): Promise<void> };
  let at: AtPage;
  let page: Page;
  let faults: string[];
  let deputies: { code: string; name: string }[];

  beforeAll(async () => {
    stage = await startConsole();
    worker = workAt(stage);
    const office = await stage.colleague("office", "林晓");
    at = await atPage(stage, executablePath, "undo");
    ({ page, faults } = at);
    await at.as(office);
    const { body } = await office.ask("GET", "/deputies?limit=200");
    deputies = (body as { items: { code: string; name: string }[] }).items;
  });
  afterAll(async () => {
    await at.close();
    await worker.close();
    await stage.close();
  });

  const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const go = (path: string) => at.go(path);
  const button = (name: string | RegExp): Locator => at.button(name);
  const accept = (name: string) => at.accept(name);
  const choose = (label: string, { name, bytes }: Uploaded) =>
    page.getByLabel(label).setInputFiles({ name, mimeType: "", buffer: Buffer.from(bytes) });

  it("undoes an import after a look at what comes back and at what somebody changed since", async () => {
    await go("/imports?lang=zh");
    await choose("要导入的文件", await rightLists());
    await button("检查").click();
    await page.getByText("没有错误，可以导入").waitFor();
    await button("导入").click();
    await page.getByText("✓ 已导入。").waitFor();
    const history = page.getByRole("table", { name: "最近七天导入过的" });
    await history.getByRole("row").filter({ hasText: "名单.xlsx" }).filter({ hasText: "林晓" }).waitFor();
    await accept("history");

    await go("/places?lang=zh&view=grids");
    await page.getByLabel("查找").fill("H2");
    await button("查找").click();
    await page.getByText("显示 1 / 共 1 个").waitFor();
    await button(/^修改：/).click();
    await page.getByLabel("名称").fill("河湾新二组");
    await button("保存").click();
    await page.getByText("河湾新二组").waitFor();

    await go("/imports?lang=zh");
    await history.getByRole("button", { name: /^撤销…/ }).click();
    await page.getByText(/有 2 处改不回/).waitFor();
    const changes = page.getByRole("table", { name: "变化" });
    await changes.getByRole("row").filter({ hasText: "M1" }).filter({ hasText: "去掉" }).waitFor();
    await accept("look");
    await button(/^改不回的/).click();
    const left = page.getByRole("table", { name: "改不回的" });
    await left.getByRole("row").filter({ hasText: "H2" }).filter({ hasText: "河湾新二组" }).waitFor();
    await left.getByRole("row").filter({ hasText: "S2" }).filter({ hasText: "已经用上了" }).waitFor();
    await accept("left");
    await button("撤销这次导入").click();
    await page.getByText("✓ 已撤销。").waitFor();
    await history
      .getByRole("row")
      .filter({ hasText: /撤销了 .* 的导入/ })
      .waitFor();
    await history.getByRole("row").filter({ hasText: "已撤销" }).waitFor();
    await accept("undone");
    expect(faults).toEqual([]);
  });

  it("plans successions from an Excel list: wrong cells first, then what each day does", async () => {
    const [a, b, c, d] = deputies;
    const [soon = "", later = ""] = [20, 40].map((days) => dayAfter(days));
    await go("/successions?lang=zh");
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: /下载接任模板/ }).click();
    expect((await downloading).suggestedFilename()).toBe("successions.xlsx");
    await choose(
      "填好的表",
      await workbook("换届.xlsx", {
        接任: [HEAD, [a!.code, "", "查无此人", "", soon, ""], [a!.code, "", b!.code, "", 48000, ""]],
      }),
    );
    await button("检查这张表").click();
    const errors = page.getByRole("table", { name: "错误" });
    await errors.getByRole("row").filter({ hasText: "C2" }).filter({ hasText: "没有代表 查无此人" }).waitFor();
    await errors.getByRole("row").filter({ hasText: "E3" }).filter({ hasText: "不是日期" }).waitFor();
    await page.getByRole("link", { name: /下载带批注的表/ }).waitFor();
    await accept("succession-errors");
    await choose(
      "填好的表",
      await workbook("换届.xlsx", {
        接任: [HEAD, [a!.code, a!.name, b!.code, b!.name, soon, ""], [c!.code, "", d!.code, "", later, ""]],
      }),
    );
    await button("检查这张表").click();
    await page.getByText(/没有错误，2 行有人接任/).waitFor();
    await page.getByRole("heading", { name: `${a!.name} ${a!.code} → ${b!.name} ${b!.code}` }).waitFor();
    await accept("succession-look");
    await button("全部定下来").click();
    await page.getByText("✓ 已定下来").waitFor();
    const listed = page.getByRole("table", { name: "定下的和做过的" });
    await expect.poll(() => listed.locator("tbody tr").count()).toBe(2);
    await accept("succession-planned");
  });

  it("ends a grid on a day, and shows its last day in the table", async () => {
    await go("/places?lang=zh&view=grids");
    await page.getByRole("table", { name: "网格" }).locator("tbody tr").first().waitFor();
    await button(/^修改：/)
      .first()
      .click();
    await page.getByLabel("最后一天").fill(dayAfter(40));
    await accept("grid-end");
    await button("保存").click();
    await page.getByText("✓ 已保存").waitFor();
    await expect
      .poll(() => page.getByRole("table", { name: "网格" }).locator("tbody tr").first().textContent())
      .toMatch(/\d+月\d+日|\d{4}/);
    await accept("grids");
  });

  it("speaks English too", async () => {
    for (const path of ["/imports", "/successions", "/places?view=grids"]) {
      await go(`${path}${path.includes("?") ? "&" : "?"}lang=en`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await accept(`en${path.replaceAll(/\W/g, "-")}`);
    }
    await go("/imports?lang=en");
    await page
      .getByRole("button", { name: /^Undo…/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Undo this import" }).waitFor();
    await accept("en-look");
    expect(faults).toEqual([]);
  });
});
