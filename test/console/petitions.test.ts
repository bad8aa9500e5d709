import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newest } from "../arrived.ts";
import { findChromium } from "../chromium.ts";
import { say } from "../journeys/resident.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("petitions and who writes, in a browser");

describe.runIf(executablePath !== undefined)("petitions, in Chromium", () => {
  let stage: ConsoleStage;
  let working: { close(): Promise<void> };
  let at: AtPage;

  beforeAll(async () => {
    stage = await startConsole();
    working = workAt(stage);
    const { service } = stage;
    await say(service, service.phone("petitioner"), "我要上访，柳东村三组的征地补偿反映三次了没人管");
    await say(service, service.phone("unnamed"), "柳东村三组的养猪场半夜往沟里排污，别说是我说的");
    at = await atPage(stage, executablePath, "petitions");
  });
  afterAll(async () => {
    await at.close();
    await working.close();
    await stage.close();
  });

  it("wait with the days that are left; the notice is written, read by its resident, and printed", async () => {
    const { page, go, button, enter, accept } = at;
    await enter("office", "林晓");
    await go("/?lang=zh");
    await page.getByText("信访告知：等着书面告知归谁管").first().waitFor();
    await go("/petitions?lang=zh");
    await page.getByText(/还剩 1\d 天/).waitFor();
    await accept("list-zh");
    await page.getByRole("button", { name: /写告知/ }).click();
    await page.getByLabel("归哪个单位管").fill("青禾县自然资源局");
    await page.getByLabel("还要告诉居民什么（可不写）").fill("带上土地证。");
    await accept("write-zh");
    await button("给出告知").click();
    await page.getByText(/✓ 信访告知〔\d{4}〕1号已给出/).waitFor();
    await expect.poll(() => newest(stage.service.phone("petitioner"))).toContain("归青禾县自然资源局管");
    await page.getByRole("link", { name: /打印/ }).waitFor();
    await accept("given-zh");
    await go("/petitions?lang=en");
    await page.getByRole("heading", { name: "Petitions" }).waitFor();
    await accept("given-en");
  });

  it("a case says who wrote it; a child is marked with a reason, and a look at words kept back says so", async () => {
    const { page, go, button, accept } = at;
    const one = (await stage.service.cases()).find(({ summary }) => summary.includes("养猪场"));
    await go(`/cases/${one?.number}?lang=zh`);
    await page.getByText("不透露身份", { exact: true }).waitFor();
    await page.getByRole("button", { name: /原文/ }).first().click();
    await page.getByText(/居民要求不让人知道是谁：/).waitFor();
    await accept("originals-zh");
    await page.keyboard.press("Escape");
    await button("标记未成年人…").click();
    await page.getByLabel("原因").last().fill("电话里是孩子的声音");
    await accept("minor-zh");
    await button("标记").click();
    await page.getByText("未成年人", { exact: true }).waitFor();
  });

  it("had no fault in any page", () => {
    expect(at.faults).toEqual([]);
  });
});
