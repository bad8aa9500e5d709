import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { jurisdictions } from "../../../db/schema/county.ts";
import { warnOfCalendars } from "../../../src/casework/county/calendar-warnings.ts";
import { createWaitingGauges } from "../../../src/observe/waiting.ts";
import { daysOff } from "../../county/holidays.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";

const timeZone = "Asia/Shanghai";
let db: TestDatabase;
let lines: Record<string, unknown>[] = [];
const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
beforeAll(async () => {
  db = await testDatabase();
  const west = await db.county("west");
  await db.database.inCounty(west, (tx) =>
    tx.update(jurisdictions).set({ settings: { holidays: { ...daysOff(2034), ...daysOff(2035), ...daysOff(2036) } } }),
  );
  const east = await db.county("east");
  await db.database.inCounty(east, (tx) =>
    tx.update(jurisdictions).set({ settings: { holidays: { ...daysOff(2034), ...daysOff(2035) } } }),
  );
});
afterAll(() => db.close());
beforeEach(() => {
  lines = [];
});

const warn = (at: string) => warnOfCalendars({ database: db.database, now: () => new Date(at), timeZone, log });
const read = async (at: string) => {
  const now = () => new Date(at);
  const { database } = db;
  const gauges = createWaitingGauges({
    database,
    now,
    timeZone,
    depth: async () => ({}),
    lastBackupAt: async () => null,
  });
  return (await gauges.read()).split("\n").filter((line) => line.startsWith("liaison_calendar_"));
};

describe("a year that the calendar lacks", () => {
  test("is logged once a day by whichever process asks first, from 1 November on in the county's own time zone", async () => {
    await warn("2035-10-31T15:59:00Z");
    expect(lines).toEqual([]);
    await Promise.all([warn("2035-10-31T16:01:00Z"), warn("2035-10-31T16:01:00Z"), warn("2035-11-01T02:00:00Z")]);
    expect(lines).toMatchObject([
      { level: 40, county: "east", missing: "2036", knownUntil: "2035-12-31", daysLeft: 60 },
    ]);
    await warn("2035-11-02T02:00:00Z");
    await warn("2035-11-02T12:00:00Z");
    expect(lines).toHaveLength(2);
    expect(String(lines[1]!.warning)).toContain("liaison county set --county east --calendar 2036=FILE");
  });

  test("is a figure of its own, beside the days that the calendar reaches", async () => {
    expect(await read("2035-10-31T02:00:00Z")).toEqual([
      'liaison_calendar_known_days{county="east"} 61',
      'liaison_calendar_known_days{county="west"} 427',
      'liaison_calendar_missing{county="east"} 0',
      'liaison_calendar_missing{county="west"} 0',
    ]);
    expect(await read("2035-11-01T02:00:00Z")).toContain('liaison_calendar_missing{county="east"} 1');
    expect(await read("2036-01-03T02:00:00Z")).toContain('liaison_calendar_known_days{county="east"} -3');
  });
});
