import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { addDays, weekday } from "../../../src/domain/calendar/days.ts";
import { daysEachWeek, isEachWeek } from "../../../src/domain/calendar/weekly.ts";
import { weeklyIn } from "../../../src/domain/dialog/deputy/weekly.ts";
import { understandDeputy } from "../../../src/domain/dialog/understand-deputy.ts";

/** A Monday. */
const TODAY = "2026-11-30";
const read = (text: string) => understandDeputy(text, TODAY, [{ number: "2026-000012", isOpen: true }]);
const away = (weekdays: number[], more = {}) => ({
  ...{ kind: "weekly", weekdays, from: TODAY, until: null, part: null, isHalf: false, isEnd: false, isSure: true },
  ...more,
});

describe("days of each week", () => {
  it.each([
    ["每周三开会不在", away([3])],
    ["每周三不在", away([3])],
    ["每周三，周四都不在", away([3, 4])],
    ["我每周二请假", away([2])],
    ["每周一上午要上课", away([1], { part: "morning" })],
    ["每周三下午没空", away([3], { part: "afternoon" })],
    ["请假 每周三", away([3])],
    ["请假，每周二、周四上午，到12月底", away([2, 4], { part: "morning", until: "2026-12-31" })],
    ["请假 每周三下午", away([3], { part: "afternoon" })],
    ["每周二早上开例会", away([2], { part: "morning" })],
    ["每周三晚上不在", away([3], { isHalf: true })],
    ["每周三白天不在", away([3])],
    ["away every Wednesday afternoon", away([3], { part: "afternoon" })],
    ["每周一、周三不在", away([1, 3])],
    ["每周一三五不在", away([1, 3, 5])],
    ["每星期三和星期五去县里开会", away([3, 5])],
    ["每周一到周三培训", away([1, 2, 3])],
    ["每周末不在", away([6, 7])],
    ["每周三，我要去镇里开会", away([3])],
    ["从下周起每周三不在", away([3], { from: "2026-12-07" })],
    ["每周三不在到12月底", away([3], { until: "2026-12-31" })],
    ["周二周四不在，下周起恢复", away([2, 4], { until: "2026-12-06" })],
    ["我周二和周四不在", away([2, 4], { until: "2026-12-06" })],
    ["away every Wednesday", away([3])],
    ["every Monday and Friday I'm away", away([1, 5])],
    ["每周三恢复", away([3], { isEnd: true, isSure: false })],
    ["销假 每周三", away([3], { isEnd: true })],
    ["销假 每周二、周四", away([2, 4], { isEnd: true })],
    ["取消每周三", away([3], { isEnd: true })],
    ["back every Wednesday", away([3], { isEnd: true })],
  ])("%s", (text, meaning) => {
    expect(read(text)).toEqual(meaning);
  });

  it.each([
    "每周三停水",
    "每周一垃圾没人收",
    "每周三小区开会吵得很",
    "每周五有集市，路上堵",
    "每周末广场放音乐",
    "每周三赶集占道",
    "每周二的公交车不来",
    "每周三恢复供水",
    "每周一来一次就行",
    "每周三不在吗？",
    "每周开一次会",
    "每周一学校门口堵车",
    "每周四他们开会我就去说",
    "每周日早上有人唱歌",
    "每周三校车不在站台停",
    "周三停电",
    "周二周四停水",
    "周二周四收垃圾",
    "周三恢复",
    "下周三去看",
    "每个周末都有人烧烤",
    "the bus is away every Wednesday or so",
  ])("%s is none", (text) => {
    expect(read(text).kind).not.toBe("weekly");
  });

  it("whose beginning or end cannot be read are asked back", () => {
    expect(read("每周三不在，三十五日起恢复")).toMatchObject({ kind: "away", from: null });
    expect(weeklyIn(`每周三${"，".repeat(5_000)}`, TODAY)).toBeNull();
  });

  const day = fc.integer({ min: 0, max: 800 }).map((count) => addDays("2026-01-01", count));
  const week = fc.record({
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    from: day,
    until: fc.option(day),
  });

  test("are just those of the week that lie between the first and the last, whatever is a holiday", () => {
    fc.assert(
      fc.property(week, day, fc.nat(120), (each, first, count) => {
        const last = addDays(first, count);
        const days = daysEachWeek(each, first, last);
        for (let at = first; at <= last; at = addDays(at, 1)) {
          const isOne =
            each.weekdays.includes(weekday(at)) && at >= each.from && (each.until === null || at <= each.until);
          expect(days.includes(at)).toBe(isOne);
          expect(isEachWeek(each, at)).toBe(isOne);
        }
        expect(days).toEqual([...new Set(days)].toSorted());
      }),
    );
  });
});
