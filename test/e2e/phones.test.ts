import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listCases } from "../../src/casework/cases/case-view.ts";
import { readConfig } from "../../src/config.ts";
import { type Demo, startDemo } from "../../src/demo/run.ts";
import { createLog } from "../../src/log.ts";
import { findChromium, openBrowser } from "../chromium.ts";
import { type TestDatabase, testDatabase } from "../database.ts";

const LIMIT = { timeout: 60_000 };

const executablePath = findChromium("the demo in a browser");

describe.runIf(executablePath !== undefined)("somebody who tries the demo in a browser", () => {
  let db: TestDatabase;
  let folder: string;
  let demo: Demo;
  let opened: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;

  beforeAll(async () => {
    db = await testDatabase({ counties: [] });
    folder = await mkdtemp(join(tmpdir(), "liaison-e2e-"));
    const read = readConfig(
      {
        DATABASE_URL: db.url,
        LIAISON_SECRET: randomBytes(32).toString("base64"),
        LIAISON_DATA: folder,
        PORT: "0",
      },
      folder,
    );
    if (!read.ok) throw new Error(read.problems.join(" "));
    demo = await startDemo(read.config, { log: createLog("silent"), say: () => undefined, size: 120 });
    opened = await openBrowser(executablePath ?? "chromium", { width: 1280, height: 800 });
    page = await opened.browser.newPage();
    await page.goto(demo.phonesUrl);
  }, 120_000);
  afterAll(async () => {
    await opened?.close();
    await demo?.close();
    await db?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const on = (phone: "resident-phone" | "deputy-phone", id: string) => page.getByTestId(phone).getByTestId(id);
  const shown = (phone: "resident-phone" | "deputy-phone", words: string) =>
    on(phone, "message").filter({ hasText: words }).last().waitFor(LIMIT);
  const say = async (phone: "resident-phone" | "deputy-phone", words: string) => {
    await on(phone, "input").fill(words);
    await on(phone, "send").click();
  };
  const picture = async (name: string) => {
    const into = process.env.LIAISON_SCREENSHOTS;
    if (into !== undefined) await page.screenshot({ path: join(into, `${name}.png`) });
  };

  it("asks, is answered by the deputy, sees it closed, and gives a verdict", async () => {
    await say("resident-phone", "柳河镇柳东村三组村口到小学那段路灯坏了6盏，我电话13812345678");
    await shown("resident-phone", "代表");
    await shown("deputy-phone", "路灯坏了6盏");
    expect(await page.getByTestId("deputy-phone").textContent()).not.toContain("13812345678");
    await picture("asked");

    await say("deputy-phone", "回复 已联系供电所，明天来修");
    await shown("resident-phone", "已联系供电所，明天来修");
    await say("deputy-phone", "办结 六盏灯都换好了");
    await shown("resident-phone", "六盏灯都换好了");
    await picture("closed");

    await on("resident-phone", "choice")
      .filter({ hasText: /^1 好了$/ })
      .last()
      .click();
    await expect
      .poll(
        async () => (await demo.service.runtime.database.inCounty(demo.jurisdictionId, listCases))[0]?.rating,
        LIMIT,
      )
      .toBe(5);
    await picture("rated");
  });

  it("changes a deputy over to WeCom, who works the next case there by its card's buttons", async () => {
    await page.getByTestId("deputy-phone").getByTestId("platform-select").selectOption("wecom");
    await shown("deputy-phone", "绑定好了");
    await say("deputy-phone", "列表");
    await shown("deputy-phone", "您手上");
    await say("resident-phone", "柳河镇柳东村三组村口的井盖不见了，天黑很危险");
    const card = on("deputy-phone", "message").filter({ hasText: "新的群众意见" }).last();
    await card.waitFor(LIMIT);
    await card.getByTestId("card-button").filter({ hasText: "接单" }).click();
    await card.getByTestId("revised").filter({ hasText: "已接单" }).waitFor(LIMIT);
    await picture("card");
    await card.getByTestId("card-button").filter({ hasText: "答复" }).click();
    await shown("deputy-phone", "请直接写答复");
    await say("deputy-phone", "新井盖今天下午就装上");
    await shown("resident-phone", "新井盖今天下午就装上");
  });
});
