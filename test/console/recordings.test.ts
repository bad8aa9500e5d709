import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrived } from "../arrived.ts";
import { findChromium } from "../chromium.ts";
import { say } from "../journeys/resident.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("recordings that somebody listens to, in a browser");
const SOUND = Buffer.from("#!AMR");
const GARBLED = "恩那嘎哈咧呜啦嘟嗝";
const LAMP = "柳东村三组的路灯坏了六盏";

describe.runIf(executablePath !== undefined)("recordings, in Chromium", () => {
  let stage: ConsoleStage;
  let working: { close(): Promise<void> };
  let at: AtPage;

  beforeAll(async () => {
    stage = await startConsole();
    working = workAt(stage);
    const { service } = stage;
    for (const who of ["mumbler", "whisperer"]) {
      await service.phone(who).sendVoice(SOUND, GARBLED);
      await service.settled();
      await say(service, service.phone(who), "3");
    }
    await service.passTime();
    at = await atPage(stage, executablePath, "recordings");
  });
  afterAll(async () => {
    await at.close();
    await working.close();
    await stage.close();
  });

  it("wait in Today and on their page; one is taken along for a reason, and what is heard is written down", async () => {
    const { page, go, button, enter, accept } = at;
    await enter("office", "林晓");
    await go("/?lang=zh");
    await page.getByText("录音：机器听不出来，等人听").first().waitFor();
    await go("/recordings?lang=zh");
    await page
      .getByRole("button", { name: /取录音/ })
      .first()
      .waitFor();
    await accept("list-zh");
    await page
      .getByRole("button", { name: /取录音/ })
      .first()
      .click();
    await page.getByLabel("具体说明").fill("听录音写下来");
    await accept("listen-zh");
    await page.keyboard.press("Escape");
    await page
      .getByRole("button", { name: /写下听到的/ })
      .first()
      .click();
    await page.getByLabel("听到的话").fill(LAMP);
    await accept("write-zh");
    await button("写好了，交办").click();
    await page.getByText(/✓ .*已交给那里的代表/).waitFor();
    await expect
      .poll(() => arrived(stage.service.phone("mumbler")).join("\n"))
      .toContain(`我们听了您的录音，听到的是：「${LAMP}」`);
    const one = (await stage.service.cases()).find(({ summary }) => summary === LAMP);
    await go(`/cases/${one?.number}?lang=zh`);
    await page.getByText("听写：林晓").waitFor();
    await accept("case-zh");
  });

  it("are asked for again where they cannot be made out", async () => {
    const { page, go, button, accept } = at;
    await go("/recordings?lang=en");
    await page.getByRole("button", { name: /Write down what you hear/ }).click();
    await button("I cannot make it out, ask the resident again").click();
    await page.getByText(/the resident is asked to say it again/).waitFor();
    await page.getByText("No recording waits.").waitFor();
    await accept("none-en");
    await expect.poll(() => arrived(stage.service.phone("whisperer")).join("\n")).toContain("没听清");
  });

  it("had no fault in any page", () => {
    expect(at.faults).toEqual([]);
  });
});
