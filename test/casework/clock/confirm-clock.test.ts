import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseClocks, caseEvents, caseMessages, cases } from "../../../db/schema/cases.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn, dueDate } from "../../../src/domain/calendar/deadline.ts";
import { type Office, openOffice } from "../office.ts";

const DAY = 86_400_000;

let office: Office;
let people = 0;
beforeAll(async () => {
  office = await openOffice();
  await office.bind("deputy-D001", "D001");
});
afterAll(() => office.close());

const rows = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const today = () => dayIn(office.runtime.now(), "Asia/Shanghai");
const to = (person: string) => office.sent.filter((one) => one.to === person).map(({ text }) => text);
const reminders = (person: string) => to(person).filter((text) => text.includes("您还没说好了没有"));

/** A case that its deputy closed as solved just now. */
async function closed(text: string) {
  people += 1;
  const resident = `resident-${people}`;
  await office.say(resident, text);
  const [subject] = await rows((tx) => tx.select().from(cases).where(eq(cases.summary, text)));
  const short = String(Number(subject!.number.slice(5)));
  await office.say("deputy-D001", `办结 ${short} 我看过，修好了`);
  return { resident, id: subject!.id, number: subject!.number, short };
}
const clockOf = async (id: string) => {
  const all = await rows((tx) =>
    tx
      .select()
      .from(caseClocks)
      .where(and(eq(caseClocks.caseId, id), eq(caseClocks.kind, "confirm")))
      .orderBy(asc(caseClocks.startedAt)),
  );
  return all.map(({ state, dueAt }) => [state, dayIn(dueAt, "Asia/Shanghai")]);
};
const typesOf = async (id: string) =>
  (await rows((tx) => tx.select().from(caseEvents).where(eq(caseEvents.caseId, id)).orderBy(asc(caseEvents.seq)))).map(
    ({ type }) => type,
  );
const rowOf = async (id: string) => (await rows((tx) => tx.select().from(cases).where(eq(cases.id, id))))[0]!;

describe("the clock of a verdict", () => {
  it("is set by the county's rule at the closing, and met by a verdict", async () => {
    const one = await closed("柳东村三组路灯坏了");
    const due = dueDate(today(), 10, {}).day;
    expect(await clockOf(one.id)).toEqual([["running", due]]);
    expect((await rowOf(one.id)).verdictUntil).toBe(due);
    expect((await typesOf(one.id)).slice(-2)).toEqual(["closed", "clock_set"]);
    await office.say(one.resident, "好了");
    expect(await clockOf(one.id)).toEqual([["met", due]]);
  });

  it("is dropped where the case is opened again, and set anew at the next closing", async () => {
    const one = await closed("柳东村三组井盖丢了");
    await office.say("deputy-D001", `重开 ${one.short} 办错了`);
    expect((await clockOf(one.id)).map(([state]) => state)).toEqual(["void"]);
    await office.say("deputy-D001", `办结 ${one.short} 我看过，这次好了`);
    expect((await clockOf(one.id)).map(([state]) => state)).toEqual(["void", "running"]);
    await office.say(one.resident, "没好");
    expect((await clockOf(one.id)).map(([state]) => state)).toEqual(["void", "met"]);
    expect(await typesOf(one.id)).toContain("reopened");
    await office.say("deputy-D001", `办结 ${one.short} 需要向上级说明，先放下`);
  });

  it("ends in silence, counted apart; one reminder goes with the resident's own next contact, and none by itself", async () => {
    const one = await closed("柳东村三组水管漏水");
    const due = (await clockOf(one.id))[0]![1]!;
    await office.say(one.resident, "进度");
    expect(reminders(one.resident)).toEqual([]);
    await office.pass(2 * DAY);
    expect(reminders(one.resident)).toEqual([]);
    await office.say(one.resident, "进度");
    expect(reminders(one.resident)).toEqual([
      expect.stringMatching(
        new RegExp(
          `\\n\\n编号${one.number}说是办好了，您还没说好了没有。好了，回“好了”；没好，回“没好”。不说也行，不再提醒。$`,
        ),
      ),
    ]);
    await office.say(one.resident, "进度");
    expect(reminders(one.resident)).toHaveLength(1);
    expect(
      await rows((tx) => tx.select().from(caseMessages).where(eq(caseMessages.kind, "verdict-reminder"))),
    ).toHaveLength(1);
    await office.pass(Date.parse(`${due}T20:00:00+08:00`) - office.runtime.now().getTime());
    expect((await clockOf(one.id))[0]![0]).toBe("running");
    await office.pass(Date.parse(`${addDays(due, 1)}T10:00:00+08:00`) - office.runtime.now().getTime());
    expect(await clockOf(one.id)).toEqual([["missed", due]]);
    expect((await typesOf(one.id)).at(-1)).toBe("settled");
    expect((await rowOf(one.id)).verdictUntil).toBeNull();
    await office.say(one.resident, "进度");
    expect(reminders(one.resident)).toHaveLength(1);
  });

  it("says nothing beside a verdict, a danger or an accusation", async () => {
    const one = await closed("柳东村三组公厕门坏了");
    await office.pass(2 * DAY);
    await office.say(one.resident, "好了，谢谢");
    expect(reminders(one.resident)).toEqual([]);
    const another = await closed("柳东村三组垃圾没人收");
    await office.pass(2 * DAY);
    await office.say(another.resident, "柳东村三组楼道里全是煤气味，有人晕倒了");
    expect(reminders(another.resident)).toEqual([]);
    const third = await closed("柳东村三组水渠塌了");
    await office.pass(2 * DAY);
    await office.say(third.resident, "我要举报柳河镇的代表收钱办事");
    expect(reminders(third.resident)).toEqual([]);
  });

  it("follows from the events of its case", async () => {
    expect((await auditCounty(office.db.database, office.county)).findings.map(({ text }) => text)).toEqual([]);
  });

  it("is not there for what was closed before there was one: it keeps the day that it has", async () => {
    const one = await closed("柳东村三组桥栏杆松了");
    const until = addDays(today(), 20);
    await rows(async (tx) => {
      await tx.delete(caseClocks).where(and(eq(caseClocks.caseId, one.id), eq(caseClocks.kind, "confirm")));
      await tx.update(cases).set({ verdictUntil: until }).where(eq(cases.id, one.id));
    });
    await office.pass(18 * DAY);
    expect((await rowOf(one.id)).verdictUntil).toBe(until);
    await office.pass(4 * DAY);
    expect((await typesOf(one.id)).at(-1)).toBe("settled");
  });
});
