import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { digests } from "../../../db/schema/outbox.ts";
import { absences, deputies, weeklyAbsences } from "../../../db/schema/people.ts";
import { isAvailable } from "../../../src/casework/county/deputies.ts";
import { addDays, weekday } from "../../../src/domain/calendar/days.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import { workdayFrom } from "../../../src/domain/calendar/months.ts";
import { type Office, openOffice } from "../office.ts";

const DAY = 86_400_000;
const HAN = "一二三四五六日";

let office: Office;
let people = 0;
beforeAll(async () => {
  office = await openOffice();
  for (const code of ["D001", "D002"]) await office.bind(`deputy-${code}`, code);
  await toMorning(workdayFrom(addDays(today(), 1), {}));
});
afterAll(() => office.close());

const rows = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const today = () => dayIn(office.runtime.now(), "Asia/Shanghai");
const toMorning = (day: string) => office.pass(Date.parse(`${day}T10:00:00+08:00`) - office.runtime.now().getTime());
const to = (person: string) => office.sent.filter((one) => one.to === person).map(({ text }) => text);
const last = (person: string) => to(person).at(-1) ?? "";
const say = async (text: string) => {
  await office.say("deputy-D001", text);
  return last("deputy-D001");
};
const holderOf = async (text: string) => {
  people += 1;
  const before = (await rows((tx) => tx.select({ id: cases.id }).from(cases))).map(({ id }) => id);
  await office.say(`resident-${people}`, text);
  const opened = await rows((tx) =>
    tx.select({ id: cases.id, code: deputies.code }).from(cases).innerJoin(deputies, eq(deputies.id, cases.deputyId)),
  );
  return opened.find(({ id }) => !before.includes(id))?.code;
};
const isThere = async (day: string, time = "10:00") => {
  const at = new Date(`${day}T${time}:00+08:00`);
  return rows(async (tx) => {
    const [row] = await tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.code, "D001"));
    return isAvailable({ tx, jurisdictionId: office.county.id, now: at, today: day }, row!.id);
  });
};

describe("a deputy who is away on the same days each week", () => {
  it("is asked first, then passed by on these days alone, keeps what they have, and is there again on a word", async () => {
    const meeting = addDays(today(), 1);
    const sign = HAN[weekday(meeting) - 1]!;
    expect(await holderOf("柳东村三组路灯坏了")).toBe("D001");
    expect(await say(`每周${sign}开会不在`)).toMatch(/不在，对吗？\n.*手上的事还是您的，期限不变/s);
    expect(await rows((tx) => tx.select().from(weeklyAbsences))).toEqual([]);
    expect(await say("2")).toContain("没有记下，一切照旧");
    await say(`每周${sign}晚上开会不在`);
    expect(last("deputy-D001")).toContain("这样说会算一整天不在");
    expect(await say("1")).toMatch(new RegExp(`^记下了，您每周${sign}（从.*起）不在。.*回“销假 每周${sign}”`));
    expect(await say("列表")).toContain(`您每周${sign}（从`);
    expect(await say(`每周${sign}不在`)).toContain("不用了，回");
    for (let count = 0; count < 40; count += 1) {
      const day = addDays(today(), count);
      expect([day, await isThere(day)]).toEqual([day, weekday(day) !== weekday(meeting)]);
    }
    await toMorning(meeting);
    const moved = to("deputy-D001").length;
    expect(await holderOf("柳东村三组井盖丢了")).toBe("D002");
    expect(to("deputy-D001")).toHaveLength(moved);
    await toMorning(addDays(meeting, 1));
    expect(await holderOf("柳东村三组水管漏水")).toBe("D001");
    // The days go on where those that were written down end.
    await office.pass(30 * DAY);
    const later = addDays(meeting, 63);
    expect(await isThere(later)).toBe(false);
    expect(await say("销假")).toContain("不再算不在");
    expect(await isThere(later)).toBe(true);
    expect(await say("列表")).not.toContain(`您每周${sign}`);
    await office.pass(DAY);
    expect(await isThere(later)).toBe(true);
  });

  it("may end one of several days, and a planned leave does not touch them", async () => {
    await say("每周二、周四不在");
    await say("1");
    await say("请假 1天");
    expect(await say("销假")).toMatch(/欢迎回来！[\s\S]*您每周二、周四（/);
    expect(await say("销假 每周二")).toMatch(/每周二不再算不在[\s\S]*您每周四（/);
    const week = [0, 1, 2, 3, 4, 5, 6].map((count) => addDays(today(), count + 7));
    for (const day of week) expect([day, await isThere(day)]).toEqual([day, weekday(day) !== 4]);
    expect(await say("销假 每周五")).toBe("您没有记过每周五不在，没有要取消的。");
    await say("销假 每周四");
    const left = await rows((tx) => tx.select().from(absences));
    expect(left.filter(({ fromAt }) => fromAt > office.runtime.now())).toEqual([]);
  });

  it("may be away for half of it: the other half is theirs, for matters and for reminders", async () => {
    const day = addDays(today(), 1);
    const sign = HAN[weekday(day) - 1]!;
    const other = HAN[weekday(addDays(day, 1)) - 1]!;
    expect(await say(`请假 每周${sign}下午`)).toMatch(new RegExp(`您每周${sign}下午（从.*）不在，对吗？`));
    expect(await say("1")).toContain(`您每周${sign}下午（从`);
    await say(`每周${other}上午开会`);
    await say("1");
    const times = ["08:00", "11:59", "12:00", "17:00"];
    const there = async (on: string) => Promise.all(times.map((time) => isThere(on, time)));
    expect(await there(day)).toEqual([true, true, false, false]);
    expect(await there(addDays(day, 1))).toEqual([false, false, true, true]);
    expect(await there(addDays(day, 7))).toEqual([true, true, false, false]);
    expect(await say(`每周${sign}下午不在`)).toContain("不用了，回");
    expect(await say(`每周${sign}上午不在`)).toContain("对吗？");
    await say("2");
    expect(await say(`销假 每周${sign}`)).toContain(`每周${sign}不再算不在`);
    await say(`销假 每周${other}`);
    expect(await there(day)).toEqual([true, true, true, true]);
  });

  it("is reminded before such a day of what is due on it and until they are back, and not on it", async () => {
    await office.say("deputy-D001", "列表");
    for (const { number } of await rows((tx) => tx.select({ number: cases.number }).from(cases)))
      await office.say("deputy-D001", `办结 ${number} 我看过，好了`);
    const monday = addDays(today(), 8 - weekday(today()));
    await toMorning(workdayFrom(monday, {}));
    expect(await holderOf("柳东村三组垃圾没人收")).toBe("D001");
    const [subject] = await rows((tx) => tx.select().from(cases).where(eq(cases.summary, "柳东村三组垃圾没人收")));
    const due = subject!.dueOn;
    let before = due;
    do before = addDays(before, -1);
    while (workdayFrom(before, {}) !== before);
    let first = before;
    do first = addDays(first, -1);
    while (workdayFrom(first, {}) !== first);
    await say(`每周${HAN[weekday(before) - 1]}不在`);
    await say("1");
    const remindedOn = async () =>
      (await rows((tx) => tx.select().from(digests)))
        .filter(({ caseIds }) => caseIds.includes(subject!.id))
        .map(({ onDay }) => onDay);
    await toMorning(first);
    expect(await remindedOn()).toEqual([first]);
    await toMorning(before);
    expect(await remindedOn()).toEqual([first]);
    await toMorning(due);
    expect(await remindedOn()).toEqual([first, due]);
  });
});
