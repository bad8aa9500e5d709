import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { listCases } from "../../src/casework/cases/case-view.ts";
import { findChromium } from "../chromium.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole } from "./stage.ts";

const executablePath = findChromium("cases that go together, in a browser");

describe.runIf(executablePath !== undefined)("cases that go together, and sealed ones, in Chromium", () => {
  let stage: ConsoleStage;
  let at: AtPage;
  let first: string;
  let second: string;
  let sealed: string;

  beforeAll(async () => {
    stage = await startConsole();
    const { service } = stage;
    await service.phone("neighbour").say("柳东村一组路灯不亮，晚上看不见路");
    await service.settled();
    const all = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), listCases);
    const lights = all.filter(({ summary }) => summary.includes("路灯")).map(({ number }) => number);
    [first, second] = [lights[0] ?? "", lights[1] ?? ""];
    sealed = all.find((one) => one.sealed)?.number ?? "";
    at = await atPage(stage, executablePath, "merge");
  });
  afterAll(async () => {
    await at.close();
    await stage.close();
  });

  it("are compared side by side, merged after a look at what each reads, and link to each other", async () => {
    const { page, go, button, enter, accept } = at;
    await enter("office", "林晓");
    await go(`/cases/${second}?lang=zh`);
    await page.getByRole("button", { name: `与 ${first} 比一比` }).click();
    await page.getByRole("region", { name: `这一件 ${second}` }).waitFor();
    await page.getByRole("region", { name: `另一件 ${first}` }).waitFor();
    expect(await page.getByRole("radio", { name: `以 ${first} 为主办件` }).isChecked()).toBe(true);
    await accept("compare-zh");
    await button("先看会怎样").click();
    await page.getByRole("heading", { name: "谁会读到什么" }).waitFor();
    await accept("preview-zh");
    await button("合并").click();
    await page.getByText(`这一件并到了 ${first}，跟它一起办。`).waitFor();
    await accept("led-zh");
    await go(`/cases/${first}?lang=zh`);
    await page.getByRole("heading", { name: "并进来、一起办的：" }).waitFor();
    await stage.service.phone("neighbour").say("还没修，昨晚又摔了一个人");
    await stage.service.settled();
    await go(`/cases/${first}?lang=zh`);
    await page.locator(".bubble").filter({ hasText: "还没修，昨晚又摔了一个人" }).waitFor();
    await accept("leading-zh");
    await go(`/cases/${first}?lang=en`);
    await page.getByRole("heading", { name: "Merged into this one:" }).waitFor();
    await accept("leading-en");
  });

  it("give up a matter of their own after a look at what each reads", async () => {
    const { page, go, button, accept } = at;
    await go(`/cases/${first}?lang=zh`);
    await button("分出一件…").click();
    await page.getByLabel("另一件是什么事").fill("柳东村一组的下水道也堵了");
    await accept("split-zh");
    await button("先看会怎样").click();
    await page.getByRole("heading", { name: "谁会读到什么" }).waitFor();
    expect(await page.locator(".told blockquote").allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining("下水道也堵了")]),
    );
    await accept("split-preview-zh");
    await button("分出来").click();
    await page.getByText("✓ 已办", { exact: true }).waitFor();
    const all = await stage.service.runtime.database.inCounty(stage.service.jurisdiction("qinghe"), listCases);
    expect(all.filter(({ summary }) => summary.includes("下水道也堵了"))).toHaveLength(1);
  });

  it("are taken apart again, both as before", async () => {
    const { page, go, button, accept } = at;
    await go(`/cases/${second}?lang=zh`);
    await button("拆开…").click();
    await button("先看会怎样").click();
    await button("拆开").click();
    await page.getByText("✓ 已办", { exact: true }).waitFor();
    await expect.poll(() => page.getByText(`这一件并到了 ${first}`).count()).toBe(0);
    await accept("apart-zh");
    const rows = await stage.service.runtime.database.inCounty(stage.service.jurisdiction("qinghe"), (tx) =>
      tx.select({ state: cases.state }).from(cases).where(eq(cases.number, second)),
    );
    expect(rows).toEqual([{ state: "assigned" }]);
  });

  it("are unsealed by two people of the office, each of whom says why they read it", async () => {
    const { page, go, button, enter, as, accept } = at;
    const lin = await enter("office", "何静");
    const open = async () => {
      await go(`/cases/${sealed}?lang=zh`);
      await page.getByRole("heading", { name: "先想一想" }).waitFor();
      expect(await page.locator("main").textContent()).not.toMatch(/王代表|物业/);
      await button("与我无关，写原因").click();
      await page.getByLabel(/具体说明/).fill("按程序查阅这一件");
      // What the page asks for again by itself takes nobody's words away.
      await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
      await page.waitForLoadState("networkidle");
      expect(await page.getByLabel(/具体说明/).inputValue()).toBe("按程序查阅这一件");
      await button("写明原因，打开").click();
      await page.locator(".bubble").first().waitFor();
    };
    await go(`/cases/${sealed}?lang=zh`);
    await page.getByRole("heading", { name: "先想一想" }).waitFor();
    await accept("door-zh");
    await open();
    await button("解封…").click();
    await page.getByLabel("原因").fill("核实过，不涉及任何人");
    await accept("unseal-zh");
    await button("提议解封").click();
    await page.getByText(/何静 提议解封/).waitFor();
    expect(await button("同意解封…").count()).toBe(0);
    await enter("office", "赵敏");
    await open();
    await page.getByText(/何静 提议解封/).waitFor();
    await accept("proposal-zh");
    await button("同意解封…").click();
    await button("同意解封").click();
    await expect.poll(() => page.getByText(/何静 提议解封/).count()).toBe(0);
    await as(lin);
    await go(`/cases/${sealed}?lang=zh`);
    await page.locator(".bubble").first().waitFor();
    await accept("unsealed-zh");
  });

  it("have no fault that a browser reports", () => {
    expect(at.faults).toEqual([]);
  });
});
