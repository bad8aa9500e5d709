import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bindings } from "../../db/schema/conversations.ts";
import { handovers } from "../../db/schema/ledger.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { units } from "../../db/schema/people.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import { inviteRole } from "../../src/casework/deputy/invite-role.ts";
import { waitingHandovers } from "../../src/casework/handovers/waiting.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { casesOf, onlyCase, say, short as shortOf } from "./resident.ts";

let service: TestService;
let deputy: Phone;
let unit: Phone;
beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
  unit = await bound("u01", "unit", "U01");
});
afterAll(() => service.close());

const invite = (role: "unit" | "station", ref: string) =>
  inviteRole(service.runtime, service.jurisdiction("qinghe"), { role, ref });

async function bound(person: string, role: "unit" | "station", ref: string): Promise<Phone> {
  const phone = service.phone(person);
  await say(service, phone, `绑定 ${await invite(role, ref)}`);
  return phone;
}

let buildings = 0;
/** A lamp of their own for everybody: what many tell of one is told together. */
function aLamp(): string {
  buildings += 1;
  return `柳东村三组${buildings}号楼前路灯坏了，我叫王秀英，电话13812345678`;
}

async function opened(person: string, text = aLamp()) {
  const phone = service.phone(person);
  await say(service, phone, text);
  const { number } = await onlyCase(service, phone);
  return { phone, number, short: String(Number(number.slice(5))) };
}

async function handedOver(person: string) {
  const one = await opened(person);
  await say(service, deputy, `转办 ${one.short} 住建局，请修灯`);
  return one;
}

const inCounty = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
  service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);

describe("a chat is bound to a unit by a one-time code", () => {
  it("once: the same code binds nobody again, and a resident who types it is no unit", async () => {
    const code = await invite("unit", "U01");
    const first = service.phone("first-of-unit");
    await say(service, first, `绑定 ${code}`);
    expect(newest(first)).toContain("您在这里代表住房和城乡建设局");
    const second = service.phone("second-of-unit");
    await say(service, second, `绑定 ${code}`);
    expect(newest(second)).toContain("不能用");
    await say(service, second, "列表");
    expect(newest(second)).not.toContain("住房和城乡建设局");
  });

  it("twice by two codes is bound once; no code is made for a unit that there is not", async () => {
    const phone = await bound("twice", "unit", "U02");
    await say(service, phone, `绑定 ${await invite("unit", "U02")}`);
    expect(newest(phone)).toContain("农业农村局");
    const rows = await inCounty((tx) => tx.select().from(bindings).where(eq(bindings.ref, "U02")));
    expect(rows).toHaveLength(1);
    expect(await invite("unit", "U99")).toBeNull();
    expect(await invite("station", "ST99")).toBeNull();
  });

  it("leaves them a resident too: their own matter is opened as anybody's", async () => {
    const phone = await bound("also-resident", "unit", "U01");
    await say(service, phone, "柳东村三组的桥栏杆断了");
    expect((await onlyCase(service, phone)).deputy).toBe("D001");
  });

  it("a station's person is told for whom they speak", async () => {
    const phone = await bound("station", "station", "ST01");
    expect(newest(phone)).toContain("您在这里代表");
    await say(service, phone, "帮助");
    expect(newest(phone)).toContain("您在这里代表");
  });
});

describe("a case that a deputy passes on to a unit", () => {
  it("is read by the unit's person with a day, and without who its resident is", async () => {
    const { number, short, phone } = await handedOver("whole");
    const told = newest(unit);
    expect(told).toContain(`【交办】${short}号，李秀兰代表转来`);
    expect(told).toContain("路灯坏了");
    expect(told).toMatch(/请在2026年\d+月\d+日（星期.）前办理并回复/);
    expect(arrived(unit).join()).not.toMatch(/王秀英|13812345678|o_/);
    await say(service, unit, `接收 ${short}`);
    expect(newest(deputy)).toContain(`住房和城乡建设局接收了${short}号`);
    await say(service, unit, "列表");
    expect(newest(unit)).toContain(`${short}号`);
    await say(service, unit, `进展 ${short} 灯具到货了`);
    expect(newest(deputy)).toContain("灯具到货了");
    await say(service, unit, `办结 ${short} 已更换6盏`);
    expect(newest(unit)).toBe("记下了。由代表核实，核实后告诉居民。");
    expect(newest(deputy)).toContain("住房和城乡建设局说");
    expect(newest(deputy)).toContain("这是单位说的，居民还不知道");
    expect(await service.case(number)).toMatchObject({
      state: "referred",
      open: true,
      unit: "U01",
      claims: { unit: { result: "done" }, deputy: null, resident: null },
      handovers: [{ to: "U01", kind: "unit", role: "lead", state: "reported" }],
      events: expect.arrayContaining([
        expect.objectContaining({ type: "unit_accepted", by: "unit:U01" }),
        expect.objectContaining({ type: "unit_reported", by: "unit:U01" }),
      ]),
    });
    expect(arrived(phone).join()).not.toMatch(/已更换6盏|灯具到货|办结了/);
    await say(service, phone, "进度");
    expect(newest(phone)).not.toMatch(/已更换6盏|修好/);
  });

  it("is corrected for the unit's people where its resident puts right what they said, and nothing personal with it", async () => {
    const { number, short, phone } = await handedOver("corrects");
    await say(service, phone, "我说错了，不是路灯，是井盖，我电话13812345678");
    expect((await service.case(number)).events.map(({ type }) => type)).toContain("corrected");
    expect(newest(unit)).toMatch(new RegExp(`^【更正】${short}号，居民更正了原来说的：.*井盖`));
    expect(newest(unit)).toContain("期限不变");
    expect(arrived(unit).join()).not.toMatch(/13812345678|王秀英/);
    const before = arrived(unit).length;
    const other = await opened("corrects-alone");
    await say(service, other.phone, "我说错了，不是路灯，是井盖");
    expect(arrived(unit).slice(before)).toEqual([]);
  });

  it("is told to the unit's people as parted where its deputy takes a matter out of it, and as taken back where it is withdrawn", async () => {
    await say(service, unit, "列表");
    const { short, phone } = await handedOver("parted");
    await say(service, deputy, `拆分 ${short} 村口的井盖也丢了一个`);
    expect(newest(unit)).toMatch(new RegExp(`^【分开】${short}号里有一件事单独登记了`));
    expect(newest(unit)).toContain("村口的井盖也丢了一个");
    await say(service, phone, `撤回 ${short}`);
    expect(newest(unit)).toBe(`${short}号收回了，你们不用再办。`);
  });

  it("is taken back where its resident says that it is part of another matter of theirs", async () => {
    const phone = service.phone("put-together");
    await say(service, phone, "1.柳东村三组41号楼前路灯坏了。2.我妈的高龄补贴今年一分没到，麻烦查查。");
    const [lamp, money] = await casesOf(service, phone);
    await say(service, unit, "列表");
    await say(service, deputy, `转办 ${shortOf(money!.number)} 住建局，请看看`);
    expect(newest(unit)).toContain(`【交办】${shortOf(money!.number)}号`);
    await say(service, phone, `合并 ${shortOf(money!.number)} 到 ${shortOf(lamp!.number)}`);
    expect(newest(unit)).toBe(`${shortOf(money!.number)}号收回了，你们不用再办。`);
  });

  it("is told to have been taken back where it read the hand-over, also when it has not read what changed since", async () => {
    const { short, phone } = await handedOver("unread-change");
    // So many messages without a word of theirs that the platform takes no more.
    for (const right of ["井盖", "垃圾桶", "水渠", "电线杆", "护栏"])
      await say(service, phone, `我说错了，不是路灯，是${right}`);
    await say(service, phone, `撤回 ${short}`);
    await say(service, unit, "列表");
    expect(arrived(unit).join("\n")).toContain(`${short}号收回了，你们不用再办。`);
  });

  it("comes back to its deputy with the reason when it is not the unit's", async () => {
    const { number, short } = await handedOver("returned");
    await say(service, unit, `退单 ${short}`);
    expect(newest(unit)).toContain("没有记下");
    await say(service, unit, `退单 ${short} 属于供电公司`);
    expect(newest(deputy)).toContain(`退回${short}号：「属于供电公司」`);
    expect(await service.case(number)).toMatchObject({
      state: "assigned",
      deputy: "D001",
      unit: null,
      handovers: [{ state: "returned" }],
      messages: expect.arrayContaining([expect.objectContaining({ party: "unit", text: "属于供电公司" })]),
    });
    await say(service, unit, `办结 ${short} 好了`);
    expect(newest(unit)).toBe(`没有${short}号，或者不归你们。`);
  });

  it("is told once, whoever says it twice; to another unit it is taken back from the first", async () => {
    const { number, short } = await handedOver("twice-said");
    const before = arrived(unit).length;
    await say(service, deputy, `转办 ${short} 住建局，快点`);
    expect(arrived(unit)).toHaveLength(before);
    await say(service, deputy, `转办 ${short} 农业农村局，田里的`);
    expect(newest(unit)).toContain(`${short}号收回了`);
    expect((await service.case(number)).handovers.map(({ to, state }) => [to, state])).toEqual([
      ["U01", "taken_back"],
      ["U02", "sent"],
    ]);
    await say(service, unit, `接收 ${short}`);
    expect(newest(unit)).toContain("或者不归你们");
  });

  it("is asked for more time, which counts for nothing until somebody consents", async () => {
    const { number, short } = await handedOver("later");
    const [{ dueOn } = { dueOn: "" }] = (await service.case(number)).handovers;
    await say(service, unit, `延期 ${short} 今天 等配件`);
    expect(newest(unit)).toContain("要晚于现在的期限");
    await say(service, unit, `延期 ${short}`);
    expect(newest(unit)).toContain("还没写延到哪天");
    await say(service, unit, `延期 ${short} 2027年1月20日 等配件`);
    expect(newest(deputy)).toContain("2027年1月20日");
    expect((await service.case(number)).handovers[0]?.dueOn).toBe(dueOn);
  });

  it("and that was reported but not done goes to the same unit again", async () => {
    const { number, short } = await handedOver("again");
    await say(service, unit, `办结 ${short} 好了`);
    await say(service, deputy, `转办 ${short} 住建局，还是不亮`);
    expect(newest(unit)).toContain(`【交办】${short}号`);
    expect((await service.case(number)).handovers).toMatchObject([{ to: "U01", state: "accepted" }]);
  });

  it("waits on the office's list while nobody of the unit is bound, and is told when somebody is", async () => {
    await inCounty((tx) =>
      tx.insert(units).values({
        ...{ id: "0195d0c0-0000-7000-8000-000000000001", jurisdictionId: service.jurisdiction("qinghe") },
        ...{ code: "U77", name: "市政养护中心" },
      }),
    );
    const { number, short } = await opened("nobody");
    await say(service, deputy, `转办 ${short} 市政养护中心，请修`);
    const waiting = await inCounty((tx) => waitingHandovers(tx, "2026-11-24"));
    expect(waiting).toMatchObject([{ case: number, unit: "U77", why: "nobody-bound" }]);
    const phone = await bound("u77", "unit", "U77");
    expect(newest(phone)).toContain(`【交办】${short}号`);
    expect(await inCounty((tx) => waitingHandovers(tx, "2026-11-24"))).toEqual([]);
    await inCounty((tx) => tx.update(units).set({ untilOn: "2026-01-31" }).where(eq(units.code, "U77")));
    await say(service, phone, `接收 ${short}`);
    expect((await service.case(number)).handovers).toMatchObject([{ state: "sent" }]);
    expect(await inCounty((tx) => waitingHandovers(tx, "2026-11-24"))).toMatchObject([{ why: "unit-ended" }]);
  });
});

describe("a chat with several roles", () => {
  it("takes a word that only a unit has for the unit, and asks once in which role the others are said", async () => {
    const both = await service.deputy("D001");
    await say(service, both, `绑定 ${await invite("unit", "U01")}`);
    const { number, short } = await handedOver("both");
    await say(service, both, `接收 ${short}`);
    expect((await service.case(number)).handovers).toMatchObject([{ state: "accepted" }]);
    const other = await bound("fresh", "unit", "U01");
    await say(service, other, `绑定 ${await service.invite("D003")}`);
    await say(service, other, "列表");
    expect(newest(other)).toContain("您现在以哪个身份说？");
    await say(service, other, "2");
    expect(newest(other)).toContain("住房和城乡建设局要办的有");
    await say(service, other, "列表");
    expect(newest(other)).toContain("住房和城乡建设局要办的有");
  });
});

describe("what happened to hand-overs", () => {
  it("follows from their acts and the cases' events, and nothing was told to a unit of a case that is sealed", async () => {
    const county = await countyByCode(service.runtime.database, "qinghe");
    expect(county).not.toBeNull();
    if (county !== null) expect((await auditCounty(service.runtime.database, county)).findings).toEqual([]);
    const open = await inCounty((tx) => tx.select().from(handovers));
    expect(open.length).toBeGreaterThan(5);
    const failed = await inCounty((tx) =>
      tx
        .select()
        .from(outbox)
        .where(and(eq(outbox.kind, "handover"), eq(outbox.state, "failed"), isNull(outbox.deputyId))),
    );
    expect(failed).toEqual([]);
  });
});
