import { describe, expect, test } from "vitest";
import { endOfDay, isQuiet, minuteIn, momentOf, workingMoment } from "../../../src/domain/calendar/office-hours.ts";

const QINGHE = { holidays: {}, timeZone: "Asia/Shanghai" };
const at = (text: string) => new Date(`${text}+08:00`);

describe("hours of office work", () => {
  test.each([
    ["2026-11-24T09:00:00", 2, "2026-11-24T11:00:00"],
    ["2026-11-24T11:00:00", 2, "2026-11-24T15:00:00"],
    ["2026-11-24T12:30:00", 1, "2026-11-24T15:00:00"],
    ["2026-11-24T17:00:00", 1, "2026-11-25T09:00:00"],
    ["2026-11-27T17:30:00", 1, "2026-11-30T09:30:00"],
    ["2026-11-24T03:00:00", 7, "2026-11-24T17:30:00"],
    ["2026-09-30T15:30:00", 3, "2026-10-08T09:30:00"],
  ])("after %s, %i of them are over at %s", (from, hours, until) => {
    expect(workingMoment(at(from), hours, QINGHE)).toEqual(at(until));
  });

  test.each([0, -1, 501, 0.5])("are never %d", (hours) => {
    expect(() => workingMoment(at("2026-11-24T09:00:00"), hours, QINGHE)).toThrow(RangeError);
  });
});

describe("quiet hours", () => {
  test.each([
    ["2026-11-24T07:29:59", true],
    ["2026-11-24T07:30:00", false],
    ["2026-11-24T19:59:59", false],
    ["2026-11-24T20:00:00", true],
    ["2026-11-28T10:00:00", true],
    ["2026-10-01T10:00:00", true],
    ["2026-10-10T10:00:00", false],
  ])("at %s: %s", (moment, quiet) => {
    expect(isQuiet(at(moment), QINGHE)).toBe(quiet);
  });
});

describe("a moment of a day", () => {
  test("is where its time zone has it", () => {
    expect(momentOf("2026-11-24", 8 * 60, "Asia/Shanghai")).toEqual(at("2026-11-24T08:00:00"));
    expect(momentOf("2026-07-01", 0, "Europe/Berlin").toISOString()).toBe("2026-06-30T22:00:00.000Z");
    expect(minuteIn(new Date("2026-07-01T21:59:59Z"), "Europe/Berlin")).toBe(23 * 60 + 59);
    expect(minuteIn(new Date("2026-07-01T02:30:00Z"), "America/New_York")).toBe(22 * 60 + 30);
  });

  test("ends with its last second, also where clocks change", () => {
    expect(endOfDay("2026-11-24", "Asia/Shanghai")).toEqual(at("2026-11-24T23:59:59"));
    expect(endOfDay("2026-10-25", "Europe/Berlin").toISOString()).toBe("2026-10-25T22:59:59.000Z");
  });
});
