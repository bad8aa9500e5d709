import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { posterLinks } from "../../src/casework/places/scene-links.ts";
import { telegram } from "../../src/channels/telegram/channel.ts";
import { startTelegram } from "../../src/demo/platforms/telegram.ts";
import { findChromium, openBrowser } from "../chromium.ts";
import { faultsOf, seriousOf } from "../console/faults.ts";
import { startService, type TestService } from "../service.ts";
import { openWebChat } from "../web-visitor.ts";

const chromium = findChromium("the page that offers a county's accounts, in a browser");
const toSatellites = (x: number, y: number): [number, number] => [x, y];

let service: TestService;
beforeAll(async () => {
  service = await startService({
    beside: { channel: telegram, startPlatform: (now) => startTelegram({ now, toSatellites }) },
  });
  await openWebChat(service);
});
afterAll(() => service.close());

const page = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${service.url}/c/qinghe${query}`, { headers });
const SCENE = `?s=${encodeURIComponent("g:柳东-2")}`;

describe("the page to which posters lead where a county has several accounts", () => {
  it("offers each of them by its name, its link and its code, and the page for people without an account", async () => {
    const response = await page(SCENE);
    const html = await response.text();
    expect(response.status).toBe(200);
    for (const part of ["用微信说", "用Telegram说", "不用账号", "/w/web?s=g%3A", "https://t.me/"])
      expect(html).toContain(part);
    expect(html).not.toContain("<script");
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(await (await page(`${SCENE}&lang=en`)).text()).toContain("Write with WeChat");
  });

  it("puts the way first that its reader's app is", async () => {
    const inWechat = await (await page(SCENE, { "user-agent": "MicroMessenger/8.0" })).text();
    const positions = ["用微信说", "用Telegram说", "不用账号"].map((words) => inWechat.indexOf(words));
    expect(positions[0]).toBeLessThan(Math.min(...positions.slice(1)));
  });

  it("asks no platform for a scene that the county does not have", async () => {
    const before = service.wechat.log().length;
    const wrong = ["", "?s=g:nowhere", "?s=x:1", `?s=g:${"9".repeat(80)}`];
    for (const query of wrong) expect((await page(query)).status).toBe(404);
    expect((await fetch(`${service.url}/c/nowhere${SCENE}`)).status).toBe(404);
    expect(service.wechat.log()).toHaveLength(before);
    // A scene that was looked at before is not asked for again.
    await page(SCENE);
    await page(SCENE);
    const asked = service.wechat.log().filter((entry) => entry.kind === "call" && entry.path.includes("qrcode"));
    expect(asked.length).toBeLessThanOrEqual(1);
  });

  it("is where posters lead; a county with one account has its platform's name on them", async () => {
    const several = await posterLinks(service.runtime, service.jurisdiction("qinghe"), "g:柳东-2");
    expect(several).toMatchObject({ platform: null, isOneOfSeveral: true });
    expect(await several!.of("g:柳东-2")).toEqual({
      ...{ ok: true, url: "http://127.0.0.1/c/qinghe?s=g%3A%E6%9F%B3%E4%B8%9C-2" },
    });
    const one = await posterLinks(service.runtime, service.jurisdiction("baishi"), "g:1");
    expect(one).toMatchObject({ platform: "微信", isOneOfSeveral: false });
  });

  it.skipIf(chromium === undefined)("is readable for everybody, at 360 by 640", async () => {
    const { browser, close } = await openBrowser(chromium ?? "", { width: 360, height: 640 });
    try {
      const at = await browser.newPage();
      const faults = await faultsOf(at);
      await at.goto(`${service.url}/c/qinghe${SCENE}`);
      await at.getByRole("link", { name: "用微信说" }).waitFor();
      const folder = process.env.LIAISON_SCREENSHOTS;
      if (folder !== undefined) await at.screenshot({ path: join(folder, "landing.png"), fullPage: true });
      const overflow = await at.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([await seriousOf(at), overflow > 0, faults]).toEqual([[], false, []]);
    } finally {
      await close();
    }
  });
});
