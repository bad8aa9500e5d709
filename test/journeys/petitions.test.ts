import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handovers } from "../../db/schema/ledger.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import { changeSettings } from "../../src/casework/county/settings-change.ts";
import { moveByHand } from "../../src/casework/office/move-case.ts";
import type { MoveTarget } from "../../src/casework/routing/by-hand.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { addDays } from "../../src/domain/calendar/days.ts";
import { dayIn } from "../../src/domain/calendar/deadline.ts";
import { workdayFrom } from "../../src/domain/calendar/months.ts";
import { arrived } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { DAY, letPass, onlyCase, say, short } from "./resident.ts";

let service: TestService;
let deputy: Phone;
beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
});
afterAll(() => service.close());

const noticeClock = async (number: string) =>
  (await service.case(number)).clocks.find(({ kind }) => kind === "petition_notice");
const due = (from: Date) => workdayFrom(addDays(dayIn(from, "Asia/Shanghai"), 15), {});

describe("a petition", () => {
  it("goes on as a case, and its way is told beside the receipt, in the same message, without a promise that nobody can keep", async () => {
    const person = service.phone("petitioner");
    await say(service, person, "我要上访，柳东村三组的征地补偿反映三次了没人管");
    const one = await onlyCase(service, person);
    expect(one).toMatchObject({ state: "assigned", deputy: "D001", open: true });
    const receipt = arrived(person).find((text) => text.includes(one.number)) ?? "";
    expect(receipt).toContain("请找县信访局，或者上网上国家信访局");
    expect(receipt).toContain("我们不受理信访，也不代办");
    expect(receipt).toContain("想问进展，回“进度”");
    expect(receipt).not.toMatch(/一定解决|保证|号，/);
    const clock = await noticeClock(one.number);
    expect(clock).toMatchObject({ state: "running", source: "《信访工作条例》第二十三条" });
    expect(dayIn(new Date(clock?.dueAt ?? ""), "Asia/Shanghai")).toBe(due(service.runtime.now()));
    expect(one.events.map(({ type }) => type)).toContain("petition");
  });

  it("names the county's own office of petitions where that is set", async () => {
    const petitionOffice = { name: "青禾县信访局", address: "东关街18号", phone: "0536-0000000", hours: "工作日" };
    const county = service.jurisdiction("qinghe");
    await changeSettings(service.runtime, county, { petitionOffice }, "办公室");
    const person = service.phone("with-office");
    await say(service, person, "镇里的答复我不服，柳东村三组宅基地的事我要申请复查");
    expect(arrived(person).join("\n")).toContain("青禾县信访局（东关街18号，0536-0000000，工作日）");
    await changeSettings(service.runtime, county, { petitionOffice: null }, "办公室");
  });

  it("keeps its clock running while its place is asked for, and after its matter was closed", async () => {
    const person = service.phone("no-place");
    await say(service, person, "我要申请信访复查，宅基地的面积量少了");
    await letPass(service, 4_000);
    const { number, state, clocks } = await onlyCase(service, person);
    expect(state).toBe("clarifying");
    expect(arrived(person).join("\n")).toContain("国家信访局");
    expect(clocks.filter((one) => one.state === "paused").map(({ kind }) => kind)).not.toContain("petition_notice");
    expect(await noticeClock(number)).toMatchObject({ state: "running", pausedDays: 0 });
    await say(service, person, "柳东村三组");
    await say(service, deputy, `办结 ${short(number)} 不归代表管，已说明`);
    expect((await service.case(number)).open).toBe(false);
    expect(await noticeClock(number)).toMatchObject({ state: "running" });
    await letPass(service, 30 * DAY);
    expect(await noticeClock(number)).toMatchObject({ state: "missed" });
  });

  it("is known in what is said later too, and told once", async () => {
    const person = service.phone("later");
    await say(service, person, "柳东村三组修路占了我家的地");
    expect(await noticeClock((await onlyCase(service, person)).number)).toBeUndefined();
    await say(service, person, "还是没人来看，我要上访");
    const { number } = await onlyCase(service, person);
    expect(await noticeClock(number)).toMatchObject({ state: "running" });
    await say(service, person, "还是没人来看，我真的要上访");
    expect(arrived(person).filter((text) => text.includes("国家信访局"))).toHaveLength(1);
  });

  it("about a judgment stays what it was: refused, with the ways that there are", async () => {
    const person = service.phone("court");
    await say(service, person, "法院判错了，我要申诉，让代表给法官打个电话");
    expect(await onlyCase(service, person)).toMatchObject({ outcome: "not_in_scope", open: false });
    expect(arrived(person).join("\n")).not.toContain("国家信访局");
  });
});

describe("an accusation that speaks of petitions", () => {
  it("stays sealed, without that clock, and goes to no unit by any command", async () => {
    const person = service.phone("accuser");
    await say(service, person, "柳东村三组的代表收了物业好处，我要信访举报他");
    const one = await onlyCase(service, person);
    expect(one).toMatchObject({ sealed: true, deputy: null, unit: null, handovers: [] });
    expect(one.clocks.map(({ kind }) => kind)).not.toContain("petition_notice");
    expect(arrived(person).join("\n")).not.toContain("国家信访局");
    const id = short(one.number);
    const unit = service.phone("unit");
    const commands = [
      `转办 ${id} 住建局，请办`,
      `拆分 ${id} 另一件是路灯坏了`,
      `回复 ${id} 知道了`,
      `办结 ${id} 好了`,
      `退回 ${id} 不归我`,
    ];
    for (const words of [...commands, `更正 ${id} 说错了`, `记录 ${id} 看过`, id]) await say(service, deputy, words);
    for (const words of [`接收 ${id}`, `办结 ${id} 好了`, `进展 ${id} 在办`, `列表`]) await say(service, unit, words);
    const unit1: MoveTarget = { kind: "unit", code: "U01" };
    const moved = await moveByHand(service.runtime, service.jurisdiction("qinghe"), one.number, unit1, "办公室");
    expect(moved).toMatchObject({ ok: false });
    expect(await service.case(one.number)).toMatchObject({ sealed: true, unit: null, deputy: null, handovers: [] });
    const all = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
      tx.select().from(handovers),
    );
    expect(all).toEqual([]);
    expect(arrived(deputy).join("\n")).not.toMatch(/收了物业好处/);
  });

  it("leaves a ledger from which each case follows", async () => {
    const county = await countyByCode(service.runtime.database, "qinghe");
    expect(county === null ? null : (await auditCounty(service.runtime.database, county)).findings).toEqual([]);
  });
});
