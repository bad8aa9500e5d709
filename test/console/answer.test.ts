import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrived } from "../arrived.ts";
import { findChromium } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { CUSTOM_SEND } from "../journeys/delivery.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole } from "./stage.ts";

const executablePath = findChromium("an answer until its resident disagrees, in a browser");

describe.runIf(executablePath !== undefined)("an answer of the office, in Chromium", () => {
  let stage: ConsoleStage;
  let at: AtPage;
  let zhao: Browser;
  let number: string;

  beforeAll(async () => {
    stage = await startConsole();
    number = (await stage.service.cases()).find(({ summary }) => summary.includes("下水道"))?.number ?? "";
    at = await atPage(stage, executablePath, "answer");
    zhao = await stage.colleague("office", "赵敏");
    const template = {
      name: "转办说明",
      textZh: "您反映的{number}已收到，现在由{holder}办，{due}前答复。",
      textEn: "",
    };
    const made = await zhao.write("PUT", `/templates/${randomUUID()}`, template, { match: "new" });
    expect(made.status).toBe(200);
    await at.enter("office", "林晓");
  });
  afterAll(async () => {
    await at.close();
    await stage.close();
  });

  const claims = () => at.page.locator(".claims").textContent();

  it("is made of a template, seen as its resident will read it, sent by keys, and followed until the platform has it", async () => {
    const { page, go, accept } = at;
    await go("/cases?lang=zh");
    await page.getByRole("row").filter({ hasText: "下水道" }).getByRole("link").click();
    await page.getByRole("heading", { name: /下水道/ }).waitFor();
    await page.keyboard.press("a");
    await page.getByLabel("常用语").selectOption({ label: "转办说明" });
    const field = page.getByRole("textbox", { name: "答复居民" });
    await expect.poll(() => field.inputValue()).toContain(`您反映的${number}已收到，现在由县办公室办`);
    await field.fill(`${await field.inputValue()}管道公司的电话是13911112222。`);
    expect(await page.locator(".composer").textContent()).toMatch(/还可直接发 \d+ 条，为答复留 1 条/);
    stage.service.wechat.fail({ path: CUSTOM_SEND, times: 1, kind: "slow", delayMs: 4_000 });
    await field.press("Control+Enter");
    const preview = page.getByRole("region", { name: "这样做之后" });
    await preview.getByText("管道公司的电话是13911112222").waitFor();
    await accept("preview-zh");
    await page.keyboard.press("Control+Enter");
    const bubble = page.locator(".bubble-office").filter({ hasText: `您反映的${number}已收到` });
    await bubble.getByText(/◐ (等着发出|正在发出)/).waitFor();
    await bubble.getByText("✓ 平台已收下").waitFor();
    expect(await bubble.textContent()).toContain("139****2222");
    expect(arrived(stage.service.phone("drain")).join("\n")).toContain(`您反映的${number}已收到`);
    await accept("delivered-zh");
  });

  it("is closed on the unit's word, which its resident has not confirmed", async () => {
    const { page, accept } = at;
    const { etag } = (await zhao.ask("GET", `/cases/${number}`)).body as { etag: string };
    const placed = await zhao.write("POST", `/cases/${number}/place`, { grid: "柳东-3" }, { match: etag });
    expect(placed.status).toBe(200);
    await page.getByText("打开以后有变化：").filter({ hasText: "交给李秀兰代表" }).waitFor();
    await page.getByRole("button", { name: "显示", exact: true }).click();
    await page.keyboard.press("c");
    await page.getByLabel("按谁的话办结").selectOption("unit");
    await page.getByLabel(/写给居民的结果/).fill("管道已疏通，井盖也换了新的");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("heading", { name: "谁会读到什么" }).waitFor();
    await accept("closing-zh");
    await page.keyboard.press("Control+Enter");
    await page.getByText("✓ 已办", { exact: true }).waitFor();
    await expect.poll(claims).toMatch(/单位说办好了.*居民没有说/);
  });

  it("is open again with the same deputy when its resident disagrees, and stands in Today", async () => {
    const { page, go, accept } = at;
    const before = (await zhao.ask("GET", `/cases/${number}`)).body as { holder: { code: string } };
    expect(before.holder.code).toBe("D001");
    await stage.service.settled();
    await stage.service.phone("drain").say("不满意，还是堵的");
    await stage.service.settled();
    await page.getByText("打开以后有变化：").waitFor();
    await page.getByRole("button", { name: "显示", exact: true }).click();
    await expect.poll(claims).toMatch(/单位说办好了.*居民说没好/);
    expect((await zhao.ask("GET", `/cases/${number}`)).body).toMatchObject({
      ...{ state: "assigned", reopenings: 1, holder: before.holder },
    });
    await accept("reopened-zh");
    await go("/?lang=zh");
    const line = page.locator(".today li").filter({ hasText: "办结后重开、还在办的" });
    await line.getByText(number).waitFor();
    await accept("today-zh");
    await line.getByRole("link", { name: /看/ }).first().click();
    await page.getByRole("row").filter({ hasText: "下水道" }).waitFor();
    expect(at.faults).toEqual([]);
  });
});
