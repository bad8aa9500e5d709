import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrived } from "../arrived.ts";
import { findChromium, openBrowser } from "../chromium.ts";
import { codeOf } from "../http/console/one-time-code.ts";
import { faultsOf, seriousOf } from "./faults.ts";
import { type Clerk, type ConsoleStage, startConsole } from "./stage.ts";

const LIMIT = { timeout: 60_000 };
const executablePath = findChromium("the console in a browser");

describe.runIf(executablePath !== undefined)("the console in Chromium", () => {
  let stage: ConsoleStage;
  let opened: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  let lin: Clerk;
  let faults: string[];

  beforeAll(async () => {
    stage = await startConsole();
    lin = await stage.clerk("office", "林晓");
    opened = await openBrowser(executablePath ?? "chromium", { width: 1366, height: 768 });
    page = await opened.browser.newPage();
    page.setDefaultTimeout(LIMIT.timeout);
    faults = await faultsOf(page);
  });
  afterAll(async () => {
    await opened.close();
    await stage.close();
  });

  const go = (path: string) => page.goto(`${stage.base}/console${path}`);
  const button = (name: string | RegExp): Locator => page.getByRole("button", { name, exact: true });
  const heading = (name: string | RegExp): Locator => page.getByRole("heading", { name }).first();
  /** Looks at the page, or the dialog over it, as somebody who does not see it: nothing serious may be wrong. */
  const accept = async (name: string): Promise<void> => {
    const folder = process.env.LIAISON_SCREENSHOTS;
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    expect({ name, serious: await seriousOf(page) }).toEqual({ name, serious: [] });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect({ name, overflow: overflow > 0 }).toEqual({ name, overflow: false });
  };
  const openCase = async (text: string): Promise<void> => {
    await go("/cases?sort=newest");
    await page.getByRole("row").filter({ hasText: text }).getByRole("link").click();
    await page
      .getByRole("heading", { level: 1 })
      .filter({ hasText: text.slice(0, 12) })
      .waitFor();
  };

  it("lets somebody in by password, and only with a second factor", async () => {
    await go("");
    await page.getByLabel("登录地址").fill(lin.email);
    await page.getByLabel("密码").fill("not the password");
    await button("登录").click();
    await page.getByText("地址或密码不对").waitFor();
    await accept("sign-in");
    await page.getByLabel("密码").fill(lin.password);
    await button("登录").click();
    await heading("先设好两步验证").waitFor();
    await page.getByLabel("请再输入一次密码").fill(lin.password);
    await button("开始").click();
    const secret = (await page.locator(".secret").textContent()) ?? "";
    await accept("enrol");
    await page
      .getByLabel("验证器上显示的 6 位数字")
      .fill(codeOf(`otpauth://totp/x?secret=${secret.replaceAll(" ", "")}`));
    await button("验证").click();
    await expect.poll(() => page.locator(".backup-codes li").count()).toBe(10);
    await accept("backup-codes");
    await page.getByLabel("我已收好这十个备用码").check();
    await button("进入").click();
    await heading("今日").waitFor();
  });

  it("shows what waits, and leads from there into the list and to a case by keys alone", async () => {
    await page.getByRole("heading", { name: "危险" }).waitFor();
    await accept("today");
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await heading("案件").waitFor();
    await expect.poll(() => page.locator("tbody tr").count()).toBe(4);
    expect(await page.locator("tbody").textContent()).not.toContain("王代表");
    await accept("cases");
    await button("＋ 加条件").click();
    await accept("condition");
    await page.getByLabel("待分办").check();
    await page.getByLabel("正在追问").check();
    await button("加上").click();
    await page.getByText("状态: 待分办, 正在追问").waitFor();
    expect(new URL(page.url()).searchParams.getAll("state")).toEqual(["triage", "clarifying"]);
    await expect.poll(() => page.locator("tbody tr").count()).toBe(1);
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: /下水道/ }).waitFor();
    await page.keyboard.press("u");
    await page.getByText("状态: 待分办, 正在追问").waitFor();
  });

  it("finds words without writing them into the address", async () => {
    await go("/cases");
    await page.getByLabel("词语").fill("路灯");
    await page.getByLabel("词语").press("Enter");
    await expect.poll(() => page.locator("tbody tr").count()).toBe(1);
    expect(page.url()).not.toContain(encodeURIComponent("路灯"));
    await page.reload();
    await expect.poll(() => page.getByLabel("词语").inputValue()).toBe("路灯");
    await page.getByLabel("词语").fill("路");
    await button("查找").click();
    await page.getByText("至少要两个字").first().waitFor();
  });

  it("never sends, nor acts, while an input method composes", async () => {
    await openCase("学校那边");
    const field = page.getByLabel("答复居民");
    await field.fill("您好，正在核实");
    await field.evaluate((one: HTMLElement) => {
      const press = ({ keyCode = 13, ...init }: KeyboardEventInit & { keyCode?: number }) => {
        const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init });
        one.dispatchEvent(Object.defineProperty(event, "keyCode", { value: keyCode }));
      };
      one.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
      press({ key: "Enter", ctrlKey: true, isComposing: true });
      press({ key: "Enter", ctrlKey: true, keyCode: 229 });
      one.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "好" }));
      press({ key: "Enter", ctrlKey: true });
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "m", bubbles: true }));
    });
    await field.press("Enter");
    expect(await page.locator("dialog[open]").count()).toBe(0);
    await expect.poll(() => field.inputValue()).toBe("您好，正在核实\n");
    await page.getByText("草稿已存").waitFor();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("核实");
    await page.reload();
    await expect.poll(() => page.getByLabel("答复居民").inputValue()).toContain("您好，正在核实");
  });

  it("tells the slower of two clerks what happened, and sends what they wrote only after they looked again", async () => {
    await openCase("学校那边");
    const number = /2026-\d{6}/.exec(page.url())?.[0] ?? "";
    await page.getByLabel("答复居民").fill("您好，管道公司明天上午来疏通。");
    const zhao = await stage.colleague("office", "赵敏");
    const seen = await zhao.ask("GET", `/cases/${number}`);
    const match = (seen.body as { etag: string }).etag;
    expect((await zhao.write("POST", `/cases/${number}/place`, { grid: "柳东-3" }, { match })).status).toBe(200);
    await page.keyboard.press("Control+Enter");
    await page.getByText("有人刚刚先动了这一件").waitFor();
    await expect.poll(() => page.getByRole("alert").textContent()).toMatch(/赵敏/);
    await accept("faster");
    await button("还是要发：按最新情况再看一遍").click();
    await page.getByText("您好，管道公司明天上午来疏通。").last().waitFor();
    await accept("preview");
    await button("发送（Ctrl+Enter）").click();
    await page.getByText("已交出去发送").waitFor();
    await page.locator(".bubble-office").filter({ hasText: "管道公司明天上午" }).waitFor();
    await stage.service.deliverDue();
    expect(arrived(stage.service.phone("drain")).join("\n")).toContain("管道公司明天上午来疏通");
    expect(await page.getByLabel("答复居民").inputValue()).toBe("");
  });

  it("keeps notes apart and shows each dialog before it does anything", async () => {
    await openCase("柳东村一组的路灯");
    await page.getByLabel("写备注").fill("已打电话，无人接");
    await button("存为内部备注").click();
    await page.getByText("备注已存").waitFor();
    expect(await page.locator(".talk").textContent()).not.toContain("无人接");
    await accept("case");
    for (const name of ["放到网格…", "转给…", "办结…", "改分类…", "改期限…", "封存…"]) {
      await button(name).click();
      await page.locator("dialog[open]").waitFor();
      await accept(`dialog-${name.replace("…", "")}`);
      await page.keyboard.press("Escape");
    }
    await page.keyboard.press("?");
    await accept("keys");
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: 360, height: 640 });
    await accept("case-narrow");
    await go("/cases");
    await page.locator("tbody tr").first().waitFor();
    await accept("cases-narrow");
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it("opens a sealed case for a reason alone", async () => {
    await go("/cases?sealed=true");
    await page.locator("tbody a").first().click();
    await page.getByText("只有县办公室能看").waitFor();
    await accept("sealed");
    await button("与我无关，写原因").click();
    await accept("sealed-reason");
    await page.getByLabel("具体说明").fill("核对是否属于本县");
    await button("写明原因，打开").click();
    await page.locator(".talk").getByText("收了物业的好处").waitFor();
  });

  it("speaks English on every page, has a page for what is not there, and broke no rule on the way", async () => {
    for (const [path, title] of [
      ["", "Today"],
      ["/cases", "Cases"],
      ["/account", "My account"],
      ["/nowhere", "There is nothing here, or it is not for you."],
      ["/cases/2026-999999", "There is nothing here, or it is not for you."],
    ] as const) {
      await go(`${path}?lang=en`);
      await page.locator("main").getByText(title).first().waitFor();
      await expect.poll(() => page.locator(".skeleton").count()).toBe(0);
      await accept(`en-${title.slice(0, 10)}${path.length > 10 ? "-case" : ""}`);
    }
    await go("/account");
    await button("中文").click();
    await heading("我的账号").waitFor();
    await accept("account");
    await button("退出").click();
    await heading("登录").waitFor();
    expect(faults).toEqual([]);
  });

  it("lets an operator invite somebody, who comes in by the link and sees no case before a second factor", async () => {
    const operator = await stage.colleague("operator", "周强");
    await page.context().addCookies([{ name: "liaison", value: operator.cookie() ?? "", url: stage.base }]);
    await go("/staff?lang=zh");
    await page.getByRole("row").filter({ hasText: "林晓" }).waitFor();
    expect(await page.getByRole("navigation", { name: "页面" }).textContent()).not.toContain("案件");
    await accept("staff");
    await button("＋ 邀请一个人").click();
    await accept("invite");
    await page.getByLabel("姓名").fill("孙丽");
    await page.getByLabel("登录地址").fill("sun@qinghe.example");
    await page.getByLabel("角色").selectOption({ label: "复核员" });
    await button("发出邀请").click();
    const link = (await page.locator(".secret").textContent()) ?? "";
    await accept("link");
    await page.context().clearCookies();
    await go(`/invitation${new URL(link).hash}`);
    await page.reload();
    await page.getByText("孙丽，您受邀以“复核员”的身份加入青禾县").waitFor();
    await page.getByLabel("给自己定一个密码").fill("another good password");
    await page.getByLabel("再输入一次").fill("another good passwort");
    await button("设好并进入").click();
    await page.getByText("两次输入的不一样").waitFor();
    await accept("invitation");
    await page.getByLabel("再输入一次").fill("another good password");
    await button("设好并进入").click();
    await heading("先设好两步验证").waitFor();
    expect(page.url()).not.toContain("#");
    expect(faults).toEqual([]);
  });
});
