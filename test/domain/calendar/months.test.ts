import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWorkday } from "../../../src/domain/calendar/calendar-year.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { monthsAfter } from "../../../src/domain/calendar/months.ts";

describe("a period of months", () => {
  test.each([
    ["2026-01-15", 3, "2026-04-15"],
    ["2025-11-30", 3, "2026-02-28"],
    ["2026-07-01", 3, "2026-10-08"],
    ["2026-08-31", 1, "2026-09-30"],
    ["2026-12-31", 2, "2027-03-01"],
    ["2026-03-09", 9, "2026-12-09"],
  ])("from %s over %i months ends on %s", (day, months, end) => {
    expect(monthsAfter(day, months, {})).toBe(end);
  });

  test("ends on a working day, never before the corresponding day", () => {
    const from = fc.integer({ min: 0, max: 700 }).map((days) => addDays("2025-01-01", days));
    fc.assert(
      fc.property(from, fc.integer({ min: 1, max: 12 }), (day, months) => {
        const end = monthsAfter(day, months, {});
        expect(isWorkday(end, {})).toBe(true);
        expect(end >= addDays(day, months * 28)).toBe(true);
      }),
    );
  });

  test("follows a county's own entries", () => {
    expect(monthsAfter("2026-01-15", 3, { "2026-04-15": "rest" })).toBe("2026-04-16");
  });

  test.each([
    ["2026-02-30", 1],
    ["2026-02-20", 0],
    ["2026-02-20", 13],
    ["2026-02-20", 1.5],
  ])("is refused for %s and %d", (day, months) => {
    expect(() => monthsAfter(day, months, {})).toThrow(RangeError);
  });
});
