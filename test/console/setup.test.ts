import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { rightLists, type Uploaded, workbook } from "../http/county/import-files.ts";
import { readPdf } from "../pdf.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startEmptyConsole, workAt } from "./stage.ts";

const executablePath = findChromium("the first setting up in a browser");

/** The lists with somebody for every grid. */
const coveredLists = () =>
  workbook("名单.xlsx", {
    联络站: [
      ["编号", "名称", "乡镇", "地址"],
      ["S1", "河湾站", "河湾镇", "桥头街 1 号"],
      ["S2", "山口站", "山口镇", ""],
    ],
    网格: [
      ["网格编号", "名称", "乡镇", "联络站"],
      ["H1", "河湾一组", "河湾镇", "S1"],
      ["H2", "河湾二组", "河湾镇", "S2"],
      ["H3", "山口村", "山口镇", "S2"],
    ],
    代表: [
      ["代表编号", "姓名", "级别", "电话", "联络站", "网格", "任期至"],
      ["M1", "马小川", "乡", "05161234567", "S1", "H1", "2031-12-31"],
      ["M2", "杨石头", "乡", "05161234568", "S2", "H2;H3", "2031-12-31"],
    ],
  });

describe.runIf(executablePath !== undefined)("an empty county, in Chromium", () => {
  let stage: ConsoleStage;
  let worker: { close(): Promise<void> };
  let at: AtPage;
  let page: Page;
  let faults: string[];
  let office: Browser;
  let operator: Browser;

  beforeAll(async () => {
    stage = await startEmptyConsole();
    const { origin } = new URL(stage.service.wechat.account("qinghe").webhookUrl);
    worker = workAt(stage, origin);
    operator = await stage.colleague("operator", "周强");
    office = await stage.colleague("office", "林晓");
    at = await atPage(stage, executablePath, "setup");
    ({ page, faults } = at);
  });
  afterAll(async () => {
    await at.close();
    await worker.close();
    await stage.close();
  });

  const go = (path: string) => at.go(path);
  const button = (name: string | RegExp): Locator => at.button(name);
  const step = (name: string): Locator => page.getByRole("listitem", { name, exact: true });
  const as = (somebody: Browser) => at.as(somebody);
  const accept = (name: string) => at.accept(name);
  const bring = async ({ name, bytes }: Uploaded): Promise<void> => {
    await go("/imports?lang=zh");
    await page.getByLabel("要导入的文件").setInputFiles({ name, mimeType: "", buffer: Buffer.from(bytes) });
    await button("检查").click();
    await page.getByText("没有错误，可以导入").waitFor();
    await button("导入").click();
    await page.getByText("✓ 已导入。").waitFor();
  };

  it("begins with what is still missing, in Today's place", async () => {
    await as(operator);
    await go("/?lang=zh");
    await page.getByRole("heading", { name: "首次设置" }).waitFor();
    await step("人员").getByText("还没有复核员").waitFor();
    await step("覆盖").getByText("◐ 要等前面的").waitFor();
    await step("平台账号").getByText("还没有平台账号").waitFor();
    await accept("empty-zh");
    await stage.colleague("reviewer", "赵敏");
    await page.reload();
    await step("人员").getByText("✓ 已完成").waitFor();
  });

  it("is named, gets its calendar and its lists, and says which grids have nobody", async () => {
    await as(office);
    await go("/setup?lang=zh");
    await step("本县").getByText("还没有起县名").waitFor();
    await step("本县").getByRole("link", { name: "设置" }).click();
    await page.getByLabel(/^县名/).fill("河湾县");
    await button("保存").click();
    await page.getByText("已保存。").waitFor();
    const { body, headers } = await office.ask("GET", "/settings");
    const { missing } = (body as { calendar: { missing: string | null } }).calendar;
    if (missing !== null) {
      const year = (await office.ask("GET", `/settings/calendar/${missing}`)).body as { missing: string[] };
      const days = Object.fromEntries(year.missing.map((day) => [day, "rest"]));
      const match = (headers.get("etag") ?? "").replaceAll('"', "");
      const wanted = { calendar: { year: Number(missing), days } };
      expect((await office.write("PATCH", "/settings", wanted, { match })).status).toBe(200);
    }
    await bring(await rightLists());
    await go("/setup?lang=zh");
    await step("本县").getByText("✓ 已完成").waitFor();
    await step("名单").getByText("✓ 已完成").waitFor();
    await step("覆盖").getByText("个网格有的来信没有人管").waitFor();
    await accept("lists-zh");
    await bring(await coveredLists());
    await go("/setup?lang=zh");
    await step("覆盖").getByText("✓ 已完成").waitFor();
  });

  it("is connected to its account, which is tried", async () => {
    await as(operator);
    const { appId, appSecret, token } = stage.service.wechat.account("qinghe");
    const put = await operator.write(
      "PUT",
      "/accounts/wechat-official/hewan",
      { settings: { "app-id": appId, replies: "direct" }, secrets: { "app-secret": appSecret, token } },
      { match: "new" },
    );
    expect(put.status).toBe(200);
    await go("/setup?lang=zh");
    await step("平台账号")
      .getByText(/还没有试过/)
      .waitFor();
    await step("平台账号").getByRole("link", { name: "平台账号" }).click();
    await button("试一试 hewan").click();
    await page.getByText("✓ 都通了。").waitFor();
    await go("/setup?lang=zh");
    await step("平台账号").getByText("✓ 已完成").waitFor();
  });

  it("gets a starter draft of rules, rehearses, skips what can wait, and is ready", async () => {
    await as(office);
    await go("/setup?lang=zh");
    await step("代表绑定").getByText("2 位代表还没有绑定").waitFor();
    await step("规则").getByRole("button", { name: "做一份起步草稿" }).click();
    await step("规则").getByText("已做成第 1 版草稿").waitFor();
    const draft = (await office.ask("GET", "/rulesets/1")).body as {
      state: string;
      content: { rules: { id: string }[] };
    };
    expect([draft.state, draft.content.rules.map(({ id }) => id)]).toEqual([
      "draft",
      ["lifts", "heating", "unpaid-wages"],
    ]);
    for (const name of ["海报", "规则"]) {
      await step(name)
        .getByRole("button", { name: `跳过 ${name}` })
        .click();
      await step(name).getByText("– 已跳过").waitFor();
    }
    await step("演练与开通").getByText("还没有演练过").waitFor();
  });

  it("is in trial from the beginning, rehearses through the real service, and shows that nobody else heard of the accusation", async () => {
    await page.getByText("本县在试运行：演练以外").waitFor();
    await page.getByText("试运行：只有名单上的人收得到消息").waitFor();
    await step("演练与开通").getByText("装好时就是").waitFor();
    const people = step("演练与开通").getByRole("region", { name: "名单" });
    await people.getByRole("checkbox", { name: /林晓/ }).check();
    await people.getByRole("button", { name: "保存名单" }).click();
    await people.getByText("名单已保存。").waitFor();
    await people.getByText(/发：试用 \d{8}/).waitFor();
    await step("演练与开通").getByRole("button", { name: "演练一次" }).click();
    await page.getByText("◐ 正在走").waitFor();
    const isThrough = page.getByText("8 条里 8 条和预想一样。");
    for (let tries = 0; tries < 40 && !(await isThrough.isVisible()); tries += 1) {
      stage.service.advance(5_000);
      await isThrough.waitFor({ timeout: 2_000 }).catch(() => undefined);
    }
    await isThrough.waitFor();
    const accused = page.getByRole("row").filter({ hasText: "举报一位" });
    await accused.getByText("封存，只有县办公室知道").first().waitFor();
    await accused.getByText("✓ 联络站和代表都看不到").waitFor();
    await accused.getByText("没有人", { exact: true }).waitFor();
    await accept("rehearsed-zh");
    await go("/setup?lang=en");
    await page.getByText("8 of 8 came out as expected").waitFor();
    await accept("rehearsed-en");
    await go("/cases?lang=zh&rehearsal=true");
    await page.getByText("◇ 演练").first().waitFor();
    await accept("rehearsal-cases-zh");
    expect(((await office.ask("POST", "/cases/search", {})).body as { items: unknown[] }).items).toEqual([]);
  });

  it("goes live with what was held back decided, and prints the record", async () => {
    await go("/settings?part=trial&lang=zh");
    await button("正式开通…").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("没有压下的消息要决定。").waitFor();
    await accept("go-live-zh");
    await dialog.getByRole("button", { name: "正式开通" }).click();
    await page.getByText("已正式开通。").waitFor();
    await page.getByText("试运行：只有名单上的人收得到消息").waitFor({ state: "detached" });
    await accept("live-zh");
    const { items } = (await office.ask("POST", "/cases/search", { filter: { rehearsal: true } })).body as {
      items: { state: string }[];
    };
    expect(new Set(items.map(({ state }) => state))).toEqual(new Set(["closed"]));
    await button("开始试运行…").click();
    await dialog.getByText("只有名单上的 1 人").waitFor();
    await accept("begin-trial-zh");
    await dialog.getByRole("button", { name: "取消" }).click();
    const record = await page.evaluate(async () => {
      const answer = await fetch("/api/v1/trial/record.pdf");
      return [...new Uint8Array(await answer.arrayBuffer())];
    });
    const { pages, seen } = await readPdf(new Uint8Array(record));
    const text = (seen[0]?.text ?? "").replaceAll(/\s/g, "");
    expect(pages).toBe(1);
    expect(text).toContain("由林晓结束试运行，正式开通");
    expect(text).toMatch(/8条里8条和预想一样/);
    expect(text).toMatch(/[0-9a-f]{64}/);
    await go("/setup?lang=zh");
    await page.getByText("✓ 九步都已做完或跳过。").waitFor();
    await go("/setup?lang=en");
    await page.getByText("✓ All nine steps are done or skipped.").waitFor();
    await accept("over-en");
    await page.setViewportSize({ width: 360, height: 640 });
    await accept("over-narrow-en");
    await page.setViewportSize({ width: 1366, height: 768 });
    await go("/?lang=zh");
    await page.getByRole("heading", { name: /今日/ }).waitFor();
    const cases = (await office.ask("POST", "/cases/search", {})).body as { items: unknown[] };
    expect(cases.items).toEqual([]);
    expect(faults).toEqual([]);
  });
});
