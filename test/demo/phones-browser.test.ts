import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, openBrowser } from "../chromium.ts";
import { callApi, openCallback, type Stage, startStage } from "./phones-setup.ts";

const LIMIT = { timeout: 60_000 };

const executablePath = findChromium("the phones page in a browser");

describe.runIf(executablePath !== undefined)("the phones page in Chromium", () => {
  let stage: Stage;
  let opened: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    stage = await startStage();
    opened = await openBrowser(executablePath ?? "chromium", { width: 1280, height: 800 });
    page = await opened.browser.newPage();
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("request", (request) => {
      if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) faults.push(`outside: ${request.url()}`);
    });
    await page.goto(stage.url);
  });
  afterAll(async () => {
    await opened.close();
    await stage.close();
  });

  const on = (phone: "resident-phone" | "deputy-phone", id: string) => page.getByTestId(phone).getByTestId(id);
  const shot = async (name: string): Promise<void> => {
    const folder = process.env.LIAISON_SCREENSHOTS;
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
  };

  it("says a text with Enter and shows the reply", async () => {
    await on("resident-phone", "input").fill("楼下路灯不亮");
    await on("resident-phone", "input").press("Enter");
    await page.getByText("收到：楼下路灯不亮").waitFor(LIMIT);
    await expect.poll(() => on("resident-phone", "message").count()).toBe(2);
    expect(await on("resident-phone", "message").first().getAttribute("data-direction")).toBe("out");
    await on("resident-phone", "input").fill("还是不亮");
    await on("resident-phone", "send").click();
    await page.getByText("收到：还是不亮").waitFor(LIMIT);
  });

  it("taps a choice of a menu", async () => {
    const list = [
      { id: "1", content: "满意" },
      { id: "2", content: "不满意" },
    ];
    const msgmenu = { head_content: "这次答复您满意吗？", list, tail_content: "也可以回复数字" };
    await callApi(stage.wechat, "/cgi-bin/message/custom/send", { touser: "r1", msgtype: "msgmenu", msgmenu });
    await on("resident-phone", "choice").nth(1).click(LIMIT);
    await page.getByText("收到：不满意").waitFor(LIMIT);
    expect(openCallback(stage.server.received.at(-1)!)).toMatchObject({ Content: "不满意", bizmsgmenuid: "2" });
  });

  it("sends a drawn photo and one from a file", async () => {
    await on("resident-phone", "sample-photo").click();
    await expect.poll(() => on("resident-phone", "message").locator("img").count()).toBe(1);
    const buffer = Buffer.from(stage.wechat.media("oa", openCallback(stage.server.received.at(-1)!).MediaId!)!.bytes);
    expect(buffer.length).toBeGreaterThan(5000);
    await on("resident-phone", "photo").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer });
    await expect.poll(() => on("resident-phone", "message").locator("img").count()).toBe(2);
  });

  it("shares a place from the map, named after its grid", async () => {
    await on("resident-phone", "map-open").click();
    await page.locator("[data-testid=map][data-ready=true]").waitFor(LIMIT);
    await page.getByTestId("map").click({ position: { x: 230, y: 150 } });
    await shot("map");
    await page.getByTestId("map-send").click();
    await expect.poll(() => openCallback(stage.server.received.at(-1)!).MsgType).toBe("location");
    const { Location_X, Location_Y, Label } = openCallback(stage.server.received.at(-1)!);
    expect(Number(Location_X)).toBeGreaterThan(35.85);
    expect(Number(Location_Y)).toBeGreaterThan(119.2);
    expect(Label).toMatch(/^东关街道第\d+网格附近$/);
  });

  it("scans a code that it found by name", async () => {
    await on("resident-phone", "scan-open").click();
    await page.getByTestId("scan-search").fill("第1网格");
    await page.getByTestId("scan-item").first().click();
    await expect
      .poll(() => page.locator("img.qr").evaluate((qr: HTMLImageElement) => qr.naturalWidth))
      .toBeGreaterThan(100);
    await shot("scan");
    await page.getByTestId("scan-confirm").click();
    await expect
      .poll(() => openCallback(stage.server.received.at(-1)!))
      .toMatchObject({ Event: "SCAN", EventKey: "g:G1" });
  });

  it("binds a deputy with one tap on the hint", async () => {
    await on("deputy-phone", "person-select").click();
    await on("deputy-phone", "person-select").fill("赵秀英");
    await on("deputy-phone", "person-option").first().click();
    await on("deputy-phone", "hint").click();
    await page.getByText("收到：绑定 K7M2Q9").waitFor(LIMIT);
  });

  it("turns to the deputy who received something, but not away from a half-written text", async () => {
    await stage.wechat.phone("oa", "d1").say("列表");
    await expect.poll(() => on("deputy-phone", "person-select").inputValue()).toContain("王建国");
    await on("deputy-phone", "input").fill("正在写");
    const data = { character_string1: { value: "2026-000001" }, thing2: { value: "路灯不亮" } };
    await callApi(stage.wechat, "/cgi-bin/message/template/send", { touser: "d2", template_id: "T1", data });
    await page.getByText("赵秀英代表收到了新消息").waitFor(LIMIT);
    expect(await on("deputy-phone", "person-select").inputValue()).toContain("王建国");
    expect(await on("deputy-phone", "unread").textContent()).toBe("1");
    await shot("wide");
    await page.getByText("赵秀英代表收到了新消息").click();
    await page.getByText("办理通知").waitFor(LIMIT);
    await shot("card");
  });

  it("keeps the chats over a reload, fits a narrow window, and breaks no rule on the way", async () => {
    await page.reload();
    await page.getByText("收到：楼下路灯不亮").waitFor({ ...LIMIT, state: "attached" });
    await page.setViewportSize({ width: 390, height: 844 });
    await shot("narrow");
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(faults).toEqual([]);
  });
});
