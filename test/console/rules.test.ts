import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../src/domain/calendar/days.ts";
import { dayIn } from "../../src/domain/calendar/deadline.ts";
import { findChromium } from "../chromium.ts";
import { publish } from "../journeys/publish.ts";
import { writtenRule, writtenSet } from "../rule-sets.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole } from "./stage.ts";

const executablePath = findChromium("the editor of rules in a browser");

/** In the middle of the next month, by the county's days. */
const SOON = addDays(`${dayIn(new Date(), "Asia/Shanghai").slice(0, 8)}01`, 45);

/** Takes everything about roads, so that a later rule about the same words is never reached. */
const PUBLISHED = writtenSet([
  writtenRule(
    "路灯",
    { or: [{ in: ["路灯", { var: "text" }] }, { in: ["灯坏", { var: "text" }] }] },
    { deputy: "D009" },
  ),
  writtenRule("特别", true, { grid: true }, { expires: SOON }),
]);

describe.runIf(executablePath !== undefined)("the rules in Chromium", () => {
  let stage: ConsoleStage;
  let at: AtPage;
  let page: Page;
  let faults: string[];
  let lin: Awaited<ReturnType<ConsoleStage["colleague"]>>;

  beforeAll(async () => {
    stage = await startConsole();
    await publish(stage.service, PUBLISHED);
    at = await atPage(stage, executablePath, "rules");
    ({ page, faults } = at);
    lin = await stage.colleague("office", "林晓");
    await stage.colleague("reviewer", "赵敏");
    await at.as(lin);
  });
  afterAll(async () => {
    await at.close();
    await stage.close();
  });

  const go = (path: string) => at.go(path);
  const button = (name: string | RegExp): Locator => at.button(name);
  const saved = () => page.locator(".save-saved").waitFor();
  const numberHere = () => Number(/\/rules\/(\d+)/.exec(page.url())?.[1]);
  const rulesOf = async (number: number) =>
    ((await lin.ask("GET", `/rulesets/${number}`)).body as { content: { rules: Record<string, unknown>[] } }).content
      .rules;
  const accept = (name: string) => at.accept(name);

  it("list the versions and what of them needs a look", async () => {
    await go("/rules?lang=zh");
    await page.getByText("在用：第 1 版《2026 rules》，2 条规则").waitFor();
    await page.getByText("下个月到期的规则：1 条").waitFor();
    await accept("list-zh");
    await go("/rules?lang=en");
    await page.getByText("In force: version 1").waitFor();
    await accept("list-en");
  });

  it("let a clerk write a rule by clicking, which is found unreachable and moved up", async () => {
    await go("/rules?lang=zh");
    await button("＋ 加规则或改规则…").click();
    await accept("new-zh");
    await button("从在用的第 1 版开始（最常用）").click();
    await page.getByRole("heading", { name: "草稿：第 2 版" }).waitFor();
    await saved();
    await button("＋ 加一条规则").click();
    await page.getByText("还差：").waitFor();
    await accept("unfinished-zh");
    await page.getByLabel("名称").fill("电梯");
    const words = page.getByRole("textbox", { name: "要找的词" });
    await words.fill("灯坏");
    await words.press("Enter");
    await words.fill("梯");
    await words.press("Enter");
    await page.getByText("只有一个字").waitFor();
    await button("去掉 梯").click();
    await page.getByLabel("交给谁", { exact: true }).selectOption("deputy");
    await page.getByRole("combobox", { name: "哪一个" }).click();
    await accept("picker-zh");
    await page.getByRole("combobox", { name: "哪一个" }).fill("D004");
    await page.getByRole("option", { name: /D004/ }).click();
    await page.getByLabel(/^理由/).fill("电梯由第四位代表跟");
    await saved();
    await page
      .getByText(/它要的信，前面的 .*路灯.* 都先拿走了/)
      .first()
      .waitFor();
    await accept("unreachable-zh");
    expect((await rulesOf(2)).map(({ id }) => id)).toEqual(["路灯", "特别", "电梯"]);
    expect(await page.locator(".reads").textContent()).toMatch(/当内容提到「灯坏」，交给 .+ 代表/);
    const name = page.locator(".rule-list button.rule-name").filter({ hasText: "电梯" });
    await name.press("Alt+ArrowUp");
    await page.getByText("规则 电梯，现在是第 2 条，共 3 条").waitFor();
    await name.press("Alt+ArrowUp");
    await page.getByText("✓ 这一条没有发现问题").waitFor();
    await saved();
    const stored = await rulesOf(2);
    expect(stored.map(({ id }) => id)).toEqual(["电梯", "路灯", "特别"]);
    expect(stored[1]).toEqual((PUBLISHED as { rules: unknown[] }).rules[0]);
    await page.getByLabel("来信内容").fill("三号楼楼道灯坏了");
    await button("试一下").click();
    await page.getByText("因为第 1 条「电梯」").waitFor();
    await accept("reached-zh");
    await go("/rules/2?lang=en");
    await page.getByRole("heading", { name: "Draft: version 2" }).waitFor();
    await page.getByText("✓ Nothing was found about this rule").waitFor();
    await accept("editor-en");
  });

  it("take an exception by one button, warn of a word that is half a sentence, and lead to the dry run", async () => {
    await go("/rules/2?lang=zh");
    await page.locator(".rule-name").filter({ hasText: "电梯" }).click();
    await button("＋ 例外：这样的信不算").click();
    const words = page.getByRole("textbox", { name: "要找的词" }).last();
    await words.fill("电梯里的广告");
    await words.press("Enter");
    await page.getByText("「电梯里的广告」要一字不差才对得上").waitFor();
    await button("去掉 电梯里的广告").click();
    await words.fill("广告");
    await words.press("Enter");
    await page.locator(".reads").getByText("且内容没有提到「广告」").waitFor();
    await saved();
    expect(JSON.stringify((await rulesOf(2))[0])).toContain("广告");
    await accept("exception-zh");
    await page.getByRole("link", { name: "试算", exact: true }).click();
    await page.getByRole("heading", { name: /^试算 · 第 2 版/ }).waitFor();
    await page.getByText("这一版还没有试算过").waitFor();
  });

  it("never change what cannot be clicked, and take the same rule as text", async () => {
    await go("/rules/2?lang=zh");
    await page.locator(".rule-name").filter({ hasText: "特别" }).click();
    await page.getByText("不能点选，这里不会动它").waitFor();
    await accept("not-for-clicking-zh");
    await page.locator(".rule-name").filter({ hasText: "路灯" }).click();
    await button("文本（JSON）").click();
    const text = page.getByLabel("这条规则的文本");
    const before = JSON.parse(await text.inputValue()) as object;
    await text.fill(JSON.stringify(before, null, 2).replace('"路灯"\n', '"路灯",,\n').replace("[", "[,"));
    await page.getByText(/第 \d+ 行读不懂/).waitFor();
    await accept("json-zh");
    await text.fill(JSON.stringify({ ...before, when: { in: ["街灯", { var: "text" }] } }, null, 2));
    await saved();
    await button("点选").click();
    await page.locator(".chip").filter({ hasText: "街灯" }).waitFor();
    expect((await rulesOf(2))[1]).toMatchObject({ when: { in: ["街灯", { var: "text" }] } });
  });

  it("keep words of an input method out until it has ended", async () => {
    const words = page.getByRole("textbox", { name: "要找的词" });
    await words.click();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Input.imeSetComposition", { text: "dian ti", selectionStart: 7, selectionEnd: 7 });
    expect(await page.locator(".queryBuilder .chip").count()).toBe(1);
    await devtools.send("Input.insertText", { text: "电梯" });
    await expect.poll(() => words.inputValue()).toBe("电梯");
    // The keys that follow a composition at once still belong to it.
    await expect
      .poll(async () => {
        await words.press("Enter");
        return page.locator(".chip").filter({ hasText: "电梯" }).count();
      })
      .toBe(1);
    await saved();
    expect(JSON.stringify(await rulesOf(2))).not.toContain("dian");
  });

  it("say when nothing could be saved, keep it, and save it when the network is back", async () => {
    await page.route("**/api/v1/rulesets/2", (route) =>
      route.request().method() === "PUT" ? route.abort("connectionfailed") : route.continue(),
    );
    await page.getByLabel(/^理由/).fill("断网时写的理由");
    await page.getByText("没有存上，内容留在这台电脑上").waitFor();
    await accept("offline-zh");
    await page.getByRole("link", { name: "今日" }).click();
    await page.getByText("还有没存上的改动").waitFor();
    await accept("leave-zh");
    await button("留下").click();
    await page.unroute("**/api/v1/rulesets/2");
    await saved();
    expect(JSON.stringify(await rulesOf(2))).toContain("断网时写的理由");
  });

  it("write over nobody: two clerks put their changes together rule by rule", async () => {
    const other = await stage.colleague("office", "周强");
    const seen = await other.ask("GET", "/rulesets/2");
    const match = (seen.headers.get("etag") ?? "").replaceAll('"', "");
    const { content } = seen.body as { content: { rules: Record<string, unknown>[] } };
    const rules: Record<string, unknown>[] = content.rules.map((rule, index) =>
      index === 1 ? { ...rule, reason: "周强的理由" } : rule,
    );
    rules.push(writtenRule("周强加的", { in: ["井盖", { var: "text" }] }, { office: true }));
    const put = await other.write("PUT", "/rulesets/2", { ...content, rules }, { match });
    expect(put.status).toBe(200);
    await page.getByLabel(/^理由/).fill("林晓的理由");
    await page.getByText("有人也改了这一版，请先看一下").waitFor();
    await button("看两边的改动").click();
    await page.getByText(/周强 存了一次/).waitFor();
    await accept("merge-zh");
    await page.getByLabel("路灯", { exact: true }).selectOption("mine");
    await button("就这样合在一起").click();
    await saved();
    const stored = await rulesOf(2);
    expect(stored.map(({ id }) => id)).toEqual(["电梯", "路灯", "特别", "周强加的"]);
    expect(stored[1]?.reason).toBe("林晓的理由");
  });

  it("are written by the keyboard alone", async () => {
    await page.locator(".rule-name").first().focus();
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const tabTo = async (label: RegExp) => {
      for (let count = 0; count < 80; count += 1) {
        const at = await page.evaluate(() => {
          const one = document.activeElement;
          const labels = one instanceof HTMLInputElement ? [...(one.labels ?? [])].map((l) => l.textContent) : [];
          return [one?.getAttribute("aria-label"), one?.getAttribute("title"), one?.textContent, ...labels].join(" ");
        });
        if (label.test(at)) return;
        await press("Tab");
      }
      throw new Error(`nothing with ${label} was reached`);
    };
    await tabTo(/＋ 加一条规则/);
    await press("Enter");
    await page.getByRole("heading", { name: "规则「新规则」" }).waitFor();
    await tabTo(/要找的词/);
    await page.keyboard.insertText("垃圾");
    await press("Enter");
    await tabTo(/哪一个/);
    await page.keyboard.press("Shift+Tab");
    for (let count = 0; count < 6; count += 1) await press("ArrowDown");
    await tabTo(/理由/);
    await page.keyboard.insertText("垃圾由县办公室看");
    await saved();
    expect((await rulesOf(2)).at(-1)).toMatchObject({ id: "新规则", when: { in: ["垃圾", { var: "text" }] } });
    await page.locator(".rule-name").filter({ hasText: "新规则" }).press("Alt+ArrowUp");
    await saved();
  });

  it("warn of two drafts that change the same rule, and go to their review", async () => {
    const { content } = (await lin.ask("GET", "/rulesets/2")).body as { content: { rules: Record<string, unknown>[] } };
    const made = await lin.write("POST", "/rulesets", content);
    expect(made.status).toBe(201);
    await go("/rules?lang=zh");
    await page.getByText(/第 2、3 版同时改了/).waitFor();
    await accept("two-drafts-zh");
    await go("/rules/2?lang=zh");
    await saved();
    await button("交复核…").click();
    await page.getByLabel("请谁复核").selectOption("赵敏");
    await accept("submit-zh");
    await button("交复核").click();
    await page.waitForURL(/\/rules\/2\/review/);
    await go("/rules?lang=zh");
    await button("撤回…").click();
    await button("撤回，接着改").click();
    await page.getByRole("heading", { name: "草稿：第 4 版" }).waitFor();
    expect(numberHere()).toBe(4);
    await go("/rules/2?lang=zh");
    await page.getByText("只能看：这一版不是草稿。").waitFor();
    await accept("read-zh");
    // The network was taken away once.
    expect(faults.filter((one) => !one.includes("ERR_CONNECTION_FAILED"))).toEqual([]);
  });
});
