import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listCases } from "../../src/casework/cases/case-view.ts";
import { findChromium } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole } from "./stage.ts";

const executablePath = findChromium("what is done with a case, in a browser");

describe.runIf(executablePath !== undefined)("what is done with a case, in Chromium", () => {
  let stage: ConsoleStage;
  let at: AtPage;
  let drain: string;
  let lights: string;
  let zhao: Browser;

  beforeAll(async () => {
    stage = await startConsole();
    const { service } = stage;
    const all = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), listCases);
    const about = (word: string) => all.find(({ summary }) => summary.includes(word))?.number ?? "";
    [drain, lights] = [about("下水道"), about("路灯")];
    at = await atPage(stage, executablePath, "triage");
    zhao = await stage.colleague("office", "赵敏");
    await at.enter("office", "林晓");
  });
  afterAll(async () => {
    await at.close();
    await stage.close();
  });

  it("is found and placed by the keyboard alone, by a part of a name; whoever is slower reads what happened", async () => {
    const { page, go, accept } = at;
    await go("/?lang=zh");
    await page.getByRole("heading", { name: "今日" }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await expect.poll(() => page.locator("tbody tr").count()).toBe(4);
    const mark = page.locator("tr.row-at");
    for (let row = 0; row < 4; row += 1) {
      await page.keyboard.press("j");
      await mark.waitFor();
      if ((await mark.textContent())?.includes("下水道")) break;
    }
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: /下水道/ }).waitFor();
    await page.keyboard.press("p");
    await page.getByLabel("找网格").waitFor();
    await page.keyboard.type("柳东");
    await expect.poll(() => page.locator("fieldset.picks input[type=radio]").count()).toBeGreaterThan(0);
    await page.getByText(/柳东/).first().waitFor();
    await accept("place-zh");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await expect.poll(() => page.locator("fieldset.picks input:checked").count()).toBe(1);
    const { etag } = (await zhao.ask("GET", `/cases/${drain}`)).body as { etag: string };
    const body = { office: true, reason: "先由办公室问清楚" };
    const moved = await zhao.write("POST", `/cases/${drain}/move`, body, { match: etag });
    expect(moved.status).toBe(200);
    await page.keyboard.press("Control+Enter");
    await page.getByText("有人刚刚先动了这一件：").waitFor();
    await page.getByText(/赵敏/).first().waitFor();
    await accept("faster-zh");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("heading", { name: "谁会读到什么" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.getByText("✓ 已办", { exact: true }).waitFor();
    expect((await zhao.ask("GET", `/cases/${drain}`)).body).toMatchObject({
      state: "assigned",
      place: { doubt: "none" },
    });
    const position = page.getByText(/列表第 \d \/ 4 件/);
    const before = await position.textContent();
    await page.keyboard.press(before?.includes("4 / 4") === true ? "u" : "e");
    await expect.poll(async () => ((await position.count()) === 0 ? "" : position.textContent())).not.toBe(before);
  });

  it("is moved to somebody found by name; who cannot have it is listed with the reason", async () => {
    const { page, go, accept } = at;
    const { body } = await zhao.ask("GET", `/cases/${lights}`);
    const { name } = (body as { holder: { name: string } }).holder;
    await go(`/cases/${lights}?lang=zh`);
    await page.getByRole("button", { name: "转给…", exact: true }).click();
    await page.getByLabel("找代表").fill(name);
    const held = page.locator(".pick-unfit").filter({ hasText: name });
    await held.getByText("已经在他那里").waitFor();
    expect(await held.getByRole("radio").isDisabled()).toBe(true);
    await page.getByLabel("找代表").fill("");
    await expect.poll(() => page.locator("fieldset.picks input:enabled").count()).toBeGreaterThan(0);
    await accept("move-zh");
    await go(`/cases/${lights}?lang=en`);
    await page.getByRole("button", { name: "Move to…", exact: true }).click();
    await page.getByLabel("Find a deputy").waitFor();
    await accept("move-en");
  });

  it("is closed on somebody's word, which stands beside the other two claims, until its resident says otherwise", async () => {
    const { page, go, button, accept } = at;
    await go(`/cases/${lights}?lang=zh`);
    await page.getByRole("button", { name: "办结…", exact: true }).click();
    await page.getByLabel("按谁的话办结").selectOption("unit");
    await page.getByLabel(/写给居民的结果/).fill("六盏都换了新的");
    await accept("close-zh");
    await button("先看会怎样").click();
    await button("办结").click();
    await page.getByText("✓ 已办", { exact: true }).waitFor();
    await expect.poll(() => page.locator(".claims").textContent()).toMatch(/单位说办好了/);
    await accept("closed-zh");
    await stage.service.settled();
    await stage.service.phone("lights").say("不满意，还有两盏不亮");
    await stage.service.settled();
    await go(`/cases/${lights}?lang=zh`);
    await expect.poll(() => page.locator(".claims").textContent()).toMatch(/居民说没好/);
    expect((await zhao.ask("GET", `/cases/${lights}`)).body).toMatchObject({ reopenings: 1 });
    await accept("reopened-zh");
    expect(at.faults).toEqual([]);
  });
});
