import { randomInt } from "node:crypto";
import { eq } from "drizzle-orm";
import { strFromU8, unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stations } from "../../db/schema/places.ts";
import { users } from "../../db/schema/users.ts";
import type { Role } from "../../src/domain/access/roles.ts";
import { createLog } from "../../src/log.ts";
import { findChromium } from "../chromium.ts";
import type { Browser } from "../http/console/browser.ts";
import { casesOf, type EventStream, openEventStream } from "../http/event-stream.ts";
import { type AtPage, atPage } from "./at-page.ts";
import { type ConsoleStage, startConsole, workAt } from "./stage.ts";

const executablePath = findChromium("the search for what must not leave, in a browser");

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join("");
const draw = (from: string) => from[randomInt(from.length)] ?? "";
/** Made anew each time, so that no other text has them. */
const TOLD = {
  phone: `139${digits(8)}`,
  deskPhone: `138${digits(8)}`,
  deskName: `欧阳${draw("桂梓楠钰")}${draw("芬涵骞霖")}`,
  card: `11010519491231${digits(3)}X`,
  door: `${randomInt(2, 90)}号楼${randomInt(1, 9)}单元${randomInt(101, 999)}室`,
  openid: `resident${digits(10)}`,
  accuser: `accuser${digits(10)}`,
  draft: `草稿${digits(6)}还没有发`,
};
const ACCUSED = "收了物业的红包";
const MORE = "红包是用牛皮纸袋装的";

/** The operations that show a number or the own words of somebody, each for a reason that is written down. */
const BY_REASON = /\/api\/v1\/cases\/[\d-]+\/(phone|originals)$/;

type Seen = { readonly role: Role; readonly url: string; readonly text: string };

describe.runIf(executablePath !== undefined)("what people told, after a day of work in Chromium", () => {
  let stage: ConsoleStage;
  let worker: { close(): Promise<void> };
  let at: AtPage;
  let logged = "";
  let sealed = "";
  let open = "";
  let role: Role = "office";
  const seen: Seen[] = [];
  const addresses: string[] = [];
  const kept: string[] = [];
  const streams: { readonly role: Role; readonly stream: EventStream }[] = [];
  const reading: Promise<unknown>[] = [];

  beforeAll(async () => {
    const write = (line: string) => {
      logged += line;
    };
    stage = await startConsole({ log: createLog("trace", { write }) });
    const { service } = stage;
    worker = workAt(stage);
    await service.phone(TOLD.openid).say(`柳东村一组${TOLD.door}门口的路灯坏了，电话${TOLD.phone}，身份证${TOLD.card}`);
    await service.phone(TOLD.accuser).say(`我们网格的李秀兰代表${ACCUSED}，电话${TOLD.phone}`);
    await service.settled();
    const all = await service.cases();
    open = all.findLast(({ summary }) => summary.includes("门口的路灯"))?.number ?? "";
    const told = await Promise.all(all.filter((one) => one.sealed).map(({ number }) => service.case(number)));
    sealed = told.find(({ messages }) => messages.some(({ text }) => text.includes(ACCUSED)))?.number ?? "";
    expect([open, sealed]).not.toContain("");
    at = await atPage(stage, executablePath, "leaks");
    watch(at.page);
  });
  afterAll(async () => {
    for (const { stream } of streams) stream.close();
    await at.close();
    await worker.close();
    await stage.close();
  });

  /** Remembers whatever the service answers to this page. */
  function watch(page: Page): void {
    page.on("request", (request) => addresses.push(request.url()));
    page.on("framenavigated", (frame) => addresses.push(frame.url()));
    page.on("response", (response) => {
      const url = response.url();
      if (!url.includes("/api/") || url.includes("/live")) return;
      const by = role;
      reading.push(
        response.body().then(
          (bytes) => seen.push({ role: by, url, text: textOf(bytes) }),
          () => undefined,
        ),
      );
    });
  }

  async function enter(as: Role, name: string): Promise<Browser> {
    const somebody = await stage.colleague(as, name);
    if (as === "station")
      await stage.service.runtime.database.inCounty(stage.service.jurisdiction("qinghe"), async (tx) => {
        const [own] = await tx.select({ id: stations.id }).from(stations).where(eq(stations.code, "ST01"));
        await tx
          .update(users)
          .set({ stations: [own!.id] })
          .where(eq(users.name, name));
      });
    role = as;
    await at.as(somebody);
    const headers = { cookie: `liaison=${somebody.cookie()}` };
    const topics = "cases,deliveries,rules,errands,presence";
    const stream = await openEventStream(`${stage.base}/api/v1/live?topics=${topics}`, headers);
    if (stream.status === 200) streams.push({ role: as, stream });
    return somebody;
  }

  /** Looks at pages until nothing of them loads any more. */
  async function look(...paths: string[]): Promise<void> {
    for (const path of paths) {
      await at.go(path);
      await at.page.waitForLoadState("networkidle");
      await expect.poll(() => at.page.locator(".skeleton").count()).toBe(0);
      kept.push(
        await at.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])),
      );
    }
  }

  const common = ["/?lang=zh", "/cases", "/rules", "/coverage", "/people", "/people/D001", "/statistics", "/account"];

  it("is worked on by the office: answers, notes, a person at the desk, a call, an original, a sealed one, a file", async () => {
    const { page, button } = at;
    await enter("office", "林晓");
    await look(
      ...common,
      "/deliveries",
      "/unread",
      "/understanding",
      "/places",
      "/settings",
      "/successions",
      "/imports",
    );
    await look(`/cases/${open}`);
    await page.getByLabel("写备注").fill("已记下");
    await button("存为内部备注").click();
    await page.getByText("备注已存").waitFor();
    await page.getByLabel("答复居民").fill(TOLD.draft);
    await page.getByText("草稿已存").waitFor();
    await look(`/cases/${open}`);
    await page
      .getByRole("button", { name: /^看原文：/ })
      .first()
      .click();
    await page.getByLabel("具体说明").fill("要弄清是哪一盏灯");
    await button("显示原文").click();
    await page.getByText(TOLD.phone).waitFor();
    await look("/intake");
    await page.getByLabel("说了什么").fill("小区门口的井盖坏了");
    await page.getByLabel("地名").fill("柳东村二组");
    await page.getByLabel("姓名").fill(TOLD.deskName);
    await page.getByLabel("电话", { exact: true }).fill(TOLD.deskPhone);
    await page.getByText("草稿已存在这台设备上").waitFor();
    kept.push(await page.evaluate(() => JSON.stringify({ ...localStorage })));
    await page.getByLabel("可以打电话告诉结果").check();
    await button("先看会怎样").click();
    await page.getByLabel("已经念过，对方同意").check();
    await button("登记").click();
    await page.getByText(/✓ 已登记/).waitFor();
    await look("/phone", "/cases?sealed=true");
    await look(`/cases/${sealed}`);
    await button("与我无关，写原因").click();
    await page.getByLabel("具体说明").fill("核对是否属于本县");
    await button("写明原因，打开").click();
    await page.locator(".talk").getByText(ACCUSED).waitFor();
    await stage.service.phone(TOLD.accuser).say(MORE);
    await stage.service.settled();
    await look("/cases");
    await button("导出 Excel…").click();
    await button("开始").click();
    const file = await page.getByRole("link", { name: "下载" }).getAttribute("href");
    const size = await page.evaluate(async (href) => (await (await fetch(href ?? "")).arrayBuffer()).byteLength, file);
    expect(size).toBeGreaterThan(1000);
  });

  it("is looked for by everybody else, who find nothing of what is sealed", async () => {
    const search = async () => {
      await look("/cases");
      await at.page.getByLabel("词语").fill(ACCUSED);
      await at.page.getByLabel("词语").press("Enter");
      await at.page.getByText("没有符合这些条件的案件").waitFor();
    };
    await enter("station", "站务小周");
    await look(
      ...common.filter((path) => path !== "/rules"),
      "/deliveries",
      "/phone",
      `/cases/${open}`,
      `/cases/${sealed}`,
    );
    await search();
    await enter("reviewer", "赵敏");
    await look(...common, `/cases/${open}`, `/cases/${sealed}`, "/rules/simulate");
    await search();
    await enter("auditor", "孙丽");
    await look(...common, "/deliveries", "/audit", "/audit?view=events", "/audit?view=chain", `/cases/${sealed}`);
    await search();
    await enter("operator", "周强");
    await look("/?lang=zh", "/deliveries", "/accounts", "/staff", "/settings", "/people", `/cases/${open}`);
    await stage.service.phone(TOLD.openid).say("还没有人来修");
    await stage.service.settled();
    const heard = streams.filter((one) => one.role !== "operator");
    const areTold = () => heard.filter(({ stream }) => !casesOf(stream).includes(open)).map((one) => one.role);
    await expect.poll(areTold, { timeout: 30_000 }).toEqual([]);
    await Promise.all(reading);
  });

  it("is in no answer but those that are asked for by reason, in no address, log line or store of a browser, in no stream", () => {
    expect(seen.length).toBeGreaterThan(200);
    const personal = [...Object.values(TOLD).filter((one) => one !== TOLD.draft), `o_${TOLD.openid}`];
    const answers = seen.filter(({ url }) => !BY_REASON.test(new URL(url).pathname));
    const found = (text: string, words: readonly string[]) => words.filter((word) => text.includes(word));
    expect(answers.flatMap(({ role, url, text }) => found(text, personal).map((word) => [role, url, word]))).toEqual(
      [],
    );
    const ofSealed = [ACCUSED, MORE];
    const others = seen.filter(({ role, url }) => role !== "office" || !url.includes(`/cases/${sealed}`));
    expect(others.flatMap(({ role, url, text }) => found(text, ofSealed).map((word) => [role, url, word]))).toEqual([]);
    const strangers = seen.filter(({ role, url }) => role !== "office" && !url.includes(sealed));
    expect(strangers.flatMap(({ role, url, text }) => found(text, [sealed]).map(() => [role, url]))).toEqual([]);
    const all = [...personal, ...ofSealed, TOLD.draft];
    const inAddress = addresses.map((address) => decodeURIComponent(address));
    for (const [what, text] of [
      ["addresses", inAddress.join("\n")],
      ["log lines", logged + stage.logged()],
      ["stores of the browser", kept.join("\n")],
      ["streams", streams.map(({ stream }) => stream.text()).join("\n")],
    ] as const) {
      expect({ what, isEmpty: text === "" }).toEqual({ what, isEmpty: false });
      expect({ what, found: found(text, all) }).toEqual({ what, found: [] });
    }
    for (const { role, stream } of streams) expect([role, stream.text().includes(sealed)]).toEqual([role, false]);
    expect(
      BY_REASON.test(new URL(seen.find(({ text }) => text.includes(TOLD.phone))?.url ?? stage.base).pathname),
    ).toBe(true);
  });
});

/** The text of an answer; of a workbook that of its sheets. */
function textOf(bytes: Buffer): string {
  if (bytes.subarray(0, 2).toString() !== "PK") return bytes.toString("utf8");
  return Object.values(unzipSync(bytes))
    .map((part) => strFromU8(part))
    .join("\n");
}
