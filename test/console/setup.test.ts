import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { rightLists, type Uploaded, workbook } from "../http/county/import-files.ts";
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
    await step("公众号").getByText("还没有公众号").waitFor();
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
    await step("公众号")
      .getByText(/还没有试过/)
      .waitFor();
    await step("公众号").getByRole("link", { name: "公众号" }).click();
    await button("试一试 hewan").click();
    await page.getByText("✓ 都通了。").waitFor();
    await go("/setup?lang=zh");
    await step("公众号").getByText("✓ 已完成").waitFor();
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
    await step("演练").getByRole("button", { name: "演练一次" }).click();
    await step("演练").getByText("8 条里 8 条和预想一样。").waitFor();
    const accused = page.getByRole("row").filter({ hasText: "举报一位" });
    await accused.getByText("封存，只有县办公室知道").first().waitFor();
    await accused.getByText("没有人", { exact: true }).waitFor();
    await accept("rehearsed-zh");
    for (const name of ["海报", "规则"]) {
      await step(name)
        .getByRole("button", { name: `跳过 ${name}` })
        .click();
      await step(name).getByText("– 已跳过").waitFor();
    }
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
