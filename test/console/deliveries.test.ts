import { and, eq } from "drizzle-orm";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { conversations, inbox } from "../../db/schema/conversations.ts";
import { attempts, outbox } from "../../db/schema/outbox.ts";
import type { Role } from "../../src/domain/access/roles.ts";
import { findChromium } from "../chromium.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole } from "./stage.ts";

const executablePath = findChromium("the pages about deliveries in a browser");

describe.runIf(executablePath !== undefined)("the pages about what has not arrived, in Chromium", () => {
  let stage: ConsoleStage;
  let at: AtPage;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    stage = await startConsole();
    const { service } = stage;
    const { database, now } = service.runtime;
    // What platforms did to the first messages: refused, no answer, no permission; the rest arrived.
    await database.inCounty(service.jurisdiction("qinghe"), async (tx) => {
      const sent = await tx
        .select({ id: outbox.id, rung: attempts.rung, attempt: attempts.id })
        .from(outbox)
        .innerJoin(attempts, eq(attempts.outboxId, outbox.id))
        .innerJoin(cases, eq(cases.id, outbox.caseId))
        .where(and(eq(outbox.state, "delivered"), eq(outbox.kind, "receipt"), eq(cases.sealed, false)))
        .orderBy(outbox.seq);
      const ends = [
        { state: "failed", outcome: "refused", reason: "43004 the person does not follow the account" },
        { state: "uncertain", outcome: "uncertain", reason: "timed out" },
        { state: "waiting", outcome: "refused", reason: "48001 the account lacks this interface: unauthorized" },
      ] as const;
      expect(sent.length).toBeGreaterThanOrEqual(ends.length);
      for (const [at, { state, outcome, reason }] of ends.entries()) {
        const { id, attempt } = sent[at]!;
        const settledAt = state === "waiting" ? null : now();
        await tx
          .update(outbox)
          .set({ state, reason, settledAt, repeatsLeft: 0, awaitsContact: state === "waiting" })
          .where(eq(outbox.id, id));
        await tx.update(attempts).set({ outcome, reason }).where(eq(attempts.id, attempt));
      }
    });
    at = await atPage(stage, executablePath, "deliv");
    ({ page, faults } = at);
  });
  afterAll(async () => {
    await at.close();
    await stage.close();
  });

  const go = (path: string) => at.go(path);
  const button = (name: string | RegExp): Locator => at.button(name);
  const enter = (role: Role, name: string) => at.enter(role, name);
  const accept = (name: string) => at.accept(name);

  it("say by reason what has not arrived, and who acts", async () => {
    await enter("office", "林晓");
    await go("/deliveries?lang=zh");
    await page.getByRole("heading", { name: "送达" }).waitFor();
    await page
      .locator(".groups")
      .getByRole("heading", { name: /对方不再关注账号/ })
      .waitFor();
    await expect.poll(() => page.locator("table").first().locator("tbody tr").count()).toBeGreaterThan(3);
    const said = (await page.locator("main").textContent()) ?? "";
    expect(said).toContain("由系统管理员处理");
    expect(said).not.toMatch(/已读|已送达|已发送|路灯|13800001111/);
    await accept("list-zh");
    await go("/deliveries?lang=en");
    await page
      .locator(".groups")
      .getByRole("heading", { name: /they do not follow the account/ })
      .waitFor();
    await accept("list-en");
    await page.setViewportSize({ width: 360, height: 740 });
    await accept("list-narrow");
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it("show what happened to one message, and send what may have arrived again only knowingly", async () => {
    await go("/deliveries?lang=zh&state=uncertain");
    await page.getByRole("link", { name: /看经过/ }).click();
    await page.getByText("没有回话，也许到了").waitFor();
    await accept("one-zh");
    await button("再发一次…").click();
    expect(await button("再发").isDisabled()).toBe(true);
    await accept("again-zh");
    await page.getByLabel("我知道可能收到两遍，仍然要发").check();
    await button("再发").click();
    await page.getByText("已重新排队").waitFor();
    await page.getByText("林晓: 决定再发").waitFor();
    await go(`${new URL(page.url()).pathname.replace("/console", "")}?lang=en`);
    await page.getByText("林晓: decided to send it again").waitFor();
    await accept("one-en");
  });

  it("put a message aside with the reason, and try a group again with a result for each", async () => {
    await go("/deliveries?lang=zh&state=failed&reason=unfollowed");
    await page.getByRole("link", { name: /看经过/ }).click();
    await button("搁置…").click();
    await page.getByLabel(/为什么/).fill("已打电话告知");
    await button("搁置").click();
    await page.getByText("林晓: 决定搁置 · 已打电话告知").waitFor();
    await enter("operator", "周强");
    await go("/deliveries?lang=zh&state=waits-for-contact&reason=interface-missing");
    await button("前 1 条再试…").click();
    await button("再发").click();
    await page.getByText("1 条里 1 条已重新排队").waitFor();
    await accept("group-zh");
  });

  it("list what was answered without a case, and make a case of one", async () => {
    await stage.service.phone("printer").say("办证刻章找我,电话13955550000");
    await stage.service.phone("grateful").say("真的太感谢你们了，跑前跑后的");
    await stage.service.settled();
    await enter("office", "何静");
    await go("/unread?lang=zh");
    await page.getByRole("row").filter({ hasText: "办证刻章" }).waitFor();
    expect(await page.locator("main").textContent()).not.toContain("13955550000");
    await accept("unread-zh");
    await page.getByRole("row").filter({ hasText: "太感谢" }).getByRole("button").click();
    await accept("unread-open-zh");
    await button("立案").click();
    await page.getByText(/已立案：2026-/).waitFor();
    await button("关闭").first().click();
    await page.getByRole("row", { name: "感谢 反映问题" }).waitFor();
    await go("/unread?lang=en&all=true&kind=spam");
    await page.getByRole("row").filter({ hasText: "advertising" }).waitFor();
    await accept("unread-en");
    await page.setViewportSize({ width: 360, height: 740 });
    await accept("unread-narrow");
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it("take an account's secrets and never show them, and say what is wrong with one", async () => {
    await enter("operator", "郑洁");
    await go("/accounts?lang=zh");
    await button("＋ 加一个账号").click();
    await page.getByLabel(/账号名/).fill("second");
    await page.getByLabel("AppID").fill("wx0123456789abcdef");
    await page.getByLabel("AppSecret").fill("an-app-secret-nobody-reads");
    await accept("account-zh");
    await button("保存").click();
    await page.getByText("token").first().waitFor();
    await page.getByLabel(/^Token/).fill("a-token-nobody-reads");
    await button("保存").click();
    await page.getByText("已保存").waitFor();
    await page
      .getByRole("row")
      .filter({ hasText: "second" })
      .getByText(/AppSecret：.+设的/)
      .waitFor();
    expect(await page.content()).not.toContain("nobody-reads");
    await accept("accounts-zh");
    await go("/accounts?lang=en");
    await page.getByRole("heading", { name: "Channel accounts" }).waitFor();
    await accept("accounts-en");
  });

  it("ask each platform's account for what its channel needs, in its own words", async () => {
    await go("/accounts?lang=zh");
    await button("＋ 加一个账号").click();
    await page.getByLabel("平台", { exact: true }).selectOption("telegram");
    await page.getByLabel(/机器人令牌/).waitFor();
    expect(await page.getByLabel("AppID").count()).toBe(0);
    await accept("account-telegram-zh");
    await page.getByLabel("平台", { exact: true }).selectOption("web");
    await page.getByLabel(/账号名/).fill("county-page");
    await page.getByLabel(/写的人太多时/).fill("0536-1234567");
    await button("保存").click();
    await page.getByText("已保存").waitFor();
    const row = page.getByRole("row").filter({ hasText: "county-page" });
    await row.getByText(/写的人太多时.*0536-1234567/).waitFor();
    await row.getByText("网页链接").waitFor();
    await row.getByRole("button", { name: /改设置/ }).click();
    await page.getByText(/\/w\/county-page/).waitFor();
  });

  it("show an operator what came and is stuck, without words, and let an auditor only look", async () => {
    const { service } = stage;
    const { database, now } = service.runtime;
    await database.inCounty(service.jurisdiction("qinghe"), async (tx) => {
      const [one] = await tx
        .select({ seq: inbox.seq })
        .from(inbox)
        .innerJoin(conversations, eq(conversations.peer, inbox.peer))
        .limit(1);
      await tx
        .update(inbox)
        .set({ processedAt: null, outcome: null, attempts: 9, stuckAt: now(), failure: "the model is gone" })
        .where(eq(inbox.seq, one!.seq));
    });
    await enter("operator", "吴刚");
    await go("/deliveries?lang=zh");
    await page.getByText("the model is gone").waitFor();
    await accept("stuck-zh");
    await button("搁置…").click();
    await page.getByLabel(/为什么/).fill("已另行处理");
    await button("搁置").click();
    await page.getByText("没有卡住的来信").waitFor();
    await enter("auditor", "孙丽");
    await go("/deliveries?lang=zh&settled=true");
    await page.getByRole("link", { name: /看经过/ }).click();
    await page.getByText("决定搁置").waitFor();
    expect(await button("再发一次…").count()).toBe(0);
    expect(await button("搁置…").count()).toBe(0);
  });

  it("show an auditor who looked at what, and that nobody has verified the chain yet", async () => {
    await go("/audit?lang=zh");
    await page.getByRole("row").filter({ hasText: "何静" }).first().waitFor();
    await accept("audit-zh");
    await page.getByRole("textbox", { name: "谁" }).fill("没有这个人");
    await button("筛选").click();
    await page.getByText("没有。").waitFor();
    for (const [view, said] of [
      ["events", "the case was opened"],
      ["staff", "added a channel account"],
      ["chain", "Not verified yet"],
    ] as const) {
      await go(`/audit?lang=en&view=${view}`);
      await page.locator("main").getByText(said).first().waitFor();
      await accept(`audit-${view}-en`);
    }
    expect(faults).toEqual([]);
  });
});
