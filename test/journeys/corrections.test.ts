import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseEvents, cases } from "../../db/schema/cases.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import { inviteRole } from "../../src/casework/deputy/invite-role.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { DAY, letPass, onlyCase, say, short, since } from "./resident.ts";

let service: TestService;
let deputy: Phone;
beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
});
afterAll(() => service.close());

let buildings = 0;
/** A case of a lamp of its own, so that it is one matter with no other. */
const opened = async (person: string, text = `柳东村三组${++buildings}号楼前路灯坏了三天`) => {
  await say(service, deputy, "列表");
  const phone = service.phone(person);
  await say(service, phone, text);
  await letPass(service, 20 * 60_000);
  const { number } = await onlyCase(service, phone);
  return { phone, number };
};

describe("a resident who puts right what they said", () => {
  it.each([
    ["thing", "我说错了，不是路灯，是井盖", "井盖"],
    ["contrast", "不是路灯，是井盖", "井盖"],
    ["number", "写错了，是五天，不是三天", "五天"],
  ])(
    "of a %s: the old words stay, the deputy reads it as a correction, they read what became of it",
    async (who, said, right) => {
      const { phone, number } = await opened(who);
      await say(service, phone, said);
      expect(newest(deputy)).toContain(`${short(number)}号，居民更正：`);
      expect(newest(deputy)).toContain(right);
      expect(newest(phone)).toContain(`编号${number}改好了，按您更正的办`);
      expect(newest(phone)).toMatch(/还是李秀兰代表负责.*您先前的话也留着/s);
      const view = await onlyCase(service, phone);
      expect(view.messages.filter(({ party }) => party === "resident").map(({ kind }) => kind)).toEqual([
        "text",
        "correction",
      ]);
      expect(view.events.map(({ type }) => type)).toContain("corrected");
    },
  );

  it("lets the category follow", async () => {
    const { phone } = await opened("category");
    const { category } = await onlyCase(service, phone);
    await say(service, phone, "说错了，不是路灯坏了，是自来水停了");
    const after = await onlyCase(service, phone);
    expect(after.category).not.toBe(category);
    expect(after.events.map(({ type }) => type)).toContain("categorised");
  });

  it("of a place goes to whoever answers there; the former deputy reads why", async () => {
    const { phone, number } = await opened("place");
    await say(service, phone, "说错了，不是柳东村三组，是锦绣家园");
    const view = await onlyCase(service, phone);
    expect(view.deputy).not.toBe("D001");
    expect(newest(deputy)).toContain(`${short(number)}号不用您办了：居民更正了`);
    expect(arrived(phone).at(-1)).toContain(number);
    expect(view.events.map(({ type }) => type)).toContain("corrected");
  });

  it("without the right words is asked for them, and nothing is lost", async () => {
    const { phone, number } = await opened("time");
    await say(service, phone, "时间说错了");
    expect(newest(phone)).toContain(`编号${number}：您说有地方不对`);
    expect(newest(deputy)).toContain("时间说错了");
  });

  it("of an answered case is told so, and asked whether it shall be looked at again", async () => {
    const { phone, number } = await opened("answered");
    await say(service, deputy, `回复 ${short(number)} 明天来换灯泡`);
    await say(service, phone, "说错了，不是路灯，是井盖");
    expect(newest(phone)).toMatch(/已经答复过您.*要不要请再看一次/s);
    await say(service, phone, "1");
    expect(newest(phone)).toContain("按您的更正再看一次");
    expect(newest(deputy)).toContain("居民更正后请您再看一次");
  });

  it("of a closed case is told so: it opens again only where they want it", async () => {
    const { phone, number } = await opened("closed");
    await say(service, deputy, `办结 ${short(number)} 换了灯泡`);
    await letPass(service, DAY);
    await say(service, phone, "我说错了，不是路灯，是井盖");
    expect(newest(phone)).toMatch(/已经办结了.*要不要重新打开/s);
    expect((await service.case(number)).open).toBe(false);
    await say(service, phone, "2");
    expect(newest(phone)).toContain("就这样");
    await say(service, phone, "更正一下，不是路灯，是井盖");
    await say(service, phone, "1");
    expect((await service.case(number)).open).toBe(true);
  });

  it("of a case that a unit reported and that was closed goes to the unit again, as a correction and as no denial", async () => {
    const unit = service.phone("of-unit");
    const invited = { role: "unit", ref: "U01" } as const;
    await say(service, unit, `绑定 ${await inviteRole(service.runtime, service.jurisdiction("qinghe"), invited)}`);
    const { phone, number } = await opened("unit-closed");
    const id = short(number);
    await say(service, deputy, `转办 ${id} 住建局，请修灯`);
    await say(service, unit, `接收 ${id}`, `办结 ${id} 已更换6盏`);
    await say(service, deputy, "1", "六盏灯都亮了");
    expect(await service.case(number)).toMatchObject({ open: false, handovers: [{ to: "U01", state: "confirmed" }] });
    await say(service, unit, "列表");
    const [ofUnit, ofDeputy] = [arrived(unit).length, arrived(deputy).length];
    await say(service, phone, "我说错了，不是路灯，是井盖，我电话13812345678");
    expect(newest(phone)).toMatch(/已经办结了.*要不要重新打开/s);
    expect(since(unit, ofUnit)).toBe("");
    await say(service, phone, "1");
    expect(await service.case(number)).toMatchObject({ open: true, handovers: [{ to: "U01", state: "accepted" }] });
    const [again] = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
      tx
        .select({ details: caseEvents.details })
        .from(caseEvents)
        .innerJoin(cases, eq(cases.id, caseEvents.caseId))
        .where(and(eq(cases.number, number), eq(caseEvents.type, "reopened"))),
    );
    expect(again?.details).toMatchObject({ why: "corrected" });
    const told = since(unit, ofUnit);
    expect(told).toContain(`【再办】${id}号，居民更正了原来说的，重新打开了。请在`);
    expect(told).toMatch(new RegExp(`【更正】${id}号，居民更正了原来说的：.*井盖`));
    expect(told).not.toMatch(/13812345678|说还没好/);
    const toDeputy = since(deputy, ofDeputy);
    expect(toDeputy).toContain("井盖");
    expect(toDeputy).toContain(`${id}号退给住房和城乡建设局再办了`);
    expect(toDeputy).not.toContain("没好");
  });

  it("that tells of a danger or accuses somebody is taken as such", async () => {
    const { phone } = await opened("danger");
    await say(service, phone, "说错了，不是路灯坏了，是变压器着火了，有人困在里面");
    expect(arrived(phone).join("\n")).toContain("119");
    const { phone: other } = await opened("accuses");
    const before = arrived(deputy).length;
    await say(service, other, "说错了，不是路灯坏了，是代表收了物业的红包");
    expect(since(deputy, before)).not.toContain("红包");
  });

  it("leaves a ledger from which each case follows", async () => {
    const county = await countyByCode(service.runtime.database, "qinghe");
    expect(county === null ? null : (await auditCounty(service.runtime.database, county)).findings).toEqual([]);
  });
});
