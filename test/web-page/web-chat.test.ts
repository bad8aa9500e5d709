import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { findChromium, openBrowser } from "../chromium.ts";
import { faultsOf, seriousOf } from "../console/faults.ts";
import { startService, type TestService } from "../service.ts";
import { openWebChat } from "../web-visitor.ts";

const chromium = findChromium("the page of the web chat in a browser");
const PHONE = { width: 360, height: 640 } as const;

type Opened = Awaited<ReturnType<typeof openBrowser>>;

describe.skipIf(chromium === undefined)("the page of the web chat, at 360 by 640", () => {
  let service: TestService;
  let deputy: Phone;
  let first: Opened;
  let page: Page;
  let faults: string[];
  let houses = 0;
  const lamp = () => {
    houses += 1;
    return `柳东村三组${houses}号楼前路灯坏了`;
  };
  const address = () => `${service.url}/w/web`;

  beforeAll(async () => {
    service = await startService();
    await openWebChat(service);
    deputy = await service.deputy("D001");
    first = await openBrowser(chromium ?? "", PHONE);
    page = await opened(first.browser);
    faults = await faultsOf(page);
  });
  afterAll(async () => {
    await first?.close();
    await service?.close();
  });

  async function opened(browser: BrowserContext): Promise<Page> {
    const at = await browser.newPage();
    at.setDefaultTimeout(30_000);
    // Each test's people come from a house of their own.
    houses += 1;
    await at.setExtraHTTPHeaders({ "x-forwarded-for": `203.0.113.${houses}` });
    return at;
  }

  /** Nothing serious is wrong for whoever does not see the page, and nothing is wider than the screen. */
  async function accept(at: Page, name: string): Promise<void> {
    const folder = process.env.LIAISON_SCREENSHOTS;
    if (folder !== undefined) await at.screenshot({ path: join(folder, `web-chat-${name}.png`), fullPage: true });
    const overflow = await at.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect({ name, serious: await seriousOf(at), overflow: overflow > 0 }).toEqual({
      name,
      serious: [],
      overflow: false,
    });
  }

  const lines = (at: Page, by = "line") => at.locator(`article.${by} p.words`);
  const sendOn = (at: Page) => at.getByRole("button", { name: "发送", exact: true });
  const write = (at: Page, text: string) => at.getByLabel("写下您的事").fill(text);
  const isSent = (at: Page, text: string) => expect.poll(() => lines(at, "visitor").allTextContents()).toContain(text);

  it("is written and read on: words, a receipt that comes by itself, the deputy's answer", async () => {
    await page.goto(`${address()}?s=g:柳东-3`);
    await accept(page, "first");
    const text = lamp();
    await write(page, text);
    await sendOn(page).click();
    await page.waitForURL(/\/mine$/);
    await isSent(page, text);
    await expect.poll(() => lines(page, "service").allTextContents()).toContainEqual(expect.stringContaining("编号"));
    await expect
      .poll(() => page.locator("#cases li").allTextContents())
      .toContainEqual(expect.stringContaining("有代表负责"));
    await accept(page, "after");
    const [one] = await service.cases();
    await deputy.say(`回复 ${Number(one!.number.slice(5))} 电工明天上午来修`);
    await expect
      .poll(() => lines(page, "service").allTextContents(), { timeout: 20_000 })
      .toContainEqual(expect.stringContaining("电工明天上午来修"));
    await page.getByRole("link", { name: "大字" }).click();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("24px");
    await accept(page, "large");
    await page.getByRole("link", { name: "小字" }).click();
    expect(faults).toEqual([]);
  });

  it("sends once, however often the button is tapped", async () => {
    const text = lamp();
    await write(page, text);
    await sendOn(page).dblclick();
    await isSent(page, text);
    await sendOn(page).evaluate((button: HTMLElement) => button.click());
    await service.settled();
    expect((await lines(page, "visitor").allTextContents()).filter((line) => line === text)).toHaveLength(1);
  });

  it("keeps words while there is no network, and sends them once when it is back", async () => {
    const text = lamp();
    await first.browser.setOffline(true);
    await write(page, text);
    await sendOn(page).click();
    await expect
      .poll(() => page.getByRole("status").allTextContents())
      .toContainEqual(expect.stringContaining("没有网"));
    expect(await page.getByLabel("写下您的事").inputValue()).toBe(text);
    await first.browser.setOffline(false);
    await isSent(page, text);
    await service.settled();
    expect((await lines(page, "visitor").allTextContents()).filter((line) => line === text)).toHaveLength(1);
    expect(await page.getByLabel("写下您的事").inputValue()).toBe("");
  });

  it("goes back and forth without sending anything again", async () => {
    const before = await lines(page, "visitor").count();
    await page.goto("about:blank");
    await page.goBack();
    await expect.poll(() => lines(page, "visitor").count()).toBe(before);
    await page.reload();
    await service.settled();
    expect(await lines(page, "visitor").count()).toBe(before);
  });

  it("shows a place on the map, by touch and by keyboard, and takes it away again", async () => {
    await page.getByRole("button", { name: "在地图上点" }).click();
    await page.locator(".map[data-ready]").waitFor();
    await accept(page, "map");
    await page.locator(".map").click({ position: { x: 150, y: 150 } });
    await page.getByRole("button", { name: "就是这里" }).click();
    await expect.poll(() => page.locator("#chosen").textContent()).toContain("地方选好了");
    await page.getByRole("button", { name: "去掉这个地方" }).click();
    await expect.poll(() => page.locator("#chosen").textContent()).toContain("还没有选地方");
    await page.getByRole("button", { name: "在地图上点" }).click();
    await page.locator(".map[data-ready]").waitFor();
    await page.getByRole("button", { name: "选地图中间" }).click();
    await page.getByRole("button", { name: "就是这里" }).click();
    await write(page, lamp());
    await sendOn(page).click();
    await expect.poll(() => lines(page, "visitor").allTextContents()).toContain("在地图上选的地方");
  });

  it("asks for the phone's position only by the button, and for the map where that is vague", async () => {
    await first.browser.grantPermissions(["geolocation"], { origin: service.url });
    await first.browser.setGeolocation({ latitude: 36, longitude: 119.4, accuracy: 900 });
    await page.getByRole("button", { name: "用手机定位" }).click();
    await expect.poll(() => page.locator("#chosen").textContent()).toContain("900米");
    await page.locator(".map[data-ready]").waitFor();
    await page.getByRole("button", { name: "不选了" }).click();
    await first.browser.setGeolocation({ latitude: 36, longitude: 119.4, accuracy: 20 });
    await page.getByRole("button", { name: "用手机定位" }).click();
    await expect.poll(() => page.locator("#chosen").textContent()).toContain("地方选好了");
    await page.getByRole("button", { name: "去掉这个地方" }).click();
  });

  it("makes photos small before they leave, and refuses one of thirty megabytes with a sentence", async () => {
    service.advance(121_000);
    const noise = Buffer.from(Array.from({ length: 300 * 200 * 3 }, (_, at) => (at * 2_654_435_761) % 256));
    const photo = await sharp(noise, { raw: { width: 300, height: 200, channels: 3 } })
      .resize(3000, 2000)
      .jpeg()
      .toBuffer();
    const sent: number[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/say")) sent.push(request.postDataBuffer()?.length ?? 0);
    });
    const file = (buffer: Buffer) => ({ name: "IMG_1.jpg", mimeType: "image/jpeg", buffer });
    await page.getByLabel("加照片").setInputFiles(file(photo));
    await write(page, lamp());
    await sendOn(page).click();
    const picture = page.locator("article.visitor img").last();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1600);
    expect(await page.getByLabel("加照片").inputValue()).toBe("");
    await page.getByLabel("加照片").setInputFiles(file(Buffer.alloc(30 * 1024 * 1024, 7)));
    await sendOn(page).click();
    await expect.poll(() => page.locator("#state").textContent()).toContain("照片太大了");
    await accept(page, "refused");
    expect(sent).toHaveLength(1);
    await page.getByLabel("加照片").setInputFiles([]);
  });

  it("opens on another device by link and code; the link forwarded alone opens nothing", async () => {
    const second = await openBrowser(chromium ?? "", PHONE);
    try {
      const link = await page.locator("#link").inputValue();
      const code = await page.locator(".code").textContent();
      const other = await opened(second.browser);
      const requested: string[] = [];
      other.on("request", (request) => requested.push(`${request.url()} ${JSON.stringify(request.headers())}`));
      await other.goto(link.replace(/^.*(?=\/w\/)/, service.url));
      await expect.poll(() => other.evaluate(() => location.hash)).toBe("");
      await other.getByLabel("六位口令").waitFor();
      expect(await lines(other).count()).toBe(0);
      await accept(other, "link");
      const token = /#k=(.*)$/.exec(link)?.[1] ?? "";
      expect(requested.join("\n")).not.toContain(token);
      await other.getByLabel("六位口令").fill(code === "000000" ? "000001" : "000000");
      await other.getByRole("button", { name: "打开", exact: true }).click();
      await expect
        .poll(() => other.getByRole("alert").allTextContents())
        .toContainEqual(expect.stringContaining("不对"));
      await other.getByLabel("存好的链接").fill(link);
      await other.getByLabel("六位口令").fill(code ?? "");
      await other.getByRole("button", { name: "打开", exact: true }).click();
      await expect.poll(() => lines(other).count()).toBeGreaterThan(3);
      const text = lamp();
      await write(other, text);
      await sendOn(other).click();
      await isSent(other, text);
      await page.getByRole("button", { name: "我存好了" }).click();
      await isSent(page, text);
      await expect.poll(() => page.locator("#link").count()).toBe(0);
    } finally {
      await second.close();
    }
  });

  it("works without its script: a form, its answer, and the next question", async () => {
    const plain = await openBrowser(chromium ?? "", PHONE);
    try {
      const at = await opened(plain.browser);
      await at.route("**/assets/*.js", (route) => route.abort());
      await at.goto(`${address()}?lang=zh`);
      await accept(at, "no-script");
      const text = "路灯坏了，黑得很";
      await write(at, text);
      await at.getByLabel("加照片").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: await tiny() });
      await sendOn(at).click();
      await at.waitForURL(/\/mine/);
      await service.settled();
      service.advance(4_000);
      await service.deliverDue();
      await at.reload();
      await isSent(at, text);
      expect(await at.locator("article.visitor img").count()).toBe(1);
      expect(await at.locator("#link").inputValue()).toContain("#k=");
      await accept(at, "no-script-after");
      await at.getByRole("button", { name: "问进度" }).click();
      await isSent(at, "进度");
      await at.getByLabel("写下您的事").fill("  ");
      await sendOn(at).click();
      await expect
        .poll(() => at.getByRole("alert").allTextContents())
        .toContainEqual(expect.stringContaining("还没有写"));
    } finally {
      await plain.close();
    }
  });
});

function tiny(): Promise<Buffer> {
  return sharp({ create: { width: 20, height: 20, channels: 3, background: "#0a0" } })
    .jpeg()
    .toBuffer();
}
