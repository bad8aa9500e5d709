import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { onlyCase, say } from "./resident.ts";

let service: TestService;
let deputy: Phone;
beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
});
afterAll(() => service.close());

let buildings = 0;
/** A lamp of their own for everybody: what many tell of one is told together. */
function aLamp(): string {
  buildings += 1;
  return `柳东村三组${buildings}号楼前路灯坏了`;
}

async function opened(person: string, text = aLamp()) {
  const phone = service.phone(person);
  await say(service, phone, text);
  const { number } = await onlyCase(service, phone);
  return { phone, number, short: String(Number(number.slice(5))) };
}

describe("a deputy who passes a case on", () => {
  it("to a unit keeps it; the resident is told who is asked, and by whom, and the office reads why", async () => {
    const { phone, number, short } = await opened("unit");
    await say(service, deputy, `轉辦 ${short}號 住房和城乡建设局，路灯归他们管`);
    expect(newest(deputy)).toContain("住房和城乡建设局");
    expect(await service.case(number)).toMatchObject({
      state: "referred",
      open: true,
      unit: "U01",
      deputy: "D001",
      events: expect.arrayContaining([expect.objectContaining({ type: "referred", by: "deputy:D001" })]),
      messages: expect.arrayContaining([expect.objectContaining({ party: "deputy", text: "路灯归他们管" })]),
    });
    expect(newest(phone)).toMatch(new RegExp(`${number}.*李秀兰代表请住房和城乡建设局来办`));
    expect(arrived(phone).join()).not.toContain("路灯归他们管");
    await say(service, phone, "进度");
    expect(newest(phone)).toContain("代表请有关单位来办");
    await say(service, deputy, `回复 ${short} 他们后天来修`);
    expect((await service.case(number)).state).toBe("answered");
    await say(service, deputy, `办结 ${short} 修好了`);
    expect(await service.case(number)).toMatchObject({ state: "closed", unit: "U01" });
  });

  it("to another deputy hands it over, with notice to both and to the resident", async () => {
    const other = await service.deputy("D003");
    const { phone, number, short } = await opened("deputy");
    await say(service, deputy, `转办 ${short} 赵德明代表，他离得近`);
    expect(await service.case(number)).toMatchObject({ state: "assigned", deputy: "D003", unit: null });
    expect(newest(deputy)).toContain("赵德明代表");
    expect(newest(other)).toContain("路灯坏了");
    expect(newest(phone)).toContain("赵德明代表");
    await say(service, deputy, `回复 ${short} 我也去看看`);
    expect(arrived(phone).join()).not.toContain("我也去看看");
    await say(service, phone, "为什么");
    expect(newest(phone)).toContain("赵德明");
  });

  it("to a deputy of another station names that station, and not the one of the place", async () => {
    await service.deputy("D009");
    const { phone, short } = await opened("elsewhere");
    await say(service, deputy, `转办 ${short} 陈国庆，他懂电`);
    expect(newest(phone)).toContain("陈国庆代表（城关镇代表联络站）");
    await say(service, phone, "进度");
    expect(newest(phone)).toContain("陈国庆代表（城关镇代表联络站）");
  });

  it.each([
    ["nobody", "转办 # 管路灯的，快点", "管路灯的"],
    ["no words", "转办 #", "还没写转给谁"],
    ["a deputy who is away", "转办 # 褚小燕，她熟悉", "请假"],
    ["a deputy whose term is over", "转办 # D011，他熟悉", "没找到"],
    ["themselves", "转办 # D001，我自己办", "没找到"],
  ])("to %s is told so, and nothing changes", async (whom, words, said) => {
    const away = await service.deputy("D010");
    await say(service, away, "请假 3天");
    const { phone, number, short } = await opened(`nothing-${whom}`);
    const before = arrived(phone).length;
    await say(service, deputy, words.replace("#", short));
    expect(newest(deputy)).toContain(said);
    expect(await service.case(number)).toMatchObject({ state: "assigned", deputy: "D001", unit: null });
    expect(arrived(phone)).toHaveLength(before);
  });

  it("is asked which case, where two could be meant, and it is that one", async () => {
    const [first, second] = [await opened("first"), await opened("second")];
    await say(service, deputy, "转办 农业农村局，田里的灯");
    expect(newest(deputy)).toContain("您说的是哪一件");
    await say(service, deputy, second.short);
    expect((await service.case(second.number)).unit).toBe("U02");
    expect((await service.case(first.number)).unit).toBeNull();
  });

  it("leaves a ledger from which the cases follow", async () => {
    const county = await countyByCode(service.runtime.database, "qinghe");
    expect(county).not.toBeNull();
    if (county !== null) expect((await auditCounty(service.runtime.database, county)).findings).toEqual([]);
  });
});
