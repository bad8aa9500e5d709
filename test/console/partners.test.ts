import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "../chromium.ts";
import { type PartnerRun, startPartnerRun } from "../journeys/partner-run.ts";
import { HOUR, say } from "../journeys/resident.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("other case systems, in a browser");
const SECRET = "a secret of both sides, long enough";

describe.runIf(executablePath !== undefined)("other case systems, in Chromium", () => {
  let stage: ConsoleStage;
  let working: { close(): Promise<void> };
  let run: PartnerRun;
  let at: AtPage;
  let number: string;

  beforeAll(async () => {
    stage = await startConsole();
    working = workAt(stage);
    run = await startPartnerRun(stage.service);
    await run.connect({ name: "first", type: "webhook", title: "网格平台" });
    number = (await stage.service.cases()).find(({ summary }) => summary.includes("路灯"))?.number ?? "";
    at = await atPage(stage, executablePath, "partners");
  });
  afterAll(async () => {
    await at.close();
    await run.close();
    await working.close();
    await stage.close();
  });

  it("are connected by an operator; what was typed as a secret is seen nowhere afterwards", async () => {
    const { page, go, button, enter, accept } = at;
    await enter("operator", "周强");
    await go("/partners?lang=zh");
    await button("＋ 加一个平台").click();
    await page.getByLabel("名字（地址里用，小写字母、数字）").fill("second");
    await page.getByLabel("代表怎么叫它").fill("城管平台");
    await page.getByLabel("平台的地址").fill("http://city.example/hook");
    await page.getByLabel("密钥", { exact: true }).fill(SECRET);
    await accept("add-zh");
    await button("保存").click();
    await page.getByRole("alert").waitFor();
    await page.getByLabel("平台的地址").fill("https://city.example/hook");
    await button("保存").click();
    await page.getByText("✓ 已保存").waitFor();
    await page.getByText("单位：城管平台").waitFor();
    expect(await page.content()).not.toContain(SECRET);
    await accept("list-zh");
  });

  it("that cannot be reached stand on Today, are paused and resumed, and what was given up is sent again", async () => {
    const { page, go, button, enter, accept } = at;
    const { service } = stage;
    const deputy = await service.deputy("D003");
    run.platform.fail({ kind: "status", status: 500 });
    await say(service, deputy, `转办 ${Number(number.slice(5))} 网格平台，请修灯`);
    for (let tries = 0; tries < 12; tries += 1) {
      await run.exchange();
      service.advance(7 * HOUR);
    }
    await enter("office", "林晓");
    await go("/?lang=zh");
    await page.getByText("对接平台：一直没送到的").first().waitFor();
    await go("/partners?lang=zh");
    await page.getByRole("heading", { name: "没送到的" }).waitFor();
    await accept("failed-zh");
    await button("暂停 first").click();
    await button("恢复 first").waitFor();
    await button("恢复 first").click();
    await button("暂停 first").waitFor();
    await button("往来记录… first").click();
    await page.getByRole("dialog").getByText("http-500").first().waitFor();
    await accept("exchanges-zh");
    await page.keyboard.press("Escape");
    run.platform.mend();
    await button(`再发一次 ${number}`).click();
    await page.getByText("✓ 会再发一次").waitFor();
    await run.exchange();
    await go(`/cases/${number}?lang=zh`);
    await page.getByText(/已送到first，他们的编号是WG-0001/).waitFor();
    await accept("case-zh");
    await go("/partners?lang=en");
    await page.getByText("1 arrived").waitFor();
    await accept("list-en");
  });

  it("had no fault in any page", () => {
    expect(at.faults).toEqual([]);
  });
});
