import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { absences, deputies } from "../../../db/schema/people.ts";
import { tick } from "../../../src/casework/clock/tick.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import { type Office, openOffice } from "../office.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  for (const code of ["D009", "D010"]) await office.bind(`deputy-${code}`, code);
});
afterEach(() => office.close());

const inCounty = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const inDays = (days: number) => addDays(dayIn(office.runtime.now(), "Asia/Shanghai"), days);
/** A day as a deputy types it. */
const typed = (days: number) => {
  const [year, month, day] = inDays(days).split("-").map(Number);
  return `${year}年${month}月${day}日`;
};
const asks = async (code: string, said: string) => {
  const since = office.sent.length;
  await office.say(`deputy-${code}`, said);
  return toldTo(`deputy-${code}`, since).join("\n");
};
const toldTo = (person: string, since: number) =>
  office.sent.slice(since).flatMap(({ to, text }) => (to === person ? [text] : []));
/** Whose a resident's newest case is. */
const holderOf = async (person: string) => {
  const rows = await inCounty((tx) =>
    tx
      .select({ code: deputies.code })
      .from(cases)
      .innerJoin(conversations, eq(conversations.id, cases.conversationId))
      .leftJoin(deputies, eq(deputies.id, cases.deputyId))
      .where(eq(conversations.peer, office.peer(person)))
      .orderBy(cases.number),
  );
  return rows.at(-1)?.code;
};
const open = async (person: string) => {
  await office.say(person, "北大街网格的树倒在路上");
  return holderOf(person);
};

describe("an absence that begins later", () => {
  it("changes nothing before its first day, and hands over on it", async () => {
    expect(await open("before")).toBe("D010");
    const answer = await asks("D010", `请假 ${typed(10)}到${typed(12)} 由陈国庆代`);
    expect(answer).toContain(`${typed(10)}（`);
    expect(answer).toContain(`到${typed(12)}（`);
    expect(answer).toMatch(/陈国庆代表代办.*在那之前一切照旧/s);
    expect(answer).not.toContain("已交给");
    expect(await holderOf("before")).toBe("D010");
    await office.pass(9 * DAY);
    expect(await holderOf("before")).toBe("D010");
    expect(await open("the-day-before")).toBe("D010");
    await office.say("before", "催办");
    await asks("D010", "列表");

    const since = office.sent.length;
    await office.pass(DAY);
    await office.work();
    expect(await holderOf("before")).toBe("D009");
    expect(await holderOf("the-day-before")).toBe("D009");
    expect(toldTo("deputy-D010", since).join("\n")).toMatch(/请假开始了.*陈国庆代表代办.*已交给别的代表/s);
    expect(toldTo("before", since).join("\n")).toContain("陈国庆代表");
    expect(await open("within")).toBe("D009");

    const told = office.sent.length;
    await office.pass(HOUR);
    await office.work();
    expect(toldTo("deputy-D010", told)).toEqual([]);
    await office.pass(3 * DAY);
    expect(await open("after")).toBe("D010");
  });

  it("is shown with the list, the figures and the help, as one that holds is", async () => {
    await asks("D010", `请假 ${typed(5)}到${typed(6)}`);
    for (const word of ["列表", "统计", "帮助"]) {
      expect(await asks("D010", word), word).toMatch(new RegExp(`${typed(5)}（.{3}）到${typed(6)}（.{3}）请假`));
    }
    await asks("D010", "请假 2天");
    expect(await asks("D010", "统计")).toMatch(new RegExp(`您在请假，到${typed(1)}.*\n.*${typed(5)}`));
  });

  it("is taken back by 销假, which says so", async () => {
    await asks("D010", `请假 ${typed(5)}到${typed(6)}`);
    expect(await asks("D010", "销假")).toMatch(new RegExp(`${typed(5)}.*请假取消了`));
    expect(await asks("D010", "统计")).not.toContain("请假");
    await office.pass(5 * DAY);
    expect(await open("resident")).toBe("D010");
  });

  it("stays when another is ended by 销假, and goes with the next", async () => {
    await asks("D010", "请假 2天");
    await asks("D010", `请假 ${typed(5)}到${typed(6)}`);
    expect(await open("away")).not.toBe("D010");
    expect(await asks("D010", "销假")).toMatch(new RegExp(`欢迎回来.*${typed(5)}.*还算数`));
    expect(await open("back")).toBe("D010");
    expect(await asks("D010", "销假")).toContain("取消了");
  });

  it("is replaced by one of the same days, and does not touch one of others", async () => {
    await asks("D010", `请假 ${typed(5)}到${typed(6)}`);
    await asks("D010", `请假 ${typed(20)}到${typed(21)}`);
    const answer = await asks("D010", `请假 ${typed(6)}到${typed(8)}`);
    expect(answer).toMatch(new RegExp(`原来说的${typed(5)}（.{3}）到${typed(6)}（.{3}）请假不算了`));
    expect(answer).not.toContain(typed(20));
    const left = await inCounty((tx) => tx.select().from(absences).orderBy(absences.fromAt));
    expect(left.map(({ fromAt }) => dayIn(fromAt, "Asia/Shanghai"))).toEqual([inDays(6), inDays(20)]);
  });

  it("takes the place of the end of one that holds", async () => {
    await asks("D010", "请假 10天");
    await asks("D010", `请假 ${typed(5)}到${typed(15)} 由陈国庆代`);
    const rows = await inCounty((tx) => tx.select().from(absences).orderBy(absences.fromAt));
    expect(rows.map(({ untilAt }) => dayIn(new Date(untilAt.getTime() - 1), "Asia/Shanghai"))).toEqual([
      inDays(4),
      inDays(15),
    ]);
  });

  it("moves nothing and is told to nobody when it is over before anybody looked", async () => {
    expect(await open("resident")).toBe("D010");
    await asks("D010", `请假 ${typed(2)}到${typed(3)}`);
    const since = office.sent.length;
    await office.pass(6 * DAY);
    await office.work();
    expect(toldTo("deputy-D010", since).join("\n")).not.toContain("请假");
    expect(await holderOf("resident")).toBe("D010");
  });

  it("begins once, however many processes look at the same moment", async () => {
    expect(await open("resident")).toBe("D010");
    await asks("D010", `请假 ${typed(2)}到${typed(3)}`);
    const since = office.sent.length;
    const later = { ...office.runtime, now: () => new Date(office.runtime.now().getTime() + 2 * DAY) };
    await Promise.all([1, 2, 3].map(() => tick(later, office.county.id)));
    await office.pass(2 * DAY);
    await office.say("resident", "进度");
    await asks("D010", "列表");
    expect(toldTo("deputy-D010", since).filter((text) => text.includes("请假开始了"))).toHaveLength(1);
    expect(toldTo("resident", since).filter((text) => text.includes("换人了"))).toHaveLength(1);
  });
});

describe("an absence that begins today", () => {
  it("hands over at once, and says from when to when", async () => {
    expect(await open("resident")).toBe("D010");
    const answer = await asks("D010", "请假 3天");
    expect(answer).toContain(`${typed(0)}（`);
    expect(answer).toContain(`到${typed(2)}（`);
    expect(answer).toContain("1件已交给别的代表");
    expect(await holderOf("resident")).not.toBe("D010");
  });
});
