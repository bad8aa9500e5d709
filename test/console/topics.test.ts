import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived } from "../arrived.ts";
import { findChromium } from "../chromium.ts";
import { letPass, MINUTE, onlyCase, say } from "../journeys/resident.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("what many people told, in a browser");

describe.runIf(executablePath !== undefined)("what many people told, in Chromium", () => {
  let stage: ConsoleStage;
  let working: { close(): Promise<void> };
  let at: AtPage;
  const phones: Phone[] = [];

  beforeAll(async () => {
    stage = await startConsole();
    working = workAt(stage);
    const { service } = stage;
    for (const person of ["many-1", "many-2", "many-3"]) {
      phones.push(service.phone(person));
      await say(service, phones.at(-1)!, "柳东村三组停水了，一天都没水用");
    }
    await letPass(service, 11 * MINUTE);
    at = await atPage(stage, executablePath, "topics");
  });
  afterAll(async () => {
    await at.close();
    await working.close();
    await stage.close();
  });

  it("waits on Today to be put together, and is: each case is in it by its own number", async () => {
    const { page, go, button, enter, accept } = at;
    await enter("office", "林晓");
    await go("/?lang=zh");
    await page.getByText("像是很多人说的同一件事：是不是一件").first().waitFor();
    await go("/topics?lang=zh");
    await page.getByRole("table", { name: "等人说是不是一件事" }).waitFor();
    await accept("list-zh");
    await page.getByRole("link", { name: "T-2026-0001" }).click();
    await page.getByRole("table", { name: "像是同一件事的案件" }).waitFor();
    await accept("offered-zh");
    await button("是一件事，合在一起办").click();
    await page.getByText("✓ 已合在一起，案件正在归进来").waitFor();
    await letPass(stage.service, 1_000);
    await go("/topics/T-2026-0001?lang=zh");
    const rows = page.getByRole("table", { name: "里面的案件" }).getByRole("row");
    await expect.poll(() => rows.count()).toBe(4);
    await accept("open-zh");
  });

  it("is answered once for all; a case is taken out and put in again; its page names it", async () => {
    const { page, go, button, accept } = at;
    const { service } = stage;
    await page.getByLabel("答复所有人").fill("水管正在修，今晚来水");
    await button("答复所有人").click();
    await page.getByText("✓ 记下了，正在一个一个发").waitFor();
    await letPass(service, 1_000);
    for (const phone of phones) {
      const { number } = await onlyCase(service, phone);
      const answers = arrived(phone).filter((text) => text.includes("今晚来水"));
      expect(answers).toEqual([expect.stringContaining(`编号${number}（3人反映同一件事），县人大代表工作机构答复`)]);
    }
    const { number } = await onlyCase(service, phones[0]!);
    await go("/topics/T-2026-0001?lang=zh");
    await button(`拿出去 ${number}`).click();
    await page.getByText(`✓ ${number} 拿出去了，不会自己再归进来`).waitFor();
    await letPass(service, 1_000);
    expect((await onlyCase(service, phones[0]!)).topic).toBeNull();
    await go("/topics/T-2026-0001?lang=en");
    await page.getByLabel("Put a case into it").fill(number);
    await button("Put in").click();
    await page.getByText(`✓ ${number} is in it`).waitFor();
    await accept("added-en");
    await go(`/cases/${number}?lang=en`);
    await page.getByRole("link", { name: "Told by many people: T-2026-0001" }).waitFor();
    await accept("case-en");
  });

  it("has a code that is printed, and is closed for everybody", async () => {
    const { page, go, button, accept } = at;
    const { service } = stage;
    await go("/topics/T-2026-0001?lang=zh");
    await button("打印这个码").click();
    await page.getByRole("link", { name: /下载/ }).waitFor();
    await accept("poster-zh");
    await page.getByLabel("写给每个人的结果").fill("管子换好了，水来了");
    await page.getByLabel("按谁的话办结").selectOption("deputy");
    await button("办结所有人的").click();
    await page.getByText("✓ 记下了，正在一个一个告诉").waitFor();
    await letPass(service, 1_000);
    for (const phone of phones) {
      const { number, state } = await onlyCase(service, phone);
      expect(state).toBe("closed");
      expect(arrived(phone).filter((text) => text.includes("管子换好了"))).toEqual([
        expect.stringContaining(`编号${number}`),
      ]);
    }
    await go("/topics/T-2026-0001?lang=en");
    await expect.poll(() => page.getByText("Code to put up").count()).toBe(0);
    await accept("closed-en");
  });

  it("had no fault in any page", () => {
    expect(at.faults).toEqual([]);
  });
});
