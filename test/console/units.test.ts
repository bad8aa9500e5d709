import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { newest } from "../arrived.ts";
import { findChromium } from "../chromium.ts";
import { say } from "../journeys/resident.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("units and the three claims, in a browser");

describe.runIf(executablePath !== undefined)("units and the three claims, in Chromium", () => {
  let stage: ConsoleStage;
  let working: { close(): Promise<void> };
  let at: AtPage;
  let deputy: Phone;
  let number: string;

  beforeAll(async () => {
    stage = await startConsole();
    working = workAt(stage);
    const { service } = stage;
    deputy = await service.deputy("D003");
    const lights = (await service.cases()).find(({ summary }) => summary.includes("路灯"));
    number = lights?.number ?? "";
    await say(service, deputy, `转办 ${Number(number.slice(5))} 住建局，请修灯`);
    at = await atPage(stage, executablePath, "units");
  });
  afterAll(async () => {
    await at.close();
    await working.close();
    await stage.close();
  });

  it("are listed with who speaks for them; a code that is shown once binds somebody", async () => {
    const { page, go, button, enter, accept } = at;
    const { service } = stage;
    await enter("office", "林晓");
    await go("/units?lang=zh");
    await page.getByRole("table", { name: "单位" }).waitFor();
    await page.getByText("单位没有人在聊天里：请打电话。").first().waitFor();
    await accept("list-zh");
    await button("聊天和手上的… 住房和城乡建设局").click();
    await button("做一个绑定码").click();
    const said = (await page.locator(".secret").textContent()) ?? "";
    await accept("code-zh");
    const unit = service.phone("of-unit");
    await say(service, unit, said);
    expect(newest(unit)).toContain(`【交办】${Number(number.slice(5))}号`);
    await go("/units?lang=en");
    await page.getByText("people: 1").waitFor();
    await accept("list-en");
  });

  it("say what they say, the deputy and the resident too, in three columns; the office takes a step for them", async () => {
    const { page, go, button, accept } = at;
    const { service } = stage;
    const short = Number(number.slice(5));
    await go(`/cases/${number}?lang=zh`);
    await page.getByRole("heading", { name: "交给单位" }).waitFor();
    await button("记一步…").click();
    await page.getByLabel("是哪一步").selectOption("asks-for-time");
    await page.getByLabel("想延到哪天").fill("2099-01-20");
    await page.getByLabel("单位的话").fill("等配件");
    await accept("step-zh");
    await button("先看会怎样").click();
    await page.getByText("等配件").first().waitFor();
    await button("记下").click();
    await page.getByText("✓ 已办", { exact: true }).waitFor();
    await page.getByText(/单位想延到 .*2099.*等办公室同意/).waitFor();
    await say(service, service.phone("of-unit"), `办结 ${short} 已更换6盏`);
    await say(service, deputy, "1", "六盏灯都亮了");
    await say(service, service.phone("lights"), "2");
    await go(`/cases/${number}?lang=zh`);
    const claims = page.locator(".claims");
    await claims.getByText("去看过").waitFor();
    expect(await claims.allTextContents()).toMatchObject([expect.stringMatching(/说办好了.*说好了.*去看过.*说没好/s)]);
    await accept("claims-zh");
    await go(`/cases/${number}?lang=en`);
    await page.locator(".claims").getByText("was there").waitFor();
    await accept("claims-en");
  });

  it("had no fault in any page", () => {
    expect(at.faults).toEqual([]);
  });
});
