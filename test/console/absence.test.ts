import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived } from "../arrived.ts";
import { findChromium } from "../chromium.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole } from "./stage.ts";

const executablePath = findChromium("an absence and its substitute, in a browser");
const AWAY = "李秀兰";
const STANDS_IN = "王建国";

describe.runIf(executablePath !== undefined)("a deputy's absence, in Chromium", () => {
  let stage: ConsoleStage;
  let at: AtPage;
  let away: Phone;
  let standsIn: Phone;
  /** The two cases of the deputy, the older one first. */
  const numbers: string[] = [];

  beforeAll(async () => {
    stage = await startConsole();
    const { service } = stage;
    away = await service.deputy("D001");
    standsIn = await service.deputy("D002");
    for (const [who, said] of [
      ["older", "柳东村二组的下水道堵了半个月，臭得很"],
      ["newer", "柳东村三组的垃圾半个月没人收"],
    ] as const) {
      await service.phone(who).say(said);
      await service.settled();
      numbers.push((await service.cases()).find(({ summary }) => summary === said)?.number ?? "");
    }
    at = await atPage(stage, executablePath, "absence");
    await at.enter("office", "林晓");
  });
  afterAll(async () => {
    await at.close();
    await stage.close();
  });

  const read = (phone: Phone) => arrived(phone).join("\n");
  const meanwhile = () => at.page.getByRole("table", { name: "请假期间到了别人那里、还没办结的" });

  it("shows first which cases go where, the oldest first, and what each would read; then both sides are told just that", async () => {
    const { page, go, button, accept } = at;
    await go("/people/D001?lang=zh");
    await page.getByRole("table", { name: /在办案件/ }).waitFor();
    expect(await meanwhile().count()).toBe(0);
    await button("登记请假…").click();
    const until = new Date(stage.service.runtime.now().getTime() + 9 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel(/最后一天/).fill(until);
    await page.getByLabel("代理人").selectOption({ label: `${STANDS_IN} (同网格)` });
    await button("先看会怎样").click();
    await page.getByText("2 件会交给别人（最早的先转）").waitFor();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("listitem").filter({ hasText: "→" }).allTextContents()).toEqual([
      expect.stringContaining(`${numbers[0]} → ${STANDS_IN}`),
      expect.stringContaining(`${numbers[1]} → ${STANDS_IN}`),
    ]);
    const told = await dialog.locator(".told blockquote").allTextContents();
    expect(told).toHaveLength(3);
    expect(read(standsIn)).not.toContain(numbers[0]);
    await accept("preview-zh");
    await button("登记").click();
    await page.getByText("请假已登记").waitFor();
    await stage.service.settled();
    const all = [read(away), read(standsIn), read(stage.service.phone("older"))].join("\n").replace(/\s/g, "");
    for (const text of told) expect(all).toContain(text.replace(/\s/g, ""));
    expect(read(away)).toContain("请假开始了");
    expect(read(stage.service.phone("newer"))).toContain(`${STANDS_IN}代表`);
  });

  it("stands in the list of absences, with what moved meanwhile beside it", async () => {
    const { page, accept } = at;
    await page.getByRole("row").filter({ hasText: STANDS_IN }).getByText("◐ 正在请假").waitFor();
    expect(await meanwhile().locator("tbody tr").count()).toBe(2);
    expect(await meanwhile().textContent()).toContain(numbers[0]);
    await accept("away-zh");
  });

  it("ends early, and nothing moves back by itself: what moved is a list from which each is moved by hand", async () => {
    const { page, go, button, accept } = at;
    await button("提前结束").click();
    await page.getByText("不会自动回来").first().waitFor();
    await button("结束").click();
    await page.getByText("✓ 已结束").waitFor();
    await stage.service.settled();
    expect(arrived(away).at(-1)).toContain("欢迎回来");
    expect(await meanwhile().locator("tbody tr").count()).toBe(2);
    await accept("ended-zh");
    await meanwhile().getByRole("link", { name: numbers[0] }).click();
    await button("转给…").click();
    await page.getByLabel("找代表").fill(AWAY);
    await page.locator("fieldset.picks").getByText(AWAY).waitFor();
    await page.locator("fieldset.picks").getByRole("radio").first().check();
    await page.getByLabel(/原因/).fill("她回来了");
    await button("先看会怎样").click();
    await button("转过去").click();
    await page.getByText("✓ 已办", { exact: true }).waitFor();
    await go("/people/D001?lang=en");
    const moved = page.getByRole("table", { name: "Moved to somebody else meanwhile, and still open" });
    await expect.poll(() => moved.locator("tbody tr").count()).toBe(1);
    expect(await moved.textContent()).toContain(numbers[1]);
    await accept("moved-back-en");
    expect(at.faults).toEqual([]);
  });

  it("comes again each week where that is entered, is told so, and ends on a word", async () => {
    const { page, go, button, accept } = at;
    await go("/people/D002?lang=zh");
    await button("登记每周不在…").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("周三").check();
    await dialog.getByLabel("周五").check();
    await accept("weekly-dialog");
    await dialog.getByRole("button", { name: "登记" }).click();
    await page.getByText("每周不在的日子已登记").waitFor();
    await stage.service.settled();
    expect(read(standsIn)).toMatch(/记下了，您每周三、周五（从.*起）不在/);
    const row = page.getByRole("table", { name: "每周不在的日子" }).getByRole("row").filter({ hasText: "周三、周五" });
    await row.getByText("一直").waitFor();
    await accept("weekly-zh");
    await row.getByRole("button", { name: "不再算" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "结束" }).click();
    await page.getByText("每周不在已结束").waitFor();
    await stage.service.settled();
    expect(read(standsIn)).toContain("每周三、周五不再算不在");
    expect(await page.getByRole("table", { name: "每周不在的日子" }).count()).toBe(0);
  });
});
