import { describe, expect, test } from "vitest";
import { knownUntil } from "../../../src/domain/calendar/calendar-year.ts";
import { firstWithoutDay, lookAhead } from "../../../src/domain/calendar/look-ahead.ts";
import { daysOff } from "../../county/holidays.ts";

describe("how far the calendar reaches", () => {
  test.each([
    ["the last announced year", "2026-03-01", {}, "2026-12-31"],
    ["a year that is entered behind it", "2026-03-01", daysOff(2027), "2027-12-31"],
    ["no year behind a gap", "2026-03-01", daysOff(2028), "2026-12-31"],
    ["no further than the year before, where the present one is unknown", "2031-03-01", {}, "2030-12-31"],
  ])("is %s", (_, today, entered, until) => {
    expect(knownUntil(today, entered)).toBe(until);
  });

  test.each([
    ["2026-10-31", 5, {}, null],
    ["2026-11-01", 5, {}, "2027"],
    ["2026-12-31", 5, {}, "2027"],
    ["2026-11-01", 5, daysOff(2027), null],
    ["2027-10-31", 5, daysOff(2027), null],
    ["2027-11-01", 5, daysOff(2027), "2028"],
    // 100 working days from the end of July end in the next year.
    ["2026-06-01", 100, {}, null],
    ["2026-08-10", 100, {}, "2027"],
    ["2027-01-02", 5, {}, "2027"],
  ])("on %s with %i working days: asks for %o → %s", (today, period, entered, missing) => {
    expect(lookAhead(today, period, entered).missing).toBe(missing);
  });

  test("counts the days that are left, also those that are over", () => {
    expect(lookAhead("2026-12-01", 5, {}).daysLeft).toBe(30);
    expect(lookAhead("2027-01-10", 5, {}).daysLeft).toBe(-10);
  });

  test("says from which day on none can be promised", () => {
    // 24 December 2026 is a Thursday: five working days later is 31 December.
    expect(firstWithoutDay("2026-11-01", lookAhead("2026-11-01", 5, {}), 5, {})).toBe("2026-12-25");
    expect(firstWithoutDay("2026-12-29", lookAhead("2026-12-29", 5, {}), 5, {})).toBe("2026-12-29");
    expect(firstWithoutDay("2027-02-03", lookAhead("2027-02-03", 1, {}), 1, {})).toBe("2027-02-03");
  });
});
