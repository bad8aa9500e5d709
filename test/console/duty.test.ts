import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole } from "./stage.ts";

const executablePath = findChromium("who is on duty in a browser");

describe.runIf(executablePath !== undefined)("who is on duty, in Chromium", () => {
  let stage: ConsoleStage;
  let at: AtPage;
  let page: Page;
  let clerk: Browser;

  beforeAll(async () => {
    stage = await startConsole();
    at = await atPage(stage, executablePath, "duty");
    ({ page } = at);
    clerk = await stage.colleague("office", "林晓");
  });
  afterAll(async () => {
    await at.close();
    await stage.close();
  });

  it("is a roster in the settings; an urgent case stands above every page until somebody says that they see to it", async () => {
    await at.as(clerk);
    await at.go("/settings?lang=zh&part=duty");
    await page.getByText("今天没有人值班").waitFor();
    await at.accept("nobody-zh");
    await at.button("＋ 排一个班").click();
    await page.getByLabel("谁", { exact: true }).waitFor();
    await at.accept("add-zh");
    await at.button("排上").click();
    await page.getByRole("row").filter({ hasText: "县办公室" }).getByText("林晓").waitFor();
    await at.button("＋ 排一个班").click();
    await at.button("排上").click();
    await page.getByRole("alert").getByText("那几天那里已经有人值班").waitFor();
    await at.button("取消").click();
    await at.button("要一个值班码").click();
    await page.getByText(/值班 \d{8}（/).waitFor();
    await at.accept("roster-zh");
    const alert = page.getByRole("alert").filter({ hasText: "还没有人接" });
    await alert.waitFor();
    await at.go("/settings?lang=en&part=duty");
    await page.getByText(/nobody sees to yet/).waitFor();
    await at.accept("roster-en");
    await at.go("/?lang=zh");
    await alert.getByText("煤气味").waitFor();
    await at.accept("bar-zh");
    await alert.getByRole("link").first().click();
    await page.getByText("▲ 这是急件，还没有人说在处理。").waitFor();
    await at.accept("case-zh");
    await alert
      .getByRole("button", { name: /我来处理/ })
      .first()
      .click();
    await expect.poll(() => alert.count()).toBe(0);
    await page.getByText("有人接了急件，正在处理").waitFor();
    // A browser writes the refusal of the second shift down.
    expect(at.faults).toEqual([expect.stringContaining("409")]);
  });
});
