import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { acts, handovers } from "../../db/schema/ledger.ts";
import { partnerExchanges, partnerMessages } from "../../db/schema/outbox.ts";
import { partners } from "../../db/schema/people.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import { claimMessage } from "../../src/casework/partner-exchange/claim.ts";
import { listFailed, listPartners } from "../../src/casework/partner-exchange/list.ts";
import { pausePartner, sendAgain } from "../../src/casework/partner-exchange/manage.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { type PartnerRun, startPartnerRun } from "./partner-run.ts";
import { casesOf, HOUR, MINUTE, onlyCase, SECOND, say, short } from "./resident.ts";

let service: TestService;
let run: PartnerRun;
let deputy: Phone;
beforeAll(async () => {
  service = await startService();
  run = await startPartnerRun(service);
  await run.connect({ name: "grid", type: "webhook", title: "网格治理平台", aliases: ["网格平台"] });
  deputy = await service.deputy("D001");
});
afterAll(async () => {
  await run?.close();
  await service.close();
});

const PHONE = "13812345678";
const READER = { id: "00000000-0000-7000-8000-000000000001", role: "office", stations: [], deputyId: null } as const;
const inCounty = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
  service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);
const partnerNow = async (name = "grid") => (await inCounty(listPartners)).find((one) => one.name === name)!;
const sentTo = (number: string) =>
  run.platform.captured().filter(({ path, body }) => path === "/hook" && body.includes(number));

let buildings = 0;
/** A lamp of their own for everybody: what many tell of one is one matter. */
function aLamp(): string {
  buildings += 1;
  return `柳东村三组${buildings}号楼前路灯坏了，我叫王秀英，电话${PHONE}`;
}

async function opened(person: string, text = aLamp()) {
  const phone = service.phone(person);
  await say(service, phone, text);
  const { number } = await onlyCase(service, phone);
  return { phone, number, id: short(number) };
}

async function handedOver(person: string, text?: string) {
  const one = await opened(person, text);
  await say(service, deputy, `转办 ${one.id} 网格平台，请修灯`);
  await run.exchange();
  return one;
}

/** Lets the next tries come due, one after the other. */
async function tryFor(times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    service.advance(6 * HOUR + MINUTE);
    await run.exchange();
  }
}

describe("a case that a deputy hands over to a grid platform", () => {
  it("leaves once, signed, and without anything of its resident", async () => {
    const { number, phone, id } = await handedOver("whole");
    const [only, ...others] = sentTo(number);
    expect(others).toEqual([]);
    const { data, type } = JSON.parse(only!.body);
    expect(type).toBe("case.handed_over");
    expect(data).toMatchObject({ number, county: "qinghe", township: "柳河镇", photos: 0, priority: false });
    expect(data.text).toContain("路灯坏了");
    expect(data.dueOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(data.reply).toBe(`${service.url}/webhooks/partners/grid`);
    const kept = Object.keys(data).toSorted();
    expect(kept).toEqual([
      "category",
      "county",
      "dueOn",
      "grid",
      "number",
      "photos",
      "place",
      "priority",
      "receivedOn",
      "reply",
      "text",
      "township",
    ]);
    expect(JSON.stringify(run.platform.captured())).not.toMatch(/王秀英|13812345678|o_whole|o_deputy/);
    expect(newest(phone)).toContain("正在告诉他们");
    expect(arrived(deputy).slice(-2).join()).toContain(`${id}号送到网格治理平台的系统了`);
    expect((await service.case(number)).handovers).toMatchObject([{ to: "grid", kind: "partner", state: "sent" }]);
  });

  it("is told of what its resident puts right, of a matter taken out of it, and of nothing once it may not leave", async () => {
    const { number, id, phone } = await handedOver("changes", "柳东村三组51号楼前路灯坏了");
    const types = () => sentTo(number).map(({ body }) => JSON.parse(body).type);
    await say(service, phone, `说错了，不是路灯，是井盖，电话${PHONE}`);
    await run.exchange();
    const corrected = JSON.parse(sentTo(number).at(-1)!.body);
    expect(corrected).toMatchObject({
      type: "case.corrected",
      data: { number, changed: expect.stringContaining("井盖") },
    });
    await say(service, deputy, `拆分 ${id} 村口的健身器材也松了`);
    await run.exchange();
    const parted = JSON.parse(sentTo(number).at(-1)!.body);
    expect(parted).toMatchObject({ type: "case.matter_taken_out", data: { changed: "村口的健身器材也松了" } });
    expect(types()).toEqual(["case.handed_over", "case.corrected", "case.matter_taken_out"]);
    expect(JSON.stringify(run.platform.captured())).not.toContain(PHONE);
    await inCounty((tx) => tx.update(cases).set({ minor: true }).where(eq(cases.number, number)));
    await say(service, phone, "我又说错了，不是井盖，是垃圾桶");
    await run.exchange();
    expect(types()).toHaveLength(3);
    await inCounty((tx) => tx.update(cases).set({ minor: false }).where(eq(cases.number, number)));
    await say(service, phone, `撤回 ${id}`);
    await run.exchange();
    expect(types().at(-1)).toBe("case.taken_back");
  });

  it("is the deputy's until the platform says so, and what it calls done is its word and nothing more", async () => {
    const { number, id, phone } = await handedOver("claims");
    expect(await run.platform.say(number, "accepted")).toEqual([202]);
    expect(await run.platform.say(number, "working", { text: "灯具到货了" })).toEqual([202]);
    expect(await run.platform.say(number, "done", { text: "已更换6盏", times: 2, isFinal: true })).toEqual([202, 202]);
    expect(await run.platform.say(number, "done", { text: "已更换6盏", isFinal: true })).toEqual([202]);
    await service.deliverDue();
    const view = await service.case(number);
    expect(view).toMatchObject({ state: "referred", open: true, claims: { unit: { result: "done" }, deputy: null } });
    expect(view.events.filter(({ type }) => type === "unit_reported")).toMatchObject([{ by: "partner:grid" }]);
    expect(arrived(deputy).join("\n")).toContain("网格治理平台接收了");
    expect(newest(deputy)).toContain(`网格治理平台说${id}号办完了`);
    expect(arrived(phone).join()).not.toMatch(/已更换6盏|灯具到货|办结了/);
    await say(service, deputy, "4");
    await run.exchange();
    expect(sentTo(number).map(({ body }) => JSON.parse(body).type)).toEqual(["case.handed_over", "case.reopened"]);
    expect((await service.case(number)).handovers).toMatchObject([{ state: "accepted" }]);
    await run.platform.say(number, "done", { text: "这回修好了" });
    await service.deliverDue();
    expect((await service.case(number)).handovers).toMatchObject([{ state: "reported" }]);
  });

  it("comes back to the deputy when it is not the platform's, and is told when it is taken back", async () => {
    const { number, id } = await handedOver("returned");
    await run.platform.say(number, "returned", { text: "属于供电公司" });
    await service.deliverDue();
    expect(newest(deputy)).toContain(`退回${id}号：「属于供电公司」`);
    expect(await service.case(number)).toMatchObject({ state: "assigned", unit: null });
    const other = await handedOver("taken-back");
    await say(service, deputy, `转办 ${other.id} 农业农村局，田里的`);
    await run.exchange();
    const types = sentTo(other.number).map(({ body }) => JSON.parse(body).type);
    expect(types).toEqual(["case.handed_over", "case.taken_back"]);
  });
});

describe("a platform that fails", () => {
  it("gets a hand-over once under one id, whoever was killed when and however its answers were lost", async () => {
    run.platform.fail({ kind: "status", status: 500 });
    const { number, phone } = await handedOver("once");
    expect((await service.case(number)).handovers).toMatchObject([{ state: "waiting" }]);
    run.platform.fail({ kind: "cut-after" });
    service.advance(MINUTE);
    await run.exchange();
    expect((await service.case(number)).handovers).toMatchObject([{ state: "waiting" }]);
    run.platform.mend();
    // A process that claimed it and died before its call.
    service.advance(10 * MINUTE);
    const [partner] = await inCounty((tx) => tx.select().from(partners).where(eq(partners.name, "grid")));
    expect(await claimMessage(service.runtime, service.jurisdiction("qinghe"), partner!.id)).toMatchObject({
      message: { tries: 3 },
    });
    await run.exchange();
    expect((await service.case(number)).handovers).toMatchObject([{ state: "waiting" }]);
    await run.endLeases();
    await run.exchange();
    expect((await service.case(number)).handovers).toMatchObject([{ state: "sent" }]);
    const ids = new Set(sentTo(number).map(({ headers }) => headers["webhook-id"]));
    expect([ids.size, sentTo(number).length]).toEqual([1, 3]);
    expect(run.platform.matters().filter((one) => one.number === number)).toHaveLength(1);
    expect(arrived(phone).join()).not.toContain("送到");
  });

  it("is tried ten times, then the office sees to it, and the deputy is told that it has not arrived", async () => {
    run.platform.fail({ kind: "redirect", to: "http://127.0.0.1:9/" });
    const { number, id } = await handedOver("given-up");
    await tryFor(12);
    expect(sentTo(number)).toHaveLength(10);
    // Its window is shut after three days: what waits is read when the deputy writes again.
    await say(service, deputy, "列表");
    expect(arrived(deputy).join("\n")).toContain(`${id}号还没送到网格治理平台的系统`);
    const [failed] = await inCounty((tx) => listFailed(tx, READER, "2026-11-24"));
    expect(failed).toMatchObject({ partner: "grid", case: number, kind: "handed_over", tries: 10, reason: "redirect" });
    expect(await partnerNow()).toMatchObject({ failed: 1, failures: 10 });
    expect((await service.case(number)).handovers).toMatchObject([{ state: "waiting" }]);
    run.platform.mend();
    expect(await inCounty((tx) => sendAgain(tx, failed!.id, service.runtime.now()))).toBe(true);
    expect(await inCounty((tx) => sendAgain(tx, failed!.id, service.runtime.now()))).toBe(false);
    await run.exchange();
    expect((await service.case(number)).handovers).toMatchObject([{ state: "sent" }]);
    expect(run.platform.matters().filter((one) => one.number === number)).toHaveLength(1);
  });

  it("is left alone for a while after five failures in a row, and nothing is sent while it is paused", async () => {
    run.platform.fail({ kind: "hang" });
    const many = [];
    for (const person of ["rest-1", "rest-2", "rest-3", "rest-4", "rest-5", "rest-6"])
      many.push(await handedOver(person));
    const calls = many.reduce((sum, { number }) => sum + sentTo(number).length, 0);
    expect(calls).toBe(5);
    expect((await partnerNow()).restsUntil).not.toBeNull();
    run.platform.mend();
    await run.exchange();
    expect(many.reduce((sum, { number }) => sum + sentTo(number).length, 0)).toBe(5);
    const changed = { jurisdictionId: service.jurisdiction("qinghe"), by: null, at: service.runtime.now() };
    await inCounty((tx) => pausePartner(tx, changed, "grid", true));
    service.advance(10 * MINUTE);
    await run.exchange();
    expect(many.reduce((sum, { number }) => sum + sentTo(number).length, 0)).toBe(5);
    await inCounty((tx) => pausePartner(tx, changed, "grid", false));
    await run.exchange();
    for (const { number } of many) expect((await service.case(number)).handovers).toMatchObject([{ state: "sent" }]);
  });
});

describe("a call of the platform", () => {
  it("is refused alike for every wrong signature, and answered alike whatever number it names", async () => {
    const { number } = await handedOver("calls");
    const before = (await service.case(number)).events.length;
    const ago = (ms: number) => new Date(service.runtime.now().getTime() - ms);
    expect(await run.platform.say(number, "done", { secret: "another secret" })).toEqual([401]);
    expect(await run.platform.say(number, "done", { signedAt: ago(6 * MINUTE) })).toEqual([401]);
    expect(await run.platform.say(number, "done", { signedAt: ago(-6 * MINUTE) })).toEqual([401]);
    expect(await run.platform.say(number, "done", { number: "2026-999999" })).toEqual([202]);
    expect(await run.platform.say(number, "in-the-clouds", { text: "?" })).toEqual([202]);
    expect((await service.case(number)).events).toHaveLength(before);
    const post = (name: string, headers: Record<string, string>, body: string) =>
      fetch(`${service.url}/webhooks/partners/${name}`, { method: "POST", headers, body });
    const refused = await Promise.all(["grid", "nobody"].map((name) => post(name, {}, "{}")));
    expect(await Promise.all(refused.map((one) => one.text()))).toEqual(
      Array(2).fill(await (await post("grid", { "webhook-id": "1" }, "")).text()),
    );
    expect(refused.map(({ status }) => status)).toEqual([401, 401]);
    expect((await post("grid", {}, "x".repeat(300_000))).status).toBe(413);
    const rows = await inCounty((tx) => tx.select().from(partnerExchanges).where(eq(partnerExchanges.direction, "in")));
    expect(rows.map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(["unknown-number", "unknown-state"]));
    expect(rows.find(({ outcome }) => outcome === "unknown-state")?.reason).toBe("in-the-clouds");
  });

  it("counts once by its id, not when it is older than what counted, and not for a case that is closed", async () => {
    const { number, id } = await handedOver("replayed");
    const at = service.runtime.now();
    await run.platform.say(number, "working", { text: "在路上", id: "msg-1", at });
    await run.platform.say(number, "returned", { text: "不归我们", id: "msg-1" });
    await run.platform.say(number, "returned", { text: "旧的", at: new Date(at.getTime() - MINUTE) });
    await service.deliverDue();
    expect((await service.case(number)).handovers).toMatchObject([{ state: "accepted" }]);
    await say(service, deputy, `办结 ${id} 我去看过，灯亮了`);
    await say(service, deputy, "1");
    expect((await service.case(number)).open).toBe(false);
    const events = (await service.case(number)).events.length;
    expect(await run.platform.say(number, "working", { text: "还在办" })).toEqual([202]);
    expect((await service.case(number)).events).toHaveLength(events);
  });

  it("changes nothing of another county's case of the same number", async () => {
    const { number } = await handedOver("apart");
    const other = service.phone("apart", "baishi");
    await run.connect({ name: "baishi-grid", type: "webhook" }, "baishi");
    await say(service, other, "路灯坏了");
    const [theirs] = await casesOf(service, other);
    const before = theirs === undefined ? 0 : theirs.events.length;
    await run.platform.say(number, "done", { text: "修好了" });
    const after = (await casesOf(service, other))[0];
    expect(after?.events.length ?? 0).toBe(before);
  });
});

describe("what happened to hand-overs to a platform", () => {
  it("follows from acts, and no word of theirs or ours stands beside them", async () => {
    service.advance(SECOND);
    const county = await countyByCode(service.runtime.database, "qinghe");
    if (county !== null) expect((await auditCounty(service.runtime.database, county)).findings).toEqual([]);
    const kept = await inCounty(async (tx) => [
      await tx.select().from(partnerMessages),
      await tx.select().from(partnerExchanges),
      await tx.select().from(acts),
      await tx.select().from(handovers),
    ]);
    expect(JSON.stringify(kept)).not.toMatch(/路灯|王秀英|13812345678|已更换|供电公司/);
  });
});
