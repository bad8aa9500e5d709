import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listCases } from "../../src/casework/cases/case-view.ts";
import { findChromium } from "../chromium.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("a photo on closing, and many cases merged, in a browser");

describe.runIf(executablePath !== undefined)("a photo on closing, and many cases merged, in Chromium", () => {
  let stage: ConsoleStage;
  let working: { close(): Promise<void> };
  let at: AtPage;
  let lights: string[];

  beforeAll(async () => {
    stage = await startConsole();
    working = workAt(stage);
    const { service } = stage;
    for (const who of ["second", "third"]) await service.phone(who).say("柳东村一组路灯不亮，晚上看不见路");
    await service.settled();
    const all = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), listCases);
    lights = all.filter(({ summary }) => summary.includes("路灯")).map(({ number }) => number);
    at = await atPage(stage, executablePath, "photo-and-many");
  });
  afterAll(async () => {
    await at.close();
    await working.close();
    await stage.close();
  });

  it("are chosen in the list, looked at before, and merged with a result for each", async () => {
    const { page, go, button, enter, accept } = at;
    const [leading = "", one = "", two = ""] = lights;
    await enter("office", "林晓");
    await go("/cases?lang=zh");
    for (const number of [leading, one, two]) await page.getByRole("checkbox", { name: `选中 ${number}` }).check();
    await button("合并…").click();
    await page.getByRole("radio", { name: new RegExp(`以 ${leading} 为主办件`) }).waitFor();
    await accept("choose-zh");
    await button("先看会怎样").click();
    await page.getByRole("heading", { name: `能并到 ${leading} 的：2 件` }).waitFor();
    await accept("foreseen-zh");
    await button("合并 2 件").click();
    await page.getByRole("heading", { name: "结果" }).waitFor();
    await expect.poll(() => page.getByText("✓ 已办").count()).toBe(2);
    await accept("merged-zh");
    await go(`/cases/${one}?lang=en`);
    await page.getByText(leading).first().waitFor();
  });

  it("goes with the words of the closing and is seen on the page of the case", async () => {
    const { page, go, button, accept } = at;
    const [leading = ""] = lights;
    const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#4a7a3a" } })
      .jpeg()
      .toBuffer();
    await go(`/cases/${leading}?lang=zh`);
    await button("办结…").click();
    await page.getByLabel("写给居民的结果").fill("六盏灯都换好了");
    const field = page.getByLabel("照片（可不附）");
    await field.setInputFiles({ name: "bad.jpg", mimeType: "image/jpeg", buffer: Buffer.from("不是照片") });
    await page.getByText("照片太大或打不开：请换一张。").waitFor();
    await field.setInputFiles({ name: "lamp.jpg", mimeType: "image/jpeg", buffer: picture });
    await page.getByText("✓ 照片已附上").waitFor();
    await accept("close-zh");
    await button("先看会怎样").click();
    await page
      .getByText(/有一张照片/)
      .first()
      .waitFor();
    await accept("close-preview-zh");
    await button("办结").click();
    await page.getByText("✓ 已办", { exact: true }).waitFor();
    const shown = page.getByRole("img", { name: /办结时附的照片/ });
    await shown.waitFor();
    await expect.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(900);
    await accept("closed-zh");
    await go(`/cases/${leading}?lang=en`);
    await page.getByRole("img", { name: /Photo added when it was closed/ }).waitFor();
    await accept("closed-en");
  });

  it("had no fault in any page", () => {
    expect(at.faults).toEqual([]);
  });
});
