import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole } from "./stage.ts";

const executablePath = findChromium("the library of answers in a browser");

describe.runIf(executablePath !== undefined)("the library of answers, in Chromium", () => {
  let stage: ConsoleStage;
  let at: AtPage;
  let page: Page;
  let author: Browser;
  let reviewer: Browser;

  beforeAll(async () => {
    stage = await startConsole();
    at = await atPage(stage, executablePath, "answers");
    ({ page } = at);
    author = await stage.colleague("office", "林晓");
    reviewer = await stage.colleague("reviewer", "赵敏");
  });
  afterAll(async () => {
    await at.close();
    await stage.close();
  });

  it("is written by one person and answers once another has reviewed it", async () => {
    await at.as(author);
    await at.go("/answers?lang=zh");
    await page.getByRole("heading", { name: "答复库" }).waitFor();
    await page.getByText(/还没有在用的答复/).waitFor();
    await page.getByText(/往后没有登记接待日/).waitFor();
    await at.accept("empty-zh");
    await at.button("＋ 写一条答复").click();
    await page.getByLabel(/编号/).fill("card");
    await page.getByLabel("标题").fill("老年证办理");
    await page.getByLabel(/居民怎么问/).fill("老年证怎么办\n老年证在哪里办");
    await page.getByLabel(/怎么答/).fill("带身份证和照片，到镇便民服务中心。");
    await page.getByLabel("有效期到").fill("2036-12-31");
    await at.accept("write-zh");
    await at.button("交给别人复核").click();
    await page.getByText("您写的，要由另一个人复核").waitFor();
    expect(await page.getByRole("button", { name: /复核并起用/ }).count()).toBe(0);
    await at.accept("own-zh");
    await page.getByRole("button", { name: /^改… / }).click();
    await page.getByLabel("标题").fill("老年优待证办理");
    await at.button("交给别人复核").click();
    await page.getByRole("rowheader", { name: /老年优待证办理/ }).waitFor();
    await at.as(reviewer);
    await at.go("/?lang=zh");
    await page.getByRole("heading", { name: /等复核的答复/ }).waitFor();
    await at.go("/answers?lang=zh");
    await page.getByRole("button", { name: /复核并起用/ }).click();
    await page.getByText(/请核对/).waitFor();
    await at.accept("publish-zh");
    await page.getByRole("button", { name: "复核并起用", exact: true }).click();
    await page.getByText("✓ 已起用").first().waitFor();
    await page.getByText("答过 0 次，0 次说“不是”").waitFor();
    await at.accept("published-zh");
    expect(at.faults).toEqual([]);
  });

  it("reads in English, is sent back with a reason and ended", async () => {
    await at.as(author);
    await at.go("/answers?lang=en");
    await page.getByRole("button", { name: /^Replace… / }).click();
    await page.getByLabel(/The answer/).fill("Bring your card.");
    await at.button("Hand it to somebody for review").click();
    await page.getByText("You wrote it: somebody else reviews it").waitFor();
    await at.as(reviewer);
    await at.go("/answers?lang=en");
    await page.getByRole("button", { name: /^Send back… / }).click();
    await page.getByLabel("Why you send it back").fill("Which card?");
    await at.accept("refuse-en");
    await at.button("Send back").click();
    await page.getByText("✗ sent back").waitFor();
    await page.getByText("Which card?").waitFor();
    await page.getByRole("button", { name: /^End… / }).click();
    await at.button("End").click();
    await page.getByText("– ended").waitFor();
    await page.setViewportSize({ width: 360, height: 6000 });
    await at.accept("narrow-en");
    await page.setViewportSize({ width: 1366, height: 768 });
    expect(at.faults).toEqual([]);
  });
});
