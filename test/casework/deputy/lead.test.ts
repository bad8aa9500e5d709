import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseClocks, caseEvents, cases } from "../../../db/schema/cases.ts";
import { deputies } from "../../../db/schema/people.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { moveByHand } from "../../../src/casework/office/move-case.ts";
import { type Office, openOffice } from "../office.ts";

let office: Office;
let people = 0;
beforeAll(async () => {
  office = await openOffice();
  for (const code of ["D001", "D002", "D007", "D009", "D010"]) await office.bind(`deputy-${code}`, code);
});
afterAll(async () => {
  expect((await auditCounty(office.db.database, office.county)).findings).toEqual([]);
  await office.close();
});

const rows = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const to = (person: string) => office.sent.filter((one) => one.to === person).map(({ text }) => text);
const last = (person: string) => to(person).at(-1) ?? "";

/** A new person tells of something; who has it, as the person in chat, and its number. */
async function tell(text: string) {
  people += 1;
  const resident = `resident-${people}`;
  const before = (await rows((tx) => tx.select({ id: cases.id }).from(cases))).map(({ id }) => id);
  await office.say(resident, text);
  const opened = (await rows((tx) => tx.select().from(cases))).filter(({ id }) => !before.includes(id));
  expect(opened).toHaveLength(1);
  const { id, number } = opened[0]!;
  return { resident, id, number, short: String(Number(number.slice(5))) };
}

const eventsOf = async (id: string) =>
  rows((tx) => tx.select().from(caseEvents).where(eq(caseEvents.caseId, id)).orderBy(asc(caseEvents.seq)));
const accepted = async (id: string) =>
  (await eventsOf(id)).filter(({ type }) => type === "accepted").map(({ by }) => by);
const seen = (resident: string) => to(resident).filter((text) => text.includes("代表看到了"));

describe("a deputy who accepts a case", () => {
  it("has its resident told once that they have seen it, by when an answer is due, and nothing more", async () => {
    const one = await tell("柳东村三组路灯坏了");
    await office.say("deputy-D001", `接收 ${one.short}`);
    expect(await accepted(one.id)).toEqual(["deputy:D001"]);
    expect(seen(one.resident)).toEqual([
      expect.stringMatching(
        new RegExp(`^编号${one.number}，李秀兰代表看到了，还没有答复。最晚.*日（星期.）给您回话。$`),
      ),
    ]);
    expect(last("deputy-D001")).toMatch(new RegExp(`^${one.short}号接收了，正在告诉居民您看到了。最晚`));
    await office.say("deputy-D001", `接收${one.short}号`);
    expect(last("deputy-D001")).toContain("您接收过了，没有再告诉居民一次");
    expect(await accepted(one.id)).toHaveLength(1);
    expect(seen(one.resident)).toHaveLength(1);
    await office.say("deputy-D001", `回复 ${one.short} 明天去看`);
    await office.say("deputy-D001", `接收 ${one.short}`);
    expect(last("deputy-D001")).toContain("不用再接收");
    expect(await accepted(one.id)).toHaveLength(1);
    await office.say("deputy-D001", `办结 ${one.short} 我看过，修好了`);
    await office.say("deputy-D001", `接收 ${one.short}`);
    expect(last("deputy-D001")).toContain("已经办结");
    await office.say(one.resident, "没好");
    await office.say("deputy-D001", `接收 ${one.short}`);
    expect(await accepted(one.id)).toHaveLength(2);
    expect(seen(one.resident)).toHaveLength(2);
    await office.say("deputy-D001", `办结 ${one.short} 我又去看过，修好了`);
  });

  it("needs no number where one case is clear, is asked where none is, and never has another's", async () => {
    const one = await tell("柳东村三组井盖丢了");
    await office.say("deputy-D001", "接收");
    expect(await accepted(one.id)).toEqual(["deputy:D001"]);
    await office.say("deputy-D009", `接收 ${one.number}`);
    expect(last("deputy-D009")).toContain("没有找到");
    const another = await tell("柳东村三组公厕门坏了");
    expect((await eventsOf(another.id)).some(({ type }) => type === "assigned")).toBe(true);
    await office.say("deputy-D001", "列表");
    await office.say("deputy-D001", `接收 ${another.short}、${one.short}`);
    expect(last("deputy-D001")).toContain("您说的是哪一件");
    expect(await accepted(another.id)).toEqual([]);
    await office.say("deputy-D001", another.short);
    expect(await accepted(another.id)).toEqual(["deputy:D001"]);
    for (const { short } of [one, another]) await office.say("deputy-D001", `办结 ${short} 我看过，修好了`);
  });

  it("is asked before words behind it reach the resident", async () => {
    const one = await tell("柳东村三组水管漏水");
    await office.say("deputy-D001", `接收 ${one.short} 我明天上午去看`);
    expect(seen(one.resident)).toHaveLength(1);
    expect(to(one.resident).join()).not.toContain("明天上午");
    expect(last("deputy-D001")).toMatch(new RegExp(`这句话要作为${one.short}号的答复转给居民吗？\n「我明天上午去看」`));
    await office.say("deputy-D001", "1");
    expect(last(one.resident)).toContain("「我明天上午去看」");
    await office.say("deputy-D001", `办结 ${one.short} 我看过，修好了`);
  });

  it("counts as seeing to a danger: whoever is on duty hears no more of it", async () => {
    const one = await tell("柳东村三组楼道里全是煤气味，有人晕倒了");
    const waits = async () =>
      (await rows((tx) => tx.select().from(caseClocks).where(eq(caseClocks.caseId, one.id)))).find(
        ({ kind }) => kind === "acknowledge",
      )?.state;
    expect(await waits()).toBe("running");
    await office.say("deputy-D001", `接收 ${one.short}`);
    expect(await waits()).toBe("met");
    await office.say("deputy-D001", `办结 ${one.short} 我看过，关好了`);
  });

  it("late says that it is late", async () => {
    const one = await tell("柳东村三组垃圾没人收");
    await office.pass(16 * 86_400_000);
    await office.say(one.resident, "进度");
    await office.say("deputy-D001", `接收 ${one.short}`);
    expect(seen(one.resident).at(-1)).toMatch(/本来应在.*前给您回话，已经晚了，还没有答复。$/);
    expect(last("deputy-D001")).toContain("已经过了");
    await office.say("deputy-D001", `办结 ${one.short} 我看过，收走了`);
  });

  it("never has a sealed one", async () => {
    const one = await tell("我要举报柳河镇李秀兰代表收了包工头的钱");
    const [row] = await rows((tx) => tx.select().from(cases).where(eq(cases.id, one.id)));
    expect(row?.sealed).toBe(true);
    for (const code of ["D001", "D009"]) await office.say(`deputy-${code}`, `接收 ${one.number}`);
    expect(await accepted(one.id)).toEqual([]);
    expect(seen(one.resident)).toEqual([]);
  });
});

describe("a deputy who hands a case back", () => {
  it("gives a ground, hears who decides, and does not get it again but by hand, whatever was decided since", async () => {
    const one = await tell("北大街人行道砖翘起来了");
    const holder = async () =>
      (await eventsOf(one.id)).findLast(({ type }) => ["assigned", "left_to_office"].includes(type))?.details.deputy;
    expect(await holder()).toBe("D010");
    await office.say("deputy-D010", `退回 ${one.short}`);
    expect(last("deputy-D010")).toContain("还没写原因");
    await office.say("deputy-D010", `退回 ${one.short} 不是我负责的路段`);
    expect(last("deputy-D010")).toMatch(/改由.*代表负责。原因县人大代表工作机构看得到，居民看不到/);
    const second = await holder();
    expect(second).not.toBe("D010");
    const moved = await moveByHand(
      office.runtime,
      office.county.id,
      one.number,
      { kind: "deputy", code: "D001" },
      "办",
    );
    expect(moved.ok).toBe(true);
    await office.work();
    await office.say("deputy-D001", `退回 ${one.short} 没写在哪一段`);
    expect(["D010", "D001"]).not.toContain(await holder());
    const returned = (await eventsOf(one.id)).filter(({ type }) => type === "returned");
    expect(returned.map(({ by, details }) => [by, details.ground])).toEqual([
      ["deputy:D010", "not_ours"],
      ["deputy:D001", "unclear"],
    ]);
    expect(to(one.resident).join()).not.toMatch(/不是我负责|没写在哪/);
  });

  it("hears that the office decides where nobody else answers", async () => {
    const one = await tell("北大街路牙石碎了");
    const holder = async () => {
      const [row] = await rows((tx) =>
        tx
          .select({ code: deputies.code })
          .from(cases)
          .innerJoin(deputies, eq(deputies.id, cases.deputyId))
          .where(eq(cases.id, one.id)),
      );
      return row?.code ?? null;
    };
    const had: string[] = [];
    for (let code = await holder(); code !== null; code = await holder()) {
      expect(had).not.toContain(code);
      had.push(code);
      await office.bind(`deputy-${code}`, code);
      await office.say(`deputy-${code}`, `退回 ${one.short} 不归我管`);
    }
    expect(had.length).toBeGreaterThan(1);
    expect(last(`deputy-${had.at(-1)}`)).toContain("由县人大代表工作机构决定给谁办");
    await office.say(one.resident, "进度");
    expect(to(one.resident).join()).toContain("由县人大代表工作机构分派");
  });
});
