import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/domain/access/roles.ts";
import { findChromium } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("the settings in a browser");

describe.runIf(executablePath !== undefined)("the settings, in Chromium", () => {
  let stage: ConsoleStage;
  let worker: { close(): Promise<void> };
  let at: AtPage;
  let page: Page;
  let faults: string[];
  const people = new Map<string, Browser>();

  beforeAll(async () => {
    stage = await startConsole();
    const { origin } = new URL(stage.service.wechat.account("qinghe").webhookUrl);
    worker = workAt(stage, origin);
    at = await atPage(stage, executablePath, "settings");
    ({ page, faults } = at);
  });
  afterAll(async () => {
    await at.close();
    await worker.close();
    await stage.close();
  });

  const go = (path: string) => at.go(path);
  const button = (name: string | RegExp): Locator => at.button(name);
  const enter = async (role: Role, name: string): Promise<void> => {
    const somebody = people.get(name) ?? (await stage.colleague(role, name));
    people.set(name, somebody);
    await at.as(somebody);
  };
  const accept = (name: string) => at.accept(name);

  it("change a number, and tell the slower of two who was faster", async () => {
    await enter("office", "林晓");
    await go("/settings?lang=zh");
    const days = page.getByLabel(/几个工作日内答复/);
    await days.fill("3");
    await button("保存").click();
    await page.getByText("已保存。").waitFor();
    await page.getByRole("row").filter({ hasText: "林晓" }).filter({ hasText: "几个工作日" }).waitFor();
    const other = await stage.colleague("office", "赵敏");
    const { headers } = await other.ask("GET", "/settings");
    const match = (headers.get("etag") ?? "").replaceAll('"', "");
    await days.fill("4");
    expect((await other.write("PATCH", "/settings", { overloadShare: 0.3 }, { match })).status).toBe(200);
    await button("保存").click();
    await page.getByText(/赵敏 在 .* 改了/).waitFor();
    expect(await days.inputValue()).toBe("4");
    await accept("faster-zh");
    await button("看现在的").click();
    await expect.poll(() => page.getByLabel(/一位代表最多/).inputValue()).toBe("30");
    expect(await days.inputValue()).toBe("4");
    await button("保存").click();
    await page.getByText("已保存。").waitFor();
    await days.fill("400");
    await button("保存").click();
    await page.getByText(/这里不对：几个工作日/).waitFor();
    const networks = page.getByLabel(/网段或地址/);
    await networks.fill("10.20.0.0/16\n10.30.1.300");
    await button("保存内网网段").click();
    await page.getByText(/这里不对：对接系统所在的内网/).waitFor();
    await networks.fill("10.20.0.0/16\n10.30.1.3");
    await button("保存内网网段").click();
    await page.getByRole("row").filter({ hasText: "对接系统所在的内网" }).first().waitFor();
    const { body: set }: { body: Record<string, unknown> } = await people.get("林晓")!.ask("GET", "/settings");
    expect(set.partnerNetworks).toEqual(["10.20.0.0/16", "10.30.1.3"]);
    await go("/settings?lang=en");
    await page.getByLabel(/Working days within/).waitFor();
    await accept("county-en");
  });

  it("say that a year's calendar is missing, and take it by pasting and by clicking", async () => {
    const next = new Date(stage.service.runtime.now()).getFullYear() + 1;
    await go(`/settings?lang=zh&part=calendar&year=${next}`);
    await page.getByText(/这一年还不完整/).waitFor();
    await accept("calendar-missing-zh");
    await button("粘贴国务院办公厅的通知…").click();
    await page.getByLabel(/通知里的放假安排/).fill("元旦：1月1日放假1天。");
    await button("识别").click();
    await page.getByText(/还不能作为这一年的安排/).waitFor();
    const { body } = await people.get("林晓")!.ask("GET", `/settings/calendar/${next}`);
    const { missing } = body as { missing: string[] };
    await page.getByLabel(/通知里的放假安排/).fill(missing.map((day) => `${day} 放假`).join("\n"));
    await button("识别").click();
    await page.getByText(`读出：放假 ${missing.length} 天，补班 0 天。`).waitFor();
    await accept("paste-zh");
    await button("用这份安排代替这一年的").click();
    await page.getByText("✓ 这一年的节假日已经齐全。").waitFor();
    const day = page.locator("button.day-work").first();
    const label = (await day.locator(".unseen").textContent()) ?? "";
    await day.click();
    await page.getByText("改了 1 天，还没有保存").waitFor();
    await button("保存").click();
    await page.getByText("已保存。").waitFor();
    await page.getByRole("button", { name: label.replace("上班", "放假") }).waitFor();
    await accept("calendar-zh");
    await go(`/settings?lang=en&part=calendar&year=${next}`);
    await page.getByText(/are complete/).waitFor();
    // As high as the year is long: what the bar at the bottom covers for the moment would count as too small.
    await page.setViewportSize({ width: 360, height: 6000 });
    await accept("calendar-narrow-en");
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it("write a template, which the office then uses in an answer", async () => {
    await go("/settings?lang=zh&part=answers");
    await button("＋ 加一条常用语").click();
    await page.getByLabel("名称").fill("转办说明");
    await page.getByLabel("中文").fill("您反映的{number}已收到，现在由{holder}办，{phone}");
    await page.getByText("没有这样的变量：{phone}").waitFor();
    expect(await button("保存").isDisabled()).toBe(true);
    await page.getByLabel("中文").fill("您反映的{number}已收到，现在由{holder}办，{due}前答复。");
    await page.getByText("您反映的2026-000123已收到", { exact: false }).waitFor();
    await accept("template-zh");
    await button("保存").click();
    await page.getByRole("row").filter({ hasText: "转办说明" }).getByText("第 1 版").waitFor();
    await accept("answers-zh");
    const [first] = (await people.get("林晓")!.ask("POST", "/cases/search", {})).body["items" as never] as {
      number: string;
    }[];
    await go(`/cases/${first!.number}?lang=zh`);
    await page.getByLabel("常用语").selectOption({ label: "转办说明" });
    const answer = page.getByRole("textbox", { name: "答复居民" });
    await expect.poll(() => answer.inputValue()).toContain(`您反映的${first!.number}已收到`);
    expect(await answer.inputValue()).not.toContain("{");
    await accept("case-template-zh");
  });

  it("change the catalogue, and show an auditor everything and no button", async () => {
    await go("/settings?lang=zh&part=categories");
    await page.getByText(/本服务自带的分类/).waitFor();
    await button("＋ 加一个分类").click();
    await page.getByLabel(/^编号/).fill("lifts");
    await page.getByLabel(/^名称/).fill("电梯");
    await button("保存").click();
    await page.getByText(/这个分类不对/).waitFor();
    await page.getByLabel(/^词，/).fill("电梯\n困梯");
    await button("保存").click();
    await page.getByRole("row").filter({ hasText: "lifts" }).filter({ hasText: "困梯" }).waitFor();
    await accept("categories-zh");
    await enter("auditor", "孙丽");
    await go("/settings?lang=zh&part=categories");
    await page.getByRole("row").filter({ hasText: "lifts" }).waitFor();
    expect(await page.getByRole("button", { name: /改…|删去…|从更正/ }).count()).toBe(0);
  });

  it("show a token once, and end it", async () => {
    await enter("operator", "周强");
    await go("/settings?part=tokens&lang=zh");
    await button("＋ 新建密钥").click();
    await page.getByLabel(/^名称/).fill("export-job");
    await button("新建密钥").click();
    const token = (await page.locator(".secret").textContent()) ?? "";
    expect(token).toMatch(/^liaison_/);
    await accept("token-zh");
    await button("关闭").last().click();
    const row = page.getByRole("row").filter({ hasText: "export-job" });
    await row.getByText(/在用，到/).waitFor();
    expect(await page.content()).not.toContain(token);
    await accept("tokens-zh");
    await row.getByRole("button").click();
    await button("作废").click();
    await row.getByText(/已作废/).waitFor();
    await go("/settings?lang=en&part=about");
    await page.getByText(/licence MIT/).waitFor();
    await accept("about-en");
    await go("/settings?lang=en&part=tokens");
    await accept("tokens-en");
  });

  it("try an account at its platform, and say what to mend", async () => {
    await go("/accounts?lang=zh");
    await button("试一试 qinghe").click();
    await page.getByText("✓ 都通了。").waitFor();
    await accept("account-fine-zh");
    await page.keyboard.press("Escape");
    const at = people.get("周强")!;
    const items = (await at.ask("GET", "/accounts")).body["items" as never] as {
      name: string;
      etag: string;
      settings: object;
    }[];
    const account = items.find(({ name }) => name === "qinghe")!;
    const body = { settings: account.settings, secrets: { "app-secret": "not-the-right-one" } };
    const put = await at.write("PUT", "/accounts/wechat-official/qinghe", body, { match: account.etag });
    expect(put.status).toBe(200);
    await go("/accounts?lang=en");
    await button("Try it qinghe").click();
    await page.getByText(/The AppSecret is wrong/).waitFor();
    expect(await page.content()).not.toContain("not-the-right-one");
    await accept("account-wrong-en");
    expect(faults).toEqual([]);
  });
});
