import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { type CalendarOverrides, isWorkday, unknownYears } from "../../../src/domain/calendar/calendar-year.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn, dueDate, isOverdue, workingDaysBetween } from "../../../src/domain/calendar/deadline.ts";
import { daysOff } from "../../county/holidays.ts";

const day = fc.integer({ min: 0, max: 2_000 }).map((days) => addDays("2024-01-01", days));
const count = fc.integer({ min: 1, max: 60 });

describe("working days follow the State Council's calendar", () => {
  test.each([
    ["2026-11-24", 1, "2026-11-25"],
    ["2026-11-24", 5, "2026-12-01"],
    ["2026-11-27", 1, "2026-11-30"],
    ["2026-11-28", 1, "2026-11-30"],
    ["2026-02-13", 1, "2026-02-14"],
    ["2026-02-14", 1, "2026-02-24"],
    ["2026-02-27", 1, "2026-02-28"],
    ["2026-09-30", 1, "2026-10-08"],
    ["2026-10-09", 1, "2026-10-10"],
    ["2026-10-09", 2, "2026-10-12"],
  ])("%s and %i days: %s", (receivedOn, days, due) => {
    expect(dueDate(receivedOn, days, {})).toEqual({ day: due, warning: null });
  });

  test("a county corrects the calendar by its own table", () => {
    expect(dueDate("2026-11-24", 1, { "2026-11-25": "rest" }).day).toBe("2026-11-26");
    expect(dueDate("2026-11-27", 1, { "2026-11-28": "work" }).day).toBe("2026-11-28");
  });
});

describe("a year that is not announced yet", () => {
  test("leaves out weekends and statutory holidays, and says so", () => {
    const { day: due, warning } = dueDate("2026-12-30", 2, {});
    expect(due).toBe("2027-01-04");
    expect(warning).toContain("2027");
  });

  test.each(["2027-01-01", "2027-02-05", "2027-02-08", "2027-04-05", "2027-06-09", "2027-09-15", "2027-10-01"])(
    "%s is free",
    (free) => {
      expect(isWorkday(free, {})).toBe(false);
    },
  );

  test("is known once the county has entered all of it", () => {
    expect(dueDate("2026-12-30", 2, { ...daysOff(2027), "2027-01-04": "rest", "2027-01-03": "work" })).toEqual({
      day: "2027-01-03",
      warning: null,
    });
  });

  test("stays unknown while a day that is free by law is not among the entries, also to a deadline before it", () => {
    const { "2027-10-03": _last, ...almost } = daysOff(2027);
    expect(dueDate("2026-12-30", 2, almost).warning).toContain("2027");
    expect(dueDate("2026-12-30", 2, { ...almost, "2027-10-03": "work" }).warning).toContain("2027");
  });

  test.each<[string, string, string, CalendarOverrides, string[]]>([
    ["is unknown while nothing is entered", "2026-12-30", "2027-01-05", {}, ["2027"]],
    ["is not known by single entries", "2026-12-30", "2027-01-02", { "2027-01-02": "work" }, ["2027"]],
    ["is not known by October's rest alone", "2027-11-20", "2027-12-31", { "2027-10-05": "rest" }, ["2027"]],
    ["is known once it is entered whole", "2026-12-30", "2027-12-31", daysOff(2027), []],
    ["is not known by the entries of another", "2028-01-03", "2028-01-03", daysOff(2027), ["2028"]],
    ["makes a span unknown in the middle of it", "2026-12-30", "2028-01-03", daysOff(2028), ["2027"]],
    ["that is announced is known", "2026-01-01", "2026-12-31", {}, []],
  ])("%s", (_, from, to, entered, missing) => {
    expect(unknownYears(from, to, entered)).toEqual(missing);
  });

  test("does not matter to a deadline that ends before it", () => {
    expect(dueDate("2026-12-30", 1, {}).warning).toBeNull();
  });
});

describe("a deadline", () => {
  test("is always a working day after the day of receipt", () => {
    fc.assert(
      fc.property(day, count, (receivedOn, days) => {
        const { day: due } = dueDate(receivedOn, days, {});
        expect(due > receivedOn && isWorkday(due, {})).toBe(true);
        expect(workingDaysBetween(receivedOn, due, {})).toBe(days);
      }),
      { numRuns: 50 },
    );
  });

  test("is never earlier for what came later or may take longer", () => {
    fc.assert(
      fc.property(day, count, (receivedOn, days) => {
        const { day: due } = dueDate(receivedOn, days, {});
        expect(dueDate(addDays(receivedOn, 1), days, {}).day >= due).toBe(true);
        expect(dueDate(receivedOn, days + 1, {}).day > due).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ["2026-02-30", 1],
    ["24.11.2026", 1],
    ["2026-11-24", 0],
    ["2026-11-24", 251],
    ["2026-11-24", 1.5],
  ])("%s and %d days are refused", (receivedOn, days) => {
    expect(() => dueDate(receivedOn, days, {})).toThrow(RangeError);
  });

  test("is over only on the day after it", () => {
    expect(isOverdue("2026-11-24", "2026-11-24")).toBe(false);
    expect(isOverdue("2026-11-24", "2026-11-25")).toBe(true);
  });

  test("leaves no working days behind it", () => {
    expect(workingDaysBetween("2026-11-24", "2026-11-23", {})).toBe(0);
  });
});

describe("the time zone of the process does not matter", () => {
  const before = process.env.TZ;
  afterEach(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  test.each(["America/New_York", "Asia/Shanghai", "Pacific/Kiritimati"])("%s", (zone) => {
    process.env.TZ = zone;
    expect(dueDate("2026-10-09", 1, {}).day).toBe("2026-10-10");
    expect(dueDate("2027-02-04", 1, {}).day).toBe("2027-02-09");
    expect(dayIn(new Date("2026-11-23T16:30:00Z"), "Asia/Shanghai")).toBe("2026-11-24");
  });
});
