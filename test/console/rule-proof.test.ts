import { sql } from "drizzle-orm";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "../chromium.ts";
import { codeOf } from "../http/console/one-time-code.ts";
import { publish } from "../journeys/publish.ts";
import { writtenRule, writtenSet } from "../rule-sets.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("the proof of rules in a browser");
const says = (word: string) => ({ in: [word, { var: "text" }] });
const heating = (to: object) => writtenRule("暖气", says("暖气"), to);
const BASE = writtenSet([heating({ deputy: "D004" })]);
const DRAFT = writtenSet([writtenRule("路灯", says("路灯"), { deputy: "D009" }), heating({ unit: "U01" })]);
const MENDED = writtenSet([writtenRule("路灯", says("路灯"), { deputy: "D009" }), heating({ deputy: "D009" })]);

type Colleague = Awaited<ReturnType<ConsoleStage["colleague"]>>;

describe.runIf(executablePath !== undefined)("what a version of the rules changes, in Chromium", () => {
  let stage: ConsoleStage;
  let worker: { close(): Promise<void> };
  let at: AtPage;
  let page: Page;
  let faults: string[];
  let lin: Colleague;
  let zhao: Colleague;
  let base: number;
  let draft: number;

  beforeAll(async () => {
    stage = await startConsole();
    base = await publish(stage.service, BASE);
    worker = workAt(stage);
    lin = await stage.colleague("office", "林晓");
    zhao = await stage.colleague("reviewer", "赵敏");
    draft = ((await lin.write("POST", "/rulesets", DRAFT)).body as { number: number }).number;
    at = await atPage(stage, executablePath, "proof");
    ({ page, faults } = at);
  });
  afterAll(async () => {
    await at.close();
    await worker.close();
    await stage.close();
  });

  const go = (path: string) => at.go(path);
  const button = (name: string | RegExp): Locator => at.button(name);
  const as = (who: Colleague) => at.as(who);
  const accept = (name: string) => at.accept(name);
  const tryOut = async (number: number): Promise<void> => {
    await go(`/rules/${number}/trial?lang=zh`);
    await button("开始试算").click();
    await page.getByRole("heading", { name: "试算结果" }).waitFor();
  };
  const submit = async (): Promise<void> => {
    await button("交复核…").click();
    await button("交复核").click();
    await page.getByText("已交复核。").waitFor();
  };
  const change = (name: RegExp): Locator => page.locator("details.change").filter({ hasText: name });
  /** Whoever gave a code was here a while ago. */
  const forgetCodes = () =>
    stage.service.runtime.database.inCounty(stage.service.jurisdiction("qinghe"), (tx) =>
      tx.execute(sql`update sessions set confirmed_at = now() - interval '11 minutes'`),
    );

  it("tries a draft on the past: who would get what instead of whom, case by case, with judgements", async () => {
    await as(lin);
    await go(`/rules/${draft}/trial?lang=zh`);
    await page.getByText("这一版还没有试算过").waitFor();
    await accept("trial-empty");
    await tryOut(draft);
    const kinds = page.getByRole("table", { name: "和现在的规则比" });
    await expect.poll(() => kinds.locator("tbody > tr").count()).toBe(2);
    await kinds.getByRole("row").filter({ hasText: "规则「路灯」" }).getByRole("button").click();
    await page.locator("mark").filter({ hasText: "路灯" }).waitFor();
    expect(await page.locator("main").textContent()).not.toContain("13800001111");
    await page.getByRole("button", { name: /这样交对$/ }).click();
    await expect.poll(() => page.locator('.verdict [aria-pressed="true"]').count()).toBe(1);
    await accept("trial-zh");
    await button(/^和当时实际比/).click();
    await page.getByRole("table", { name: "和当时实际比" }).waitFor();
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: /下载文字/ }).click();
    expect((await downloading).suggestedFilename()).toBe(`dry-run-${draft}.txt`);
    await page.reload();
    await page.getByRole("heading", { name: "试算结果" }).waitFor();
    await page.getByRole("link", { name: "去复核页" }).click();
    await submit();
  });

  it("has a reviewer comment what must be settled, and says in words what is missing", async () => {
    await as(zhao);
    await go(`/rules/${draft}/review?lang=zh`);
    await page.getByText("您看过 0 / 2 处").waitFor();
    expect(await button("发布…").isDisabled()).toBe(true);
    await page.getByText("还有改动您没有点开看过").waitFor();
    await change(/改了 规则「暖气」/)
      .locator("> summary")
      .click();
    await page.getByText("您看过 1 / 2 处").waitFor();
    await page.getByLabel("写意见: 暖气").fill("单位没有聊天，谁去催？");
    await page.getByLabel("必须解决了才能发布").first().check();
    await button("发表意见").first().click();
    await page.getByText("还有「必须解决」的意见没有解决").waitFor();
    await accept("review-zh");
  });

  it("shows the author why they have no buttons, lets them withdraw, change and submit again", async () => {
    await as(lin);
    await go(`/rules/${draft}/review?lang=zh`);
    await page.getByText("这一版是您写的或改过的").waitFor();
    expect(await button("发布…").count()).toBe(0);
    await change(/改了 规则「暖气」/)
      .locator("> summary")
      .click();
    await button(/^✓ 已解决/).click();
    await page.getByText("✓ 林晓 已解决").waitFor();
    await accept("review-author-zh");
    const own = await lin.write("POST", `/rulesets/${draft}/review`, { verdict: "publish" });
    expect(own.status).toBe(403);
    await button("撤回…").click();
    await button("撤回，接着改").click();
    await page.getByText("还是草稿，没有交复核").waitFor();
    draft = Number(/rules\/(\d+)\/review/.exec(page.url())?.[1]);
    const seen = (await lin.ask("GET", `/rulesets/${draft}`)).headers.get("etag")?.replaceAll('"', "");
    const edited = await lin.write("PUT", `/rulesets/${draft}`, MENDED, { match: seen ?? "" });
    expect(edited.status).toBe(200);
    await tryOut(draft);
    await page.getByRole("link", { name: "去复核页" }).click();
    await submit();
  });

  it("publishes once every change was opened, the sample judged, and a code given", async () => {
    await as(zhao);
    await forgetCodes();
    await go(`/rules/${draft}/review?lang=zh`);
    await page.getByText("您看过 0 / 2 处").waitFor();
    for (const name of [/新加 规则「路灯」/, /改了 规则「暖气」/]) await change(name).locator("> summary").click();
    await page.getByText("您看过 2 / 2 处").waitFor();
    expect(await button("发布…").isDisabled()).toBe(true);
    const judging = page.getByRole("button", { name: /这样交对$/ });
    for (let at = 0; at < 2; at += 1) {
      await judging.nth(at).click();
      await page.getByText(`您判断过 ${at + 1} / 2 件`).waitFor();
    }
    await page.getByText("都齐了，可以发布").waitFor();
    await accept("review-ready-zh");
    await button("发布…").click();
    await accept("publish-zh");
    await button("发布").click();
    await page.getByLabel("6 位数字").fill(codeOf(zhao.uri));
    await button("确认并继续").click();
    await page.getByText("已发布：从现在起按这一版走").waitFor();
    expect((await zhao.ask("GET", `/rulesets/${draft}`)).body).toMatchObject({ state: "published", reviewer: "赵敏" });
    await go(`/rules/${draft}/review?lang=en`);
    await page.getByRole("heading", { name: /Review/ }).waitFor();
    await accept("review-en");
    expect(faults).toEqual([]);
  });

  it("takes the version before back, as a new one for review that says so", async () => {
    await as(lin);
    await go("/rules?lang=zh");
    await page.getByRole("link", { name: `恢复第 ${base} 版…` }).click();
    await page.getByText("2 处不同").waitFor();
    await page.getByText("删掉 规则「路灯」").waitFor();
    await accept("compare-zh");
    await button(`恢复第 ${base} 版…`).click();
    await button("恢复，交复核").click();
    await page.getByLabel("6 位数字").fill(codeOf(lin.uri));
    await button("确认并继续").click();
    await page.getByText(`恢复第 ${base} 版：内容和那一版一样`).waitFor();
    await page.getByText("◐ 待复核").waitFor();
    await accept("taken-back-zh");
    await go(`/rules/compare?from=${draft}&to=${base}&lang=en`);
    await page.getByText("2 differences").waitFor();
    await accept("compare-en");
  });

  it("tries one message under a version, from a case too", async () => {
    await as(lin);
    await go("/rules/simulate?lang=zh");
    await page.getByLabel("消息").fill("北大街的暖气一直不热");
    await button("试一试").click();
    await page.getByText("第 2 条「暖气」成立").waitFor();
    await page.getByText("前面 1 条都不成立").click();
    await page.getByText(/要求「内容提到「路灯」」/).waitFor();
    await accept("simulate-zh");
    const { items } = (await lin.ask("POST", "/cases/search", { filter: { open: true } })).body as {
      items: { number: string; summary: string }[];
    };
    const lamp = items.find(({ summary }) => summary.includes("路灯"))?.number;
    await go(`/cases/${lamp}?lang=zh`);
    await page.getByRole("link", { name: "换一版规则试试" }).click();
    await page.getByText(`用案件 ${lamp} 的来信来试`).waitFor();
    await button("试一试").click();
    await page.getByText("第 1 条「路灯」成立").waitFor();
    expect(page.url()).not.toContain(encodeURIComponent("路灯"));
    await page.getByLabel("按哪一版规则").selectOption(String(base));
    await button("试一试").click();
    await page.getByText("没有一条规则成立").waitFor();
    await accept("simulate-case-zh");
    await go("/rules/simulate?lang=en");
    await page.getByLabel("Message").fill("the heating is cold");
    await button("Try it").click();
    await page.getByRole("heading", { name: "It would go to" }).waitFor();
    await accept("simulate-en");
  });

  it("shows rules by use, and who answers for each grid, in both languages and on a narrow screen", async () => {
    for (const [path, name] of [
      ["/rules/use", "use"],
      ["/coverage", "coverage"],
      [`/coverage?version=${base}&only=nobody`, "coverage-nobody"],
      [`/rules/${draft}/trial`, "trial"],
    ] as const) {
      for (const lang of ["zh", "en"]) {
        await go(`${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
        await page.locator("main tbody tr, main .note-empty").first().waitFor();
        await accept(`${name}-${lang}`);
      }
    }
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ["/coverage?lang=zh", `/rules/${draft}/review?lang=zh`]) {
      await go(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await accept(`narrow-${path.startsWith("/c") ? "coverage" : "review"}`);
    }
    expect(faults).toEqual([]);
  });
});
