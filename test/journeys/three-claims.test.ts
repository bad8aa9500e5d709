import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import { inviteRole } from "../../src/casework/deputy/invite-role.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { hasRedis } from "../redis.ts";
import { startService, type TestService } from "../service.ts";
import { DAY, letPass, MINUTE, onlyCase, say } from "./resident.ts";

const backends: ("postgres" | "redis")[] = hasRedis ? ["postgres", "redis"] : ["postgres"];

describe.each(backends)("what unit, deputy and resident each say, with the queue on %s", (backend) => {
  let service: TestService;
  let deputy: Phone;
  let unit: Phone;
  let station: Phone;
  beforeAll(async () => {
    service = await startService({ backend });
    deputy = await service.deputy("D001");
    unit = await bound("u01", "unit", "U01");
    station = await bound("st01", "station", "ST01");
  });
  afterAll(() => service.close());

  async function bound(person: string, role: "unit" | "station", ref: string): Promise<Phone> {
    const phone = service.phone(person);
    const code = await inviteRole(service.runtime, service.jurisdiction("qinghe"), { role, ref });
    await say(service, phone, `绑定 ${code}`);
    return phone;
  }

  async function reported(person: string) {
    const phone = service.phone(person);
    await say(service, phone, "柳东村三组村口路灯坏了六盏");
    const { number } = await onlyCase(service, phone);
    const short = String(Number(number.slice(5)));
    await say(service, deputy, `转办 ${short} 住建局，请修灯`);
    await say(service, unit, `办结 ${short} 已更换6盏`);
    return { phone, number, short };
  }

  const states = async (number: string) => (await service.case(number)).handovers.map(({ state }) => state);

  it("goes from the unit's word over the deputy's look to the resident's no, and round again", async () => {
    const { phone, number, short } = await reported("whole");
    expect(arrived(phone).join()).not.toMatch(/已更换6盏|办结了/);
    await say(service, deputy, "1");
    expect(newest(deputy)).toContain("要告诉居民什么");
    expect(await service.case(number)).toMatchObject({
      state: "referred",
      claims: { unit: { result: "done" }, deputy: { result: "fixed", how: "visit" }, resident: null },
    });
    await say(service, deputy, "6盏灯都换了");
    expect(newest(phone)).toContain("李秀兰代表办结了（代表去看过）");
    expect(newest(phone)).toContain("3 好了，但不满意");
    expect(newest(unit)).toContain("代表核实好了");
    expect(await states(number)).toEqual(["confirmed"]);
    await say(service, phone, "2");
    expect(await service.case(number)).toMatchObject({
      state: "assigned",
      outcome: null,
      claims: { unit: { result: "done" }, deputy: { result: "fixed" }, resident: { result: "denied" } },
      handovers: [{ to: "U01", state: "accepted" }],
    });
    expect(newest(unit)).toContain(`【再办】${short}号，居民说还没好`);
    expect(arrived(deputy).join()).toContain("已经退给住房和城乡建设局再办");
    expect(arrived(station).join()).not.toContain("【居民说没好】");
    await say(service, unit, `办结 ${short} 换了新线`);
    await say(service, deputy, "2");
    await say(service, deputy, "照转");
    expect(newest(phone)).toContain("住房和城乡建设局：换了新线");
    expect(newest(phone)).toContain("代表打电话问过或看过照片");
    await say(service, phone, "2");
    expect(newest(station)).toContain("居民第2次说没好");
    await say(service, unit, `办结 ${short} 又查了一遍`);
    await say(service, deputy, "1");
    await say(service, deputy, "照转");
    await say(service, phone, "1");
    expect(await service.case(number)).toMatchObject({
      state: "closed",
      rating: 5,
      claims: { resident: { result: "confirmed" } },
      handovers: [{ state: "confirmed" }],
    });
  });

  it("passes a word on that nobody checked as the unit's word, and the resident's yes closes the case on theirs alone", async () => {
    const { phone, number } = await reported("passed-on");
    await say(service, deputy, "3");
    expect(newest(phone)).toContain("住房和城乡建设局说办完了，代表还没去看");
    expect(newest(phone)).not.toContain("办结");
    expect((await service.case(number)).claims).toMatchObject({ deputy: null, resident: null });
    await say(service, phone, "1");
    expect(await service.case(number)).toMatchObject({
      state: "closed",
      outcome: "solved",
      claims: { unit: { result: "done" }, deputy: null, resident: { result: "confirmed" } },
      handovers: [{ state: "confirmed" }],
    });
    expect(newest(deputy)).toContain("好了");
  });

  it("takes a no to such a word back to the unit at once", async () => {
    const { phone, number, short } = await reported("not-so");
    await say(service, deputy, "3");
    await say(service, phone, "没好，还是黑的");
    expect(newest(phone)).toContain("退给住房和城乡建设局再办");
    expect(await states(number)).toEqual(["accepted"]);
    expect(newest(unit)).toContain(`【再办】${short}号`);
    expect(newest(deputy)).toContain("没好");
    expect((await service.case(number)).open).toBe(true);
  });

  it("gives back to the unit what its deputy finds not done", async () => {
    const { number, short } = await reported("deputy-says-no");
    await say(service, deputy, "4");
    expect(newest(unit)).toContain(`【再办】${short}号，代表说还没好`);
    expect(await service.case(number)).toMatchObject({
      state: "referred",
      claims: { deputy: { result: "not_fixed", how: "unsaid" } },
      handovers: [{ state: "accepted" }],
    });
  });

  it("asks a deputy who closes such a case how they know; without an answer nobody is said to have looked", async () => {
    const { phone, number, short } = await reported("unsaid");
    const before = arrived(phone).length;
    await say(service, deputy, `办结 ${short} 都修好了`);
    expect(newest(deputy)).toContain("您怎么知道办好了");
    expect(arrived(phone)).toHaveLength(before);
    await letPass(service, 31 * MINUTE);
    expect(newest(phone)).toContain("李秀兰代表办结了。代表的话");
    expect(newest(phone)).not.toContain("去看过");
    expect(await service.case(number)).toMatchObject({
      state: "closed",
      claims: { deputy: { result: "fixed", how: "unsaid" }, resident: null },
      handovers: [{ state: "reported" }],
    });
    await say(service, phone, "3");
    expect(await service.case(number)).toMatchObject({
      state: "closed",
      rating: 1,
      claims: { resident: { result: "confirmed" } },
      handovers: [{ state: "confirmed" }],
    });
  });

  it("says on whose word a deputy closes who did not go there", async () => {
    const { phone, number, short } = await reported("on-its-word");
    await say(service, deputy, `办结 ${short} 都修好了`);
    await say(service, deputy, "2");
    expect(newest(phone)).toContain("按住房和城乡建设局说的，代表还没去看");
    expect((await service.case(number)).claims.deputy).toMatchObject({ result: "fixed", how: "unit_word" });
  });

  it("counts whom it asked in vain apart, never as satisfied, and tells the resident after two working days what nobody checked", async () => {
    const silent = await reported("silent");
    await say(service, deputy, `办结 ${silent.short} 我去看过了，都亮了`);
    expect(newest(silent.phone)).toContain("代表去看过");
    const unchecked = await reported("unchecked");
    await letPass(service, 5 * DAY);
    // The platform lets nobody be written to after two days who has not written since.
    await say(service, unchecked.phone, "进度");
    expect(arrived(unchecked.phone).join()).toContain("住房和城乡建设局说办完了，代表还没去看");
    await say(service, deputy, "列表");
    expect(arrived(deputy).join()).toContain(`${unchecked.short}号两个工作日没有核实`);
    const told = arrived(unchecked.phone).length;
    await letPass(service, 11 * DAY);
    expect(arrived(unchecked.phone)).toHaveLength(told);
    expect(await service.case(silent.number)).toMatchObject({
      rating: null,
      claims: { unit: { result: "done" }, deputy: { how: "visit" }, resident: { result: "silent" } },
    });
  });

  it("leaves ledgers from which cases and hand-overs follow", async () => {
    const county = await countyByCode(service.runtime.database, "qinghe");
    expect(county).not.toBeNull();
    if (county !== null) expect((await auditCounty(service.runtime.database, county)).findings).toEqual([]);
  });
});
