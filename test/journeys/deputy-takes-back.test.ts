import { afterEach, describe, expect, it } from "vitest";
import { conversations } from "../../db/schema/conversations.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { CUSTOM_SEND } from "./delivery.ts";
import { expectEveryMessageEnded, HOUR, onlyCase, say, service, short, withService } from "./resident.ts";

withService();

let people = 0;
let deputy: Phone;

async function withCase(): Promise<{ phone: Phone; id: string; number: string }> {
  deputy = await service.deputy("D001");
  people += 1;
  const phone = service.phone(`taken-back-${people}`);
  await say(service, phone, "柳东村三组路灯坏了");
  const { number } = await onlyCase(service, phone);
  return { phone, number, id: short(number) };
}

const asks = async (text: string) => {
  await say(service, deputy, text);
  return newest(deputy);
};
const typesOf = async (number: string) => (await service.case(number)).events.map(({ type, by }) => `${type} ${by}`);

afterEach(async () => {
  service.wechat.clearFaults();
  for (const one of await service.cases()) {
    if (one.open && one.deputy === "D001") await say(service, deputy, `办结 ${short(one.number)} 办好了`);
  }
  await expectEveryMessageEnded(service);
  service.advance(HOUR);
});

describe("更正", () => {
  it("sends what is right to the same resident, and stands in thread and ledger", async () => {
    const { phone, number, id } = await withCase();
    await asks(`回复 ${id} 周三来修`);
    expect(await asks(`更正 ${id} 是周四来修`)).toContain(`${id}号的更正记下了`);
    expect(newest(phone)).toMatch(/更正.*李秀兰.*「是周四来修」/s);
    const view = await service.case(number);
    expect(view.state).toBe("answered");
    expect(view.messages.at(-1)).toMatchObject({ party: "deputy", direction: "out", text: "是周四来修" });
    expect(await typesOf(number)).toContain("message_added deputy:D001");
  });

  it("leaves a closed case closed, and says how it is opened", async () => {
    const { phone, number, id } = await withCase();
    await asks(`办结 ${id} 换了五盏`);
    expect(await asks("更正：换了六盏")).toMatch(new RegExp(`更正记下了.*重开 ${id}`));
    expect(newest(phone)).toContain("「换了六盏」");
    expect((await service.case(number)).state).toBe("closed");
    await say(service, phone, "满意");
    expect((await service.case(number)).rating).toBe(5);
  });

  it("needs words of this deputy that were wrong", async () => {
    const { phone, number, id } = await withCase();
    const before = arrived(phone).length;
    expect(await asks(`更正 ${id} 是周四`)).toContain("没有可更正的");
    expect(await asks(`更正 ${id}`)).toContain("还没写怎么更正");
    expect(arrived(phone)).toHaveLength(before);
    expect((await service.case(number)).state).toBe("assigned");
  });

  it("and 重开 reach no case of somebody else", async () => {
    const { number, phone } = await withCase();
    const other = await service.deputy("D009");
    await asks(`办结 ${short(number)} 换好了`);
    const before = arrived(phone).length;
    await say(service, other, `更正 ${number} 没换`, `重开 ${number} 没换`);
    expect(newest(other)).not.toMatch(/记下了|重新打开了/);
    expect(arrived(phone)).toHaveLength(before);
    expect((await service.case(number)).state).toBe("closed");
  });
});

describe("重开", () => {
  it("opens the case again, tells the resident so, and waits for no verdict", async () => {
    const { phone, number, id } = await withCase();
    const { dueOn } = await service.case(number);
    await asks(`办结 ${id} 灯亮了`);
    expect(newest(phone)).toContain("满意");
    expect(await asks(`重开 ${id} 又灭了两盏`)).toMatch(new RegExp(`${id}号重新打开了.*正在告诉居民.*收回`));
    expect(newest(phone)).toMatch(/告诉您办结了.*收回了.*还没办完.*「又灭了两盏」/s);
    expect(await service.case(number)).toMatchObject({ state: "assigned", open: true, outcome: null, dueOn });
    expect(await typesOf(number)).toContain("reopened deputy:D001");
    const questions = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), async (tx) =>
      (await tx.select().from(conversations)).flatMap(({ dialog }) => [dialog.question, ...(dialog.aside ?? [])]),
    );
    expect(questions.filter((one) => one?.kind === "rating" && one.case === number)).toEqual([]);
    await say(service, phone, "1");
    expect((await service.case(number)).rating).toBeNull();
    await asks(`办结 ${id} 这回真亮了`);
    await say(service, phone, "满意");
    expect(await service.case(number)).toMatchObject({ state: "closed", rating: 5 });
  });

  it("before word of the closing has left, takes that word back and tells nobody", async () => {
    const { phone, number, id } = await withCase();
    service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "http-502" });
    const before = arrived(phone).length;
    await deputy.say(`办结 ${id} 灯亮了`);
    await service.settled();
    await asks(`重开${id}号`);
    service.advance(HOUR);
    await service.deliverDue();
    expect(arrived(phone).slice(before).join("\n")).not.toContain("办得怎么样");
    expect(await service.case(number)).toMatchObject({ state: "assigned", open: true });
  });

  it("is for what this deputy closed, and for nothing that is open", async () => {
    const { phone, number, id } = await withCase();
    expect(await asks(`重开 ${id}`)).toContain("没有办结");
    await say(service, phone, "撤回");
    expect((await service.case(number)).state).toBe("closed");
    expect(await asks(`重开 ${id}`)).toContain("不是您办结的");
    expect((await service.case(number)).state).toBe("closed");
  });

  it("leaves a ledger from which the cases follow", async () => {
    const { id } = await withCase();
    await asks(`办结 ${id} 灯亮了`);
    await asks(`重开 ${id}`);
    const county = await countyByCode(service.runtime.database, "qinghe");
    if (county === null) throw new Error("no county");
    expect((await auditCounty(service.runtime.database, county)).findings).toEqual([]);
  });
});
