import calendar from "chinese-days/dist/chinese-days.json" with { type: "json" };
import { describe, expect, test } from "vitest";
import { weekday } from "../../../src/domain/calendar/days.ts";
import {
  type HolidayMark,
  type MarkedDays,
  markOf,
  markProblems,
  spanOf,
  spansIn,
  spreadEntries,
  unusualIn,
  yearProblems,
} from "../../../src/domain/calendar/holiday-list.ts";
import { feastsOf } from "../../../src/domain/calendar/statutory.ts";
import { daysOff, LIST_2027 } from "../../county/holidays.ts";

const TODAY = "2026-11-20";
const entry = (days: string, mark: HolidayMark) => {
  const [from, to] = spanOf(days);
  return { at: days, from, to, mark };
};
const spread = (...list: (readonly [string, HolidayMark])[]) =>
  spreadEntries(
    list.map(([days, mark]) => entry(days, mark)),
    TODAY,
  );
const listed = (): Record<string, HolidayMark> => ({
  ...spread(...LIST_2027.map(([days, what]) => [days, what === "off" ? "rest" : "work"] as const)).days,
});

describe("entries of holidays", () => {
  test.each<[string, HolidayMark | undefined]>([
    ["off", "rest"],
    [" OFF ", "rest"],
    ["放假", "rest"],
    ["work", "work"],
    ["上班", "work"],
    ["default", null],
    ["free", undefined],
    ["", undefined],
  ])("“%s” is read", (word, mark) => {
    expect(markOf(word)).toBe(mark);
  });

  test.each(["2027-02-05..2027-02-11", "2027-02-05 至 2027-02-11", "2027-02-05～2027-02-11"])(
    "%s is a span",
    (text) => {
      expect(spanOf(text)).toEqual(["2027-02-05", "2027-02-11"]);
      expect(Object.keys(spread([text, "rest"]).days)).toHaveLength(7);
    },
  );

  test.each([
    ["2027-02-29", "there is no day “2027-02-29”"],
    ["2027-2-5", "there is no day “2027-2-5”"],
    ["tomorrow", "there is no day “tomorrow”"],
    ["2027-02-05..", "there is no day “”"],
    ["2027-02-05..2027-02-06..2027-02-07", "there is no day “2027-02-06..2027-02-07”"],
    ["2027-02-11..2027-02-05", "ends before it begins"],
    ["2027-02-05..2027-12-05", "has 304 days"],
    ["2072-02-05", "too far off: days of 2025 to 2028"],
    ["2021-02-05", "too far off"],
  ])("%s is refused", (text, why) => {
    const { days, problems } = spread([text, "rest"]);
    expect(days).toEqual({});
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(why);
  });

  test("a day that stands twice is named, whatever it is said to be, with all other problems", () => {
    const { problems } = spread(
      ["2027-01-01..2027-01-03", "rest"],
      ["2027-01-03", "work"],
      ["2027-01-02", "rest"],
      ["2027-13-01", "rest"],
    );
    expect(problems.map((problem) => problem.slice(0, 40))).toEqual([
      "2027-01-03: 2027-01-03 stands there alre",
      "2027-01-02: 2027-01-02 stands there alre",
      "2027-13-01: there is no day “2027-13-01”",
    ]);
  });

  test("a make-up day lies on a weekend, or where the announced calendar has a day off", () => {
    expect(markProblems({ "2027-01-09": "work", "2027-03-03": "rest", "2027-03-06": null })).toEqual([]);
    expect(markProblems({ "2026-01-02": "work" })).toEqual([]);
    expect(markProblems({ "2027-03-03": "work" }).join()).toContain("2027-03-03 is a Wednesday");
    expect(markProblems({ "2027-05-02": "work" }).join()).toContain("free by law (劳动节)");
  });
});

describe("the list of a whole year", () => {
  test("is plausible with every day that is free by law", () => {
    expect(yearProblems(2027, listed())).toEqual([]);
    expect(yearProblems(2027, daysOff(2027))).toEqual([]);
  });

  test.each(feastsOf(2027).flatMap(({ name, days }) => days.map((day) => [name, day])))(
    "is refused without %s on %s",
    (name, day) => {
      const { [day]: _gone, ...others } = listed();
      expect(yearProblems(2027, others)).toEqual([`lacks ${name}: ${day} must be off, by law`]);
      expect(yearProblems(2027, { ...others, [day]: "work" })).toHaveLength(1);
    },
  );

  test("names all problems at once: days of another year, entries to take away, feasts", () => {
    const { "2027-06-09": _gone, ...others } = listed();
    const problems = yearProblems(2027, { ...others, "2026-03-01": "work", "2028-01-01": "rest", "2027-03-01": null });
    expect(problems).toHaveLength(3);
    expect(problems[0]).toContain("2026-03-01, 2028-01-01");
  });

  test("may have days of the last week of the year before, as in 2011", () => {
    expect(yearProblems(2027, { ...listed(), "2026-12-27": "work" })).toEqual([]);
    expect(yearProblems(2027, { ...listed(), "2026-12-24": "work" })).toHaveLength(1);
  });

  test.each([2025, 2026])("as announced for %i is plausible, and not unusual", (year) => {
    const days: MarkedDays = Object.fromEntries(
      [
        ...Object.keys(calendar.holidays).map((day) => [day, "rest"] as const),
        ...Object.keys(calendar.workdays).map((day) => [day, "work"] as const),
      ].filter(([day]) => day.startsWith(`${year}-`)),
    );
    expect([...yearProblems(year, days), unusualIn(year, days)]).toEqual([null]);
    const madeUp = Object.keys(days).find((day) => days[day] === "work")!;
    const { [madeUp]: _forgotten, ...others } = days;
    expect(unusualIn(year, others)).toContain("compare it with the announcement");
    expect(weekday(madeUp)).toBeGreaterThan(5);
  });

  test("is shown in spans", () => {
    const spans = spansIn(listed(), (one, other) => one === other);
    expect(spans).toHaveLength(LIST_2027.length);
    expect(spans.slice(0, 2)).toEqual([
      { span: "2027-01-01..2027-01-04", value: "rest" },
      { span: "2027-01-09", value: "work" },
    ]);
  });
});
