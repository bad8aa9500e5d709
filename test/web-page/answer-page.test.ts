import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { tokenIn } from "../answer-page.ts";
import { arrived, newest } from "../arrived.ts";
import { findChromium, openBrowser } from "../chromium.ts";
import { faultsOf, seriousOf } from "../console/faults.ts";
import { withCase } from "../journeys/delivery.ts";
import { say, short } from "../journeys/resident.ts";
import { startService, type TestService } from "../service.ts";

const chromium = findChromium("the page on which deputies answer, in a browser");
const PHONE = { width: 360, height: 640 } as const;

describe.skipIf(chromium === undefined)("the page on which deputies answer, at 360 by 640", () => {
  let service: TestService;
  let deputy: Phone;
  let first: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  let faults: string[];
  let people = 0;

  beforeAll(async () => {
    service = await startService();
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
    return at;
  }

  async function withLink() {
    people += 1;
    const { phone, number } = await withCase(service, `answer-browser-${people}`);
    await phone.sendPhoto(await picture("#884422"));
    await service.settled();
    await say(service, deputy, `网页 ${short(number)}`);
    const token = tokenIn(deputy);
    return { phone, number, token, address: `${service.url}/a/qinghe#k=${token}` };
  }
  const picture = (background: string, side = 600) =>
    sharp({ create: { width: side, height: side, channels: 3, background } })
      .jpeg()
      .toBuffer();

  /** Nothing serious is wrong for whoever does not see the page, and nothing is wider than the screen. */
  async function accept(at: Page, name: string): Promise<void> {
    const folder = process.env.LIAISON_SCREENSHOTS;
    if (folder !== undefined) await at.screenshot({ path: join(folder, `answer-page-${name}.png`), fullPage: true });
    const overflow = await at.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect({ name, serious: await seriousOf(at), overflow: overflow > 0 }).toEqual({
      ...{ name, serious: [], overflow: false },
    });
  }

  const openOn = (at: Page) => at.getByRole("button", { name: "打开", exact: true });
  const sendOn = (at: Page) => at.getByRole("button", { name: "发出", exact: true });

  it("opens by a touch, takes words and photos, and shows what was sent", async () => {
    const { phone, number, address } = await withLink();
    await page.goto(address);
    // The link leaves the address at once, and nothing is opened before the touch.
    await expect.poll(() => page.evaluate(() => location.hash)).toBe("");
    expect(await page.getByText("路灯坏了").count()).toBe(0);
    await accept(page, "before");
    await openOn(page).click();
    await page.getByText("路灯坏了").first().waitFor();
    await expect.poll(() => page.locator("img.shown").evaluateAll((all) => all.length)).toBe(1);
    await accept(page, "case");
    await page.getByLabel("答复（还没办完）").check();
    await page.getByLabel("您要对居民说的话").fill("电工下午到");
    const files = await Promise.all(
      ["#111111", "#333333", "#555555", "#777777"].map(async (colour, index) => ({
        ...{ name: `${index}.jpg`, mimeType: "image/jpeg", buffer: await picture(colour, 2_500) },
      })),
    );
    await page.getByLabel(/加照片/).setInputFiles(files);
    await sendOn(page).click();
    await page.getByText("您发出的答复").first().waitFor();
    await accept(page, "sent");
    await service.settled();
    await service.deliverDue();
    expect(arrived(phone).join("\n")).toContain("电工下午到");
    expect(newest(deputy)).toContain(`已通过网页答复 ${short(number)}，附4张照片`);
    expect(faults).toEqual([]);
  });

  it("keeps the words where there is no network, and one answer comes of it when there is", async () => {
    const { phone, address } = await withLink();
    await page.goto("about:blank");
    await page.goto(address);
    await openOn(page).click();
    await page.getByLabel("办结（已经有结果）").check();
    await page.getByLabel("您要对居民说的话").fill("灯换好了");
    await first.browser.setOffline(true);
    await sendOn(page).click();
    await page.getByText("没有网络").waitFor();
    await accept(page, "offline");
    await first.browser.setOffline(false);
    await sendOn(page).dblclick();
    await page.getByText("您发出的答复").first().waitFor();
    await service.settled();
    expect(arrived(phone).filter((words) => words.includes("灯换好了"))).toHaveLength(1);
  });

  it("says to a second phone where to open it", async () => {
    const { address } = await withLink();
    await page.goto("about:blank");
    await page.goto(address);
    await openOn(page).click();
    await page.getByText("路灯坏了").first().waitFor();
    const second = await openBrowser(chromium ?? "", PHONE);
    try {
      const other = await opened(second.browser);
      await other.goto(address);
      await openOn(other).click();
      await other.getByText("请在自己的手机上打开").waitFor();
      await accept(other, "other-device");
    } finally {
      await second.close();
    }
  });

  it("works without a script: the link is pasted, the form is a form", async () => {
    const { phone, address } = await withLink();
    const bare = await first.browser
      .browser()
      ?.newContext({ javaScriptEnabled: false, viewport: PHONE, locale: "zh-CN" });
    const at = await (bare ?? first.browser).newPage();
    at.setDefaultTimeout(30_000);
    await at.goto(address);
    await at.getByLabel("链接", { exact: true }).fill(address);
    await openOn(at).click();
    await at.getByLabel("答复（还没办完）").check();
    await at.getByLabel("您要对居民说的话").fill("没有脚本也行");
    await sendOn(at).click();
    await at.getByText("您发出的答复").first().waitFor();
    await service.settled();
    expect(newest(phone)).toContain("没有脚本也行");
    await bare?.close();
  });
});
