import { jurisdictions } from "../../db/schema/county.ts";
import { feastsOf } from "../../src/domain/calendar/statutory.ts";
import type { TestDatabase } from "../database.ts";

/** The entries of a year that is entered whole, with nothing off but what is free by law. */
export function daysOff(year: number): Record<string, "rest" | "work"> {
  return Object.fromEntries(feastsOf(year).flatMap(({ days }) => days.map((day) => [day, "rest"] as const)));
}

/** A list of 2027 as a clerk might type it after the announcement; the days are invented, make-up days and all. */
export const LIST_2027: readonly (readonly [days: string, what: "off" | "work"])[] = [
  ["2027-01-01..2027-01-04", "off"],
  ["2027-01-09", "work"],
  ["2027-02-05..2027-02-12", "off"],
  ["2027-01-30", "work"],
  ["2027-02-20", "work"],
  ["2027-04-03..2027-04-05", "off"],
  ["2027-05-01..2027-05-05", "off"],
  ["2027-05-08", "work"],
  ["2027-06-09", "off"],
  ["2027-09-15", "off"],
  ["2027-10-01..2027-10-07", "off"],
  ["2027-09-26", "work"],
  ["2027-10-09", "work"],
];

/** {@link LIST_2027} as a CSV file. */
export const CSV_2027 = `日期,安排\n${LIST_2027.map((row) => row.join(",")).join("\n")}\n`;

/** Enters this year and the next two for a county, so that nothing warns of its calendar on whatever day a test runs. */
export async function enterCalendar(db: TestDatabase, code: string): Promise<void> {
  const year = new Date().getFullYear();
  const holidays = { ...daysOff(year), ...daysOff(year + 1), ...daysOff(year + 2) };
  await db.database.inCounty(await db.county(code), (tx) => tx.update(jurisdictions).set({ settings: { holidays } }));
}
