import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { caseNotes, phoneTasks } from "../../db/schema/console.ts";
import { phoneDeputy } from "../../src/casework/cases/phone-tasks.ts";
import { findChromium } from "../chromium.ts";
import { putMedia } from "../http/sent-media.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole } from "./stage.ts";

const executablePath = findChromium("what residents sent, and calls to deputies, in a browser");
/** The smallest photo: one dot. */
const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe.runIf(executablePath !== undefined)("what a resident sent, and a call to a deputy, in Chromium", () => {
  let stage: ConsoleStage;
  let at: AtPage;
  let number: string;

  const rows = <T>(work: Parameters<typeof stage.service.runtime.database.inCounty<T>>[1]) =>
    stage.service.runtime.database.inCounty(stage.service.jurisdiction("qinghe"), work);

  beforeAll(async () => {
    stage = await startConsole();
    const { service } = stage;
    number = (await service.cases()).find(({ summary }) => summary.includes("路灯"))?.number ?? "";
    const { runtime } = service;
    const kept = { db: runtime, county: { id: service.jurisdiction("qinghe") }, runtime };
    await putMedia({ office: kept }, number, "resident", { bytes: DOT.toString("latin1"), encoding: "latin1" });
    at = await atPage(stage, executablePath, "media-and-calls");
    await at.enter("office", "林晓");
  });
  afterAll(async () => {
    await at.close();
    await stage.close();
  });

  it("shows a photo for a reason that is written down, and only for a while", async () => {
    const { page, go, button, accept } = at;
    await go(`/cases/${number}?lang=zh`);
    await page.getByRole("button", { name: /发来的照片、录音或视频/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("看过就会记下").waitFor();
    expect(await dialog.getByRole("img", { name: "居民发来的照片" }).count()).toBe(0);
    expect(await button("显示照片").isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill("要看清是哪一盏灯");
    await accept("media-reason-zh");
    await button("显示照片").click();
    const photo = dialog.getByRole("img", { name: "居民发来的照片" });
    await photo.waitFor();
    await expect.poll(() => photo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
    await accept("media-zh");
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);
  });

  it("says what a deputy is told by telephone, and keeps what they said as a note that no resident reads", async () => {
    const { page, go, button, accept } = at;
    const subject = await rows(async (tx) => {
      const [found] = await tx.select().from(cases).where(eq(cases.number, number));
      // The office's own call: of no station.
      await phoneDeputy(tx, { ...found!, stationId: null }, { why: "deputy-late", now: stage.service.runtime.now() });
      return found!;
    });
    await go("/phone?lang=zh");
    const line = page.getByRole("listitem").filter({ hasText: number });
    await line.getByRole("button", { name: /打电话/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(new RegExp(`请告诉.*代表：${number} 应在 .* 前答复居民，还没有`)).waitFor();
    const said = dialog.getByLabel(/说了什么、代表怎么说/);
    await said.fill("代表说明天上午去看");
    await accept("deputy-call-zh");
    await button("记下结果").click();
    await page.getByText("✓ 已记下").waitFor();
    const done = await rows((tx) => tx.select().from(phoneTasks).where(eq(phoneTasks.caseId, subject.id)));
    expect(done.map(({ why, doneAt }) => [why, doneAt !== null])).toEqual([["deputy-late", true]]);
    expect(await rows((tx) => tx.select().from(caseNotes).where(eq(caseNotes.caseId, subject.id)))).toHaveLength(1);
    const whole = await stage.service.case(number);
    expect(JSON.stringify(whole.messages)).not.toContain("明天上午去看");
    await go(`/cases/${number}?lang=zh`);
    await page.getByText("代表说明天上午去看").waitFor();
  });
});
