import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caseFollowers, cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { deputies } from "../../../db/schema/people.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { moveByHand } from "../../../src/casework/office/move-case.ts";
import { planSuccession } from "../../../src/casework/office/plan-succession.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import { type Office, openOffice } from "../office.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  const all = await inCounty((tx) => tx.select().from(deputies));
  for (const { code } of all) if (code !== "D009") await office.bind(`deputy-${code}`, code);
});
afterAll(async () => {
  expect((await auditCounty(office.db.database, office.county)).findings.map(({ text }) => text)).toEqual([]);
  await office.close();
});

const inCounty = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const casesOf = (person: string) =>
  inCounty(async (tx) => {
    const rows = await tx
      .select({ one: cases, deputy: deputies.code })
      .from(cases)
      .innerJoin(conversations, eq(conversations.id, cases.conversationId))
      .leftJoin(deputies, eq(deputies.id, cases.deputyId))
      .where(eq(conversations.peer, office.peer(person)))
      .orderBy(asc(cases.number));
    return rows.map(({ one, deputy }) => ({ ...one, deputy }));
  });
/** Who follows a case, and why. */
const followersOf = (number: string) =>
  inCounty(async (tx) => {
    const rows = await tx
      .select({ code: deputies.code, why: caseFollowers.why })
      .from(caseFollowers)
      .innerJoin(cases, eq(cases.id, caseFollowers.caseId))
      .innerJoin(deputies, eq(deputies.id, caseFollowers.deputyId))
      .where(eq(cases.number, number))
      .orderBy(asc(deputies.code));
    return rows.map(({ code, why }) => `${code} ${why}`);
  });
/** A resident's new case, of which they say no more in the same breath. */
const opened = async (person: string, text: string) => {
  await office.say(person, text);
  await office.pass(2 * MINUTE);
  return (await casesOf(person)).at(-1)!;
};
const toldTo = (code: string, since = 0) =>
  office.sent.slice(since).flatMap(({ to, text }) => (to === `deputy-${code}` ? [text] : []));
/** What a deputy is answered. */
const asks = async (code: string, said: string) => {
  const since = office.sent.length;
  await office.say(`deputy-${code}`, said);
  return toldTo(code, since).join("\n");
};
const short = (number: string) => String(Number(number.slice(5)));

describe("the higher levels of a grid", () => {
  test("follow what a lower level has, without being written to", async () => {
    const since = office.sent.length;
    const { number, deputy } = await opened("lamp", "柳东村三组的路灯坏了");
    expect([deputy, await followersOf(number)]).toEqual(["D001", ["D002 higher-level", "D008 higher-level"]]);
    expect([toldTo("D002", since), toldTo("D008", since)]).toEqual([[], []]);
  });

  test("read it in their list behind their own, by its number, masked, and in English", async () => {
    const { number } = await opened("drain", "柳东村三组的下水道堵了，电话13800000000");
    const list = await asks("D002", "列表");
    expect(list).toMatch(/^您手上现在没有在办的事。\n关注（\d件，别人在办，您只看）：\n[\s\S]*李秀兰代表负责/);
    expect(list).toContain(`${short(number)}号`);
    const shown = await asks("D002", short(number));
    expect(shown).toMatch(/^【关注】由李秀兰代表负责，您只看[\s\S]*下水道堵了/);
    expect(shown).not.toMatch(/13800000000|回复 |办结 |drain/);
    expect(await asks("D008", "list")).toMatch(
      /You have no open case\.\nFollowing \(\d; others have them[\s\S]*Deputy 李秀兰/,
    );
    expect(await asks("D003", short(number))).toContain("没有找到");
  });

  test("change nothing about it, and are told who has it", async () => {
    const { number } = await opened("pipe", "柳东村三组的水管漏了");
    const before = office.sent.filter(({ to }) => to === "pipe").length;
    for (const said of ["回复 # 我来办", "办结 # 修好了", "转办 # U01，请住建局办", "退回 # 不归我管"]) {
      expect(await asks("D002", said.replace("#", short(number)))).toMatch(/号由李秀兰代表负责，您是关注，不用办/);
    }
    expect(await casesOf("pipe")).toMatchObject([{ number, state: "assigned", deputy: "D001" }]);
    expect(office.sent.filter(({ to }) => to === "pipe")).toHaveLength(before);
  });

  test("never mean it by a bare word, and do not count it", async () => {
    const { number } = await opened("bare", "柳东村三组的水渠塌了");
    await asks("D008", short(number));
    const answered = await asks("D008", "回复 明天去看");
    expect(answered).not.toContain(`${short(number)}号的答复`);
    expect(await casesOf("bare")).toMatchObject([{ state: "assigned" }]);
    expect(await asks("D008", "统计")).toContain("0");
    expect(await asks("D008", "统计")).not.toMatch(/[1-9]/);
  });

  test("are asked which of their own is meant, when they read of another one last", async () => {
    const { number: own } = await opened("own", "柳西村一组的水井坏了");
    const { number: followed } = await opened("others", "柳东村三组的水井坏了");
    expect(await casesOf("own")).toMatchObject([{ deputy: "D002" }]);
    await asks("D002", short(followed));
    expect(await asks("D002", "回复 明天去看")).toContain("您说的是哪一件");
    expect(await casesOf("own")).toMatchObject([{ state: "assigned" }]);
    await asks("D002", short(own));
    expect(await casesOf("own")).toMatchObject([{ state: "answered" }]);
    expect(await casesOf("others")).toMatchObject([{ state: "assigned" }]);
    expect(await asks("D002", "回复 还要两天")).toContain(`${short(own)}号的答复`);
    await asks("D002", `办结 ${short(own)} 修好了`);
  });

  test("see the newest five, and how many there are", async () => {
    for (let count = 0; count < 6; count += 1) await opened(`many-${count}`, "柳东村三组的垃圾没人收");
    const list = (await asks("D008", "列表")).split("\n");
    const numbers = list.flatMap((line) => /^(\d+)号/.exec(line)?.[1] ?? []).map(Number);
    expect(numbers).toHaveLength(5);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    expect(list.at(-2)).toMatch(/^还有\d+件更早的/);
  });

  test("hear of an emergency once, unless they are away", async () => {
    await asks("D006", "请假 3天");
    const since = office.sent.length;
    const { number, deputy } = await opened("gas", "锦绣家园5号楼楼道里全是煤气味，头晕");
    expect([deputy, await followersOf(number)]).toEqual(["D005", ["D004 higher-level", "D006 higher-level"]]);
    expect(toldTo("D004", since)).toEqual([
      expect.stringMatching(/^【关注】【急】[\s\S]*煤气味[\s\S]*由周志强代表负责，您不用办/),
    ]);
    expect(toldTo("D006", since)).toEqual([]);
    expect(await asks("D006", "列表")).toContain(`${short(number)}号`);
    await asks("D006", "销假");
  });

  test("whose chat is not bound are not written to, and find it when it is", async () => {
    const { number, deputy } = await opened("unbound", "老汽车站里有人晕倒了");
    expect([deputy, await followersOf(number)]).toEqual(["D010", ["D009 higher-level"]]);
    const written = await inCounty((tx) => tx.select().from(outbox).where(eq(outbox.kind, "deputy-follow")));
    expect(written.filter(({ conversationId }) => conversationId === null)).toEqual([]);
    await office.bind("deputy-D009", "D009");
    expect(await asks("D009", "列表")).toContain(`${short(number)}号 【急】`);
  });

  test("hear of what turns out to be an emergency", async () => {
    const since = office.sent.length;
    await office.say("turns", "锦绣家园5号楼的楼道灯坏了两层");
    expect(toldTo("D004", since)).toEqual([]);
    await office.say("turns", "是煤气味，有人晕倒了");
    expect(toldTo("D004", since)).toEqual([expect.stringMatching(/^【关注】【急】[\s\S]*煤气味/)]);
  });
});

describe("when a case moves", () => {
  test("back from its deputy, those above the next one follow, and not who returned it", async () => {
    const { number } = await opened("back", "柳东村三组的井盖响");
    await office.say("deputy-D001", `退回 ${short(number)} 不归我管`);
    expect((await casesOf("back"))[0]!.deputy).toBe("D002");
    expect(await followersOf(number)).toEqual(["D008 higher-level"]);
    await office.say("deputy-D002", `退回 ${short(number)} 也不归我管`);
    expect(await followersOf(number)).toEqual([]);
  });

  test("to another deputy, by that one or by the office, they are settled anew", async () => {
    const { number } = await opened("moves", "柳东村三组的树倒了挡路");
    await office.say("deputy-D001", `转办 ${short(number)} D009，他熟悉`);
    expect(await followersOf(number)).toEqual(["D008 higher-level"]);
    const by = (deputy: string) =>
      moveByHand(office.runtime, office.county.id, number, { kind: "deputy", code: deputy }, "林");
    expect(await by("D003")).toEqual({ ok: true });
    expect(await followersOf(number)).toEqual(["D002 higher-level", "D008 higher-level"]);
    expect(await moveByHand(office.runtime, office.county.id, number, { kind: "office" }, "林")).toEqual({ ok: true });
    expect(await followersOf(number)).toEqual([]);
  });

  test("to another place, those of the new one follow", async () => {
    const { number } = await opened("other", "柳东村三组的路灯不亮");
    await office.say("other", "换地方");
    await office.say("other", "锦绣家园");
    expect((await casesOf("other"))[0]!.deputy).toBe("D005");
    expect(await followersOf(number)).toEqual(["D004 higher-level", "D006 higher-level"]);
  });

  test("because its deputy is away, those above the stand-in follow", async () => {
    const { number } = await opened("away", "柳东村三组的公厕堵了");
    await office.say("deputy-D001", "请假 3天");
    expect((await casesOf("away"))[0]!.deputy).toBe("D002");
    expect(await followersOf(number)).toEqual(["D008 higher-level"]);
    await office.say("deputy-D001", "销假");
  });
});

describe("nobody follows", () => {
  test("the first half of an accusation, as soon as the second is told", async () => {
    const { number } = await opened("pieces", "我想说说柳东村三组的李代表");
    expect(await followersOf(number)).toEqual(["D002 higher-level", "D008 higher-level"]);
    await office.say("pieces", "他收了施工队的钱，跟老板穿一条裤子");
    expect((await casesOf("pieces")).at(-1)).toMatchObject({ sealed: true });
    expect(await followersOf(number)).toEqual([]);
    expect(await asks("D002", short(number))).toContain("没有找到");
    await moveByHand(office.runtime, office.county.id, number, { kind: "deputy", code: "D003" }, "林");
    expect(await followersOf(number)).toEqual([]);
  });

  test("of what waits to tell them of it, and has not left", async () => {
    await inCounty((tx) =>
      tx
        .update(conversations)
        .set({ windowLeft: 0 })
        .where(eq(conversations.peer, office.peer("deputy-D004"))),
    );
    const { number } = await opened("waits", "锦绣家园5号楼有人晕倒了，我想说说孙代表");
    const pushes = (state: "waiting" | "superseded") =>
      inCounty(async (tx) => {
        const rows = await tx
          .select({ state: outbox.state, kind: outbox.kind })
          .from(outbox)
          .innerJoin(cases, eq(cases.id, outbox.caseId))
          .where(eq(cases.number, number));
        return rows.filter((row) => row.kind === "deputy-follow" && row.state === state).length;
      });
    expect(await pushes("waiting")).toBeGreaterThan(0);
    const since = office.sent.length;
    await office.say("waits", "孙代表收了物业的黑钱");
    expect((await casesOf("waits")).at(-1)).toMatchObject({ sealed: true });
    expect([await pushes("waiting"), await followersOf(number)]).toEqual([0, []]);
    await office.say("deputy-D004", "列表");
    expect(toldTo("D004", since).join()).not.toMatch(/晕倒|孙代表/);
  });

  test("what is sealed, whatever rows there are", async () => {
    const { number } = await opened("sealed", "柳东村三组的桥面裂了");
    await inCounty((tx) => tx.update(cases).set({ sealed: true }).where(eq(cases.number, number)));
    expect(await asks("D002", short(number))).toContain("没有找到");
    expect(await asks("D002", "列表")).not.toContain(`${short(number)}号`);
    await inCounty((tx) => tx.update(cases).set({ sealed: false }).where(eq(cases.number, number)));
  });

  test("anything when their term is over", async () => {
    const { number } = await opened("term", "柳东村三组的路牌掉了");
    const until = (untilOn: string) =>
      inCounty((tx) => tx.update(deputies).set({ untilOn }).where(eq(deputies.code, "D002")));
    await until("2020-12-31");
    expect(await asks("D002", short(number))).toContain("没有找到");
    await until("2031-12-31");
    expect(await asks("D002", short(number))).toContain("【关注】");
  });

  test("what its resident had erased", async () => {
    const { number } = await opened("erase", "柳东村三组的水池脏");
    await office.say("deputy-D001", `办结 ${short(number)} 清洗了`);
    expect(await asks("D002", short(number))).toContain("水池脏");
    await office.pass(DAY);
    await office.say("erase", "删除我的数据");
    expect(await followersOf(number)).toEqual([]);
    expect(await asks("D002", short(number))).toContain("没有找到");
  });
});

test("whoever succeeds a follower in office follows what is open, and the predecessor nothing", async () => {
  const { number } = await opened("succeeds", "柳东村三组的公厕漏水");
  expect(await followersOf(number)).toEqual(["D002 higher-level", "D008 higher-level"]);
  const today = dayIn(office.runtime.now(), "Asia/Shanghai");
  const planned = await planSuccession(
    office.runtime.database,
    office.county.id,
    { effectiveOn: addDays(today, 1), steps: [{ from: "D002", to: "D009" }], author: "office:lin" },
    { now: office.runtime.now(), today, isPreview: false },
  );
  expect(planned).toMatchObject({ ok: true });
  await office.pass(DAY);
  expect(await followersOf(number)).toEqual(["D008 higher-level", "D009 higher-level"]);
  expect(await asks("D009", short(number))).toContain("【关注】");
  expect(await asks("D002", short(number))).toContain("没有找到");
});
