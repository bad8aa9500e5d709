import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole } from "./stage.ts";

const executablePath = findChromium("the rules of deadlines in a browser");

describe.runIf(executablePath !== undefined)("the rules of deadlines, in Chromium", () => {
  let stage: ConsoleStage;
  let at: AtPage;
  let page: Page;
  let author: Browser;
  let reviewer: Browser;

  beforeAll(async () => {
    stage = await startConsole();
    at = await atPage(stage, executablePath, "clock-rules");
    ({ page } = at);
    author = await stage.colleague("office", "林晓");
    reviewer = await stage.colleague("reviewer", "赵敏");
  });
  afterAll(async () => {
    await at.close();
    await stage.close();
  });

  it("are written by one person and take effect once another has reviewed them", async () => {
    await at.as(author);
    await at.go("/clock-rules?lang=zh");
    await page.getByRole("heading", { name: "现在用的" }).waitFor();
    await at.accept("list-zh");
    await at.button("＋ 写一条新规则").click();
    await page.getByLabel("哪一种期限").selectOption("result");
    await page.getByLabel("最多多久").fill("1000");
    await page.getByLabel(/依据/).fill("青禾县人大常委会2026年第9号决定");
    await page.getByLabel("哪个分类").selectOption({ index: 1 });
    await at.accept("propose-zh");
    await at.button("交给别人复核").click();
    await page
      .getByRole("alert")
      .getByText(/时间太长/)
      .waitFor();
    await page.getByLabel("最多多久").fill("20");
    await at.button("交给别人复核").click();
    await page
      .getByText(/等另一个人复核/)
      .first()
      .waitFor();
    await page.getByText("您写的，要由另一个人复核").waitFor();
    expect(await page.getByRole("button", { name: /复核并起用/ }).count()).toBe(0);
    await at.accept("own-zh");
    await at.as(reviewer);
    await at.go("/?lang=zh");
    await page.getByRole("heading", { name: /等复核的时限规则/ }).waitFor();
    await at.go("/clock-rules?lang=zh");
    await page.getByRole("button", { name: /复核并起用/ }).click();
    await page.getByText(/请对照依据看一遍/).waitFor();
    await at.accept("publish-zh");
    await page.getByRole("button", { name: "复核并起用", exact: true }).click();
    await page.getByText("✓ 已起用").first().waitFor();
    await page.getByRole("row").filter({ hasText: "林晓 写，赵敏 复核" }).getByText("20 个工作日").waitFor();
    await at.accept("published-zh");
    expect(at.faults).toEqual([]);
  });

  it("read in English, and are sent back with a reason", async () => {
    await at.as(author);
    await at.go("/clock-rules?lang=en");
    await page
      .getByRole("button", { name: /^Replace…/ })
      .first()
      .click();
    await page.getByLabel(/Rests on/).fill("Decision 10 of 2026");
    await at.button("Hand it to somebody for review").click();
    await page.getByText("You wrote it: somebody else reviews it").waitFor();
    await at.accept("own-en");
    await at.as(reviewer);
    await at.go("/clock-rules?lang=en");
    await page.getByRole("button", { name: /^Send back…/ }).click();
    await page.getByLabel("Why you send it back").fill("The number of the decision is wrong");
    await at.accept("refuse-en");
    await at.button("Send back").click();
    await page.getByText("✗ sent back").waitFor();
    await page.getByText("The number of the decision is wrong").waitFor();
    await at.accept("refused-en");
    await page.setViewportSize({ width: 360, height: 6000 });
    await at.accept("narrow-en");
    await page.setViewportSize({ width: 1366, height: 768 });
    expect(at.faults).toEqual([]);
  });

  it("and the deadlines of a case stand on its page, each with what it rests on", async () => {
    await at.as(author);
    const { items } = (await author.ask("POST", "/cases/search", {})).body as { items: { number: string }[] };
    await at.go(`/cases/${items[0]!.number}?lang=zh`);
    await page.getByText("现在等谁").waitFor();
    await page
      .getByText(/依据：/)
      .first()
      .waitFor();
    await at.accept("case-zh");
    await at.go(`/cases/${items[0]!.number}?lang=en`);
    await page.getByText("Waits for").waitFor();
    await at.accept("case-en");
  });
});
