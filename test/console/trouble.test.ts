import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { stations } from "../../db/schema/places.ts";
import { users } from "../../db/schema/users.ts";
import { arrived } from "../arrived.ts";
import { findChromium } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { CUSTOM_SEND } from "../journeys/delivery.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("what becomes of answers that do not arrive, in a browser");
const LIMIT = { timeout: 60_000, interval: 200 };
/** What the operator wrote down of a template that is not there any more, and of one that is. */
const GONE = "TEMPLATE-GONE:character_string1={number},thing2={summary},name3={deputy},date4={date}";
const THERE = GONE.replace("TEMPLATE-GONE", "TEMPLATE-NOTICE-1");

type Account = { readonly name: string; readonly etag: string; readonly settings: object };

describe.runIf(executablePath !== undefined)("answers that do not arrive, in Chromium", () => {
  let stage: ConsoleStage;
  let worker: { close(): Promise<void> };
  let at: AtPage;
  let lin: Browser;
  let operator: Browser;
  const numbers = { lights: "", heating: "", gas: "" };

  beforeAll(async () => {
    stage = await startConsole();
    const { service } = stage;
    const { wechat } = service;
    worker = workAt(stage, new URL(wechat.account("qinghe").webhookUrl).origin);
    at = await atPage(stage, executablePath, "trouble");
    lin = await stage.colleague("office", "林晓");
    operator = await stage.colleague("operator", "周强");
    const { items } = (await operator.ask("GET", "/accounts")).body as { items: Account[] };
    const account = items.find(({ name }) => name === "qinghe")!;
    const body = { settings: { ...account.settings, template: GONE }, secrets: {} };
    await operator.write("PUT", "/accounts/wechat-official/qinghe", body, { match: account.etag });
    await vi.waitFor(async () => {
      const found = await service.runtime.accounts.find("wechat-official", "qinghe");
      expect(JSON.stringify(found?.settings)).toContain("TEMPLATE-GONE");
    }, LIMIT);
    const all = await service.cases();
    for (const [who, word] of [
      ["lights", "路灯"],
      ["heating", "暖气"],
      ["gas", "煤气"],
    ] as const)
      numbers[who] = all.find(({ summary }) => summary.includes(word))?.number ?? "";
    // One follows no more, of one the platform says nothing, one is silent for longer than the platform lets anybody write.
    await service.phone("lights").unfollow();
    wechat.fail({ path: CUSTOM_SEND, to: "o_heating", times: 1, kind: "accept-then-hang" });
    wechat.closeWindow("o_gas");
    for (const [who, text] of [
      ["lights", "明天上午有人来修路灯"],
      ["heating", "供热公司今天下午上门测温"],
      ["gas", "燃气公司已经到楼下"],
    ] as const) {
      const { etag } = (await lin.ask("GET", `/cases/${numbers[who]}`)).body as { etag: string };
      const answered = await lin.write("POST", `/cases/${numbers[who]}/answer`, { text }, { match: etag });
      expect(answered.status).toBe(200);
    }
    await service.settled();
  });
  afterAll(async () => {
    await at.close();
    await worker.close();
    await stage.close();
  });

  const read = (who: string) => arrived(stage.service.phone(who)).join("\n");

  it("stand in Today, and are told by reason with who acts", async () => {
    const { page, go, as, accept } = at;
    await as(lin);
    await go("/?lang=zh");
    const line = page.locator(".today > li").filter({ hasText: "答复送不到" });
    await line.getByText("3", { exact: true }).waitFor();
    await accept("today-zh");
    await line.getByRole("link", { name: /看是什么原因/ }).click();
    const groups = page.locator(".groups > li");
    for (const [said, acts] of [
      ["对方不再关注账号 1 条", "由办公室处理"],
      ["通知模板不对 1 条", "由系统管理员处理"],
      ["平台没有回话 1 条", "由办公室处理"],
    ] as const)
      await groups.filter({ hasText: said }).getByText(acts).waitFor();
    await accept("groups-zh");
  });

  it("are told by telephone where nothing else reaches: the station rings up, and the thread says so", async () => {
    const { page, go, button, enter, accept } = at;
    await go("/deliveries?lang=zh&state=waits-for-contact&reason=unfollowed");
    await page.getByRole("link", { name: /看经过/ }).click();
    await button("请站里打电话…").click();
    await button("交给站里打").click();
    await page.getByText("✓ 已交给站里打电话").waitFor();
    await enter("station", "站务小周");
    await stage.service.runtime.database.inCounty(stage.service.jurisdiction("qinghe"), async (tx) => {
      const [own] = await tx.select({ id: stations.id }).from(stations).where(eq(stations.code, "ST01"));
      await tx
        .update(users)
        .set({ stations: [own!.id] })
        .where(eq(users.name, "站务小周"));
    });
    await go("/phone?lang=zh");
    await button(`打电话… ${numbers.lights}`).click();
    await page.getByText("明天上午有人来修路灯").waitFor();
    await button("显示号码").click();
    await page.getByRole("link", { name: "13800001111" }).waitFor();
    await page.getByLabel(/说了什么/).fill("已告知明天上午来修");
    await button("记下结果").click();
    await page.getByText("✓ 已记下").waitFor();
    await go(`/cases/${numbers.lights}?lang=zh`);
    await page.getByText("已告知明天上午来修").waitFor();
    await page.getByText("✓ 当面或电话告知").first().waitFor();
    await accept("told-zh");
  });

  it("are found to want another template by the live test, which is green when the operator has mended it", async () => {
    const { page, go, button, as, accept } = at;
    await as(operator);
    await go("/accounts?lang=zh");
    await button("试一试 qinghe").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("平台上没有这个模板").waitFor();
    await accept("template-gone-zh");
    await page.keyboard.press("Escape");
    await page
      .getByRole("row")
      .filter({ hasText: "qinghe" })
      .getByRole("button", { name: /^改设置和密钥…/ })
      .click();
    await page.getByLabel(/^通知模板/).fill(THERE);
    await button("保存").click();
    await page.getByText("已保存").waitFor();
    await button("试一试 qinghe").click();
    await dialog.getByText("✓ 都通了。").waitFor();
    await page.keyboard.press("Escape");
  });

  it("leave when their reason is tried again; what may have arrived waits until the office decides", async () => {
    const { page, go, button, as, accept } = at;
    await go("/deliveries?lang=zh&state=waits-for-contact&reason=template-wrong");
    await button("前 1 条再试…").click();
    await button("再发").click();
    await page.getByText("1 条里 1 条已重新排队").waitFor();
    await stage.service.deliverDue();
    await expect.poll(() => stage.service.phone("gas").messages().at(-1), LIMIT).toMatchObject({ rung: "template" });
    await as(lin);
    await go("/deliveries?lang=zh&state=uncertain");
    await page.getByRole("link", { name: /看经过/ }).click();
    await page.getByText("没有回话，也许到了").waitFor();
    expect(read("heating").split("供热公司今天下午上门测温")).toHaveLength(2);
    await button("再发一次…").click();
    await page.getByLabel("我知道可能收到两遍，仍然要发").check();
    await button("再发").click();
    await page.getByText("已重新排队").waitFor();
    await stage.service.deliverDue();
    await expect.poll(() => read("heating").split("供热公司今天下午上门测温").length).toBe(3);
    await go("/?lang=zh");
    await page.locator(".today > li").filter({ hasText: "答复送不到" }).waitFor();
    await accept("after-zh");
    expect(at.faults).toEqual([]);
  });
});
