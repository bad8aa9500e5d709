import { eq } from "drizzle-orm";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readings } from "../../db/schema/console.ts";
import { stations } from "../../db/schema/places.ts";
import { users } from "../../db/schema/users.ts";
import { arrived } from "../arrived.ts";
import { findChromium } from "../chromium.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("intake, calls and kept lists in a browser");
const LIMIT = { timeout: 60_000, interval: 200 };

describe.runIf(executablePath !== undefined)("people without a chat, in Chromium", () => {
  let stage: ConsoleStage;
  let at: AtPage;
  let page: Page;
  let faults: string[];
  let working: { close(): Promise<void> };
  let number = "";

  beforeAll(async () => {
    stage = await startConsole();
    working = workAt(stage);
    at = await atPage(stage, executablePath, "intake", "phone");
    ({ page, faults } = at);
  });
  afterAll(async () => {
    await at.close();
    await working.close();
    await stage.close();
  });

  const go = (path: string) => at.go(path);
  const button = (name: string | RegExp): Locator => at.button(name);
  const pick = async (label: string, code: string): Promise<void> => {
    await page.getByRole("combobox", { name: label }).fill(code);
    await page.getByRole("option", { name: code }).first().click();
  };
  const county = () => stage.service.jurisdiction("qinghe");
  const enter = async (role: "office" | "station" | "auditor", name: string): Promise<void> => {
    const somebody = await stage.colleague(role, name);
    if (role === "station")
      await stage.service.runtime.database.inCounty(county(), async (tx) => {
        const [own] = await tx.select({ id: stations.id }).from(stations).where(eq(stations.code, "ST01"));
        await tx
          .update(users)
          .set({ stations: [own!.id] })
          .where(eq(users.name, name));
      });
    await at.as(somebody);
  };
  const accept = (name: string) => at.accept(name);

  it("are taken down at a station's telephone: a draft without a network, the notice, who gets it, the slip", async () => {
    await enter("station", "站务小周");
    await go("/intake?lang=en");
    await page.getByRole("heading", { name: "Walk-ins and calls" }).waitFor();
    await accept("form-en");
    await go("/intake?lang=zh");
    await page.getByLabel("说了什么").fill("嗯那个，路灯嘛，坏了好几盏，黑咕隆咚的");
    await page.getByLabel("地名").fill("柳东村三组那边");
    await page.getByLabel("姓名").fill("周桂芬");
    await page.getByLabel("电话", { exact: true }).fill("13912345678");
    await page.getByLabel("可以打电话告诉结果").check();
    await page.getByText("草稿已存在这台设备上").waitFor();
    await accept("form-zh");
    const kept = await page.evaluate(() => JSON.stringify(localStorage));
    expect(kept).not.toMatch(/13912345678|周桂芬|路灯/);
    await page.context().setOffline(true);
    await button("先看会怎样").click();
    await page.getByText("没有网络。已存在本机").waitFor();
    await page.context().setOffline(false);
    faults.length = 0;
    await page.reload();
    await expect.poll(() => page.getByLabel("姓名").inputValue()).toBe("周桂芬");
    await button("先看会怎样").click();
    await page.getByText("请念给对方听").waitFor();
    await page.getByText("柳河镇代表联络站").first().waitFor();
    expect(await button("登记").isDisabled()).toBe(true);
    await accept("seen-zh");
    await page.getByLabel("已经念过，对方同意").check();
    await button("登记").click();
    const done = page.getByText(/✓ 已登记 · \d{4}-\d{6}/);
    await done.waitFor();
    number = /\d{4}-\d{6}/.exec((await done.textContent()) ?? "")?.[0] ?? "";
    await accept("done-zh");
    await button("回执单").click();
    await page.locator(".slip").getByText(number).waitFor();
    await accept("slip-zh");
    expect(await page.locator("body").textContent()).not.toMatch(/13912345678|周桂芬/);
  });

  it("join a similar case near it where it is the same", async () => {
    await go("/intake?lang=zh");
    await page.getByLabel("说了什么").fill("路灯坏了好几盏，黑得很");
    await page.getByLabel("在哪里").selectOption("grid");
    await pick("网格", "柳东-3");
    await button("先看会怎样").click();
    await page.getByText("附近有相近的件").waitFor();
    await accept("similar-zh");
    await page.getByLabel(`${number} · 是同一件`).check();
    await page.getByLabel("已经念过，对方同意").check();
    await button("登记到这一件里").click();
    await page.getByText(`✓ 已放到这一件里 · ${number}`).waitFor();
  });

  it("are rung up when their deputy answers: the number by reason, what was said in the thread", async () => {
    const { service } = stage;
    const view = await service.case(number);
    const deputy = await service.deputy(view.deputy ?? "");
    await deputy.say(`回复 ${Number(number.slice(5))} 明天上午有人来修路灯`);
    await service.settled();
    await vi.waitFor(() => expect(arrived(deputy).length).toBeGreaterThan(1), LIMIT);
    await go("/?lang=zh");
    await page.getByRole("link", { name: /去打电话/ }).click();
    await page.getByRole("button", { name: `打电话… ${number}` }).waitFor();
    await accept("calls-zh");
    await page.getByRole("button", { name: `打电话… ${number}` }).click();
    await page.getByText("明天上午有人来修路灯").waitFor();
    await button("显示号码").click();
    await page.getByRole("link", { name: "13912345678" }).waitFor();
    await accept("call-zh");
    await page.getByLabel(/说了什么/).fill("已告知明天上午来修，老人说好");
    await button("记下结果").click();
    await page.getByText("✓ 已记下").waitFor();
    await page.getByText("没有等着打的电话").waitFor();
    await go(`/cases/${number}?lang=zh`);
    await page.getByText("已告知明天上午来修，老人说好").waitFor();
    await page.getByText("✓ 当面或电话告知").first().waitFor();
    await accept("case-zh");
    const read = await service.runtime.database.inCounty(county(), (tx) =>
      tx.select().from(readings).where(eq(readings.what, "phone")),
    );
    expect(read).toMatchObject([{ callerName: "站务小周", reason: "answer-the-resident" }]);
    await go("/phone?lang=en");
    await page.getByText("No call waits to be made").waitFor();
    await accept("calls-en");
  });

  it("keep a list under a name and find it again; the words that were searched for are not in it", async () => {
    await page.setViewportSize({ width: 1366, height: 768 });
    await enter("office", "林晓");
    await go("/cases?lang=zh&open=true");
    await page.getByRole("row").nth(1).waitFor();
    await button("＋ 存为视图…").click();
    await page.getByLabel("名称").fill("没办结的");
    await button("存下").click();
    await go("/cases?lang=zh");
    await page.getByRole("link", { name: "没办结的" }).click();
    await expect.poll(() => new URL(page.url()).search).toContain("open=true");
    // What is shown of the list before is greyed until the new one is there.
    await expect.poll(() => page.locator(".greyed").count()).toBe(0);
    await accept("list-zh");
    await go("/cases?lang=en");
    await page.getByRole("link", { name: "没办结的" }).waitFor();
    await accept("list-en");
  });

  it("change three cases at once, of which somebody changed one meanwhile; and write a list into a file", async () => {
    await go("/cases?lang=zh&open=true");
    const boxes = page.getByRole("checkbox", { name: /^选中 / });
    await boxes.nth(2).waitFor();
    for (const at of [0, 1, 2]) await boxes.nth(at).check();
    const name = (await boxes.nth(0).getAttribute("aria-label")) ?? "";
    const changed = name.replace("选中 ", "");
    const other = await stage.colleague("office", "赵敏");
    await other.write("POST", `/cases/${changed}/notes`, { text: "先看一下" });
    await button("改分类…").click();
    await pick("分类", "roads");
    await button("开始").click();
    await page.locator(".many-results li").nth(2).waitFor();
    const results = await page.locator(".many-results").textContent();
    expect(results?.match(/✓ 已办/g)?.length).toBe(2);
    expect(results).toContain("有人先动过，没有改");
    await accept("many-zh");
    await button("关闭").last().click();
    await button("导出 Excel…").click();
    await button("开始").click();
    await page.getByRole("link", { name: "下载" }).waitFor();
    await accept("export-zh");
    expect(faults).toEqual([]);
  });
});
