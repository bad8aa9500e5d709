import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unknownYears } from "../../../src/domain/calendar/calendar-year.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import { dueAfter, dueAgain, dueOnDay } from "../../../src/domain/clocks/due-moment.ts";
import { CLOCK_UNITS, type ClockUnit } from "../../../src/domain/clocks/rule.ts";

const TIME = { holidays: {}, timeZone: "Asia/Shanghai" };
const at = (text: string) => new Date(`${text}+08:00`);

describe("the moment until which something is due", () => {
  test.each<[string, number, ClockUnit, string]>([
    ["2026-11-27T15:00:00", 2, "hours", "2026-11-27T17:00:00"],
    ["2026-11-27T23:00:00", 2, "hours", "2026-11-28T01:00:00"],
    ["2026-11-27T16:30:00", 2, "working_hours", "2026-11-30T09:30:00"],
    ["2026-11-24T15:00:00", 5, "working_days", "2026-12-01T23:59:59"],
    ["2026-11-24T15:00:00", 15, "days", "2026-12-09T23:59:59"],
    ["2026-09-20T15:00:00", 15, "days", "2026-10-08T23:59:59"],
    ["2026-07-01T15:00:00", 3, "months", "2026-10-08T23:59:59"],
  ])("from %s after %i %s is %s", (from, amount, unit, due) => {
    const found = dueAfter(at(from), { amount, unit }, TIME);
    expect(found).toEqual({ dueAt: at(due), dueOn: due.slice(0, 10), dueWithin: null });
  });

  test("is no day that may be told where its year is not known", () => {
    const found = dueAfter(at("2035-12-28T09:00:00"), { amount: 5, unit: "working_days" }, TIME);
    expect(found.dueWithin).toBe(5);
    expect(dueAfter(at("2035-12-28T09:00:00"), { amount: 2, unit: "hours" }, TIME).dueWithin).toBeNull();
  });

  test("is never a told day on a calendar that does not cover it, whatever the rule", () => {
    const day = fc.integer({ min: 0, max: 5_000 }).map((days) => addDays("2024-01-01", days));
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 12 }), fc.constantFrom(...CLOCK_UNITS), (from, amount, unit) => {
        const { dueOn, dueWithin } = dueAfter(at(`${from}T10:00:00`), { amount, unit }, TIME);
        const isUnknown = unit !== "hours" && unknownYears(addDays(from, 1), dueOn, {}).length > 0;
        expect(dueWithin !== null).toBe(isUnknown);
      }),
    );
  });

  test("given as a day is the end of that day", () => {
    expect(dueOnDay("2026-12-04", "Asia/Shanghai").dueAt).toEqual(at("2026-12-04T23:59:59"));
  });
});

describe("a clock that stood still", () => {
  const stopped = { pausedSince: at("2026-11-25T16:00:00"), dueAt: at("2026-12-01T23:59:59") };

  test("is due later by the working days that it stood", () => {
    const again = dueAgain(at("2026-11-30T09:00:00"), stopped, TIME);
    expect(again).toEqual({ pausedDays: 3, dueOn: "2026-12-04", dueAt: at("2026-12-04T23:59:59"), dueWithin: null });
  });

  test("stays due on its day when it goes on the same day, or after a weekend alone", () => {
    expect(dueAgain(at("2026-11-25T19:00:00"), stopped, TIME)).toMatchObject({ pausedDays: 0, dueOn: "2026-12-01" });
    const friday = { ...stopped, pausedSince: at("2026-11-27T16:00:00") };
    expect(dueAgain(at("2026-11-29T09:00:00"), friday, TIME)).toMatchObject({ pausedDays: 0, dueOn: "2026-12-01" });
  });

  test("of hours is later by the time itself", () => {
    const hours = { pausedSince: at("2026-11-25T16:00:00"), dueAt: at("2026-11-25T18:00:00") };
    expect(dueAgain(at("2026-11-25T17:30:00"), hours, TIME).dueAt).toEqual(at("2026-11-25T19:30:00"));
  });

  test("is never due earlier, nor on a day that is over", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), (days) => {
        const now = new Date(stopped.pausedSince.getTime() + days * 86_400_000);
        const { dueAt, dueOn } = dueAgain(now, stopped, TIME);
        expect(dueAt >= stopped.dueAt).toBe(true);
        expect(dueOn >= dayIn(now, TIME.timeZone)).toBe(true);
      }),
    );
  });
});
