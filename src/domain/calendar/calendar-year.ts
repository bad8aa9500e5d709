import calendar from "chinese-days/dist/chinese-days.json" with { type: "json" };
import { weekday } from "./days.ts";
import { feastOn, feastsOf } from "./statutory.ts";

/**
 * A county's own entries of the holiday calendar, by day (YYYY-MM-DD): `rest` or `work`; they take precedence over the
 * library's.
 */
export type CalendarOverrides = Readonly<Record<string, "rest" | "work">>;

const ANNOUNCED_REST: Readonly<Record<string, string>> = calendar.holidays;
const ANNOUNCED_WORK: Readonly<Record<string, string>> = calendar.workdays;
const ANNOUNCED_YEARS: ReadonlySet<string> = new Set(Object.keys(ANNOUNCED_REST).map((day) => day.slice(0, 4)));

/** Whether offices work on this day, make-up days included; YYYY-MM-DD. */
export function isWorkday(day: string, overrides: CalendarOverrides): boolean {
  const override = overrides[day];
  if (override !== undefined) return override === "work";
  if (ANNOUNCED_WORK[day] !== undefined) return true;
  if (ANNOUNCED_REST[day] !== undefined) return false;
  if (weekday(day) > 5) return false;
  return isAnnounced(day.slice(0, 4)) || feastOn(day) === null;
}

/** The statutory holidays of a year that a county has not entered as days off, by feast; empty once its entries make up a whole year. */
export function missingFeasts(
  year: number,
  overrides: CalendarOverrides,
): { readonly name: string; readonly days: readonly string[] }[] {
  return feastsOf(year).flatMap(({ name, days }) => {
    const missing = days.filter((day) => overrides[day] !== "rest");
    return missing.length === 0 ? [] : [{ name, days: missing }];
  });
}

/**
 * Whether all days off and make-up days of a year are known: the State Council's days are, or the county has entered its own.
 *
 * Entered means that every day which is free by law stands there: the days of a year are announced all at once, and of a
 * list that lacks one nobody can tell which make-up days it lacks too.
 */
function isYearKnown(year: number, overrides: CalendarOverrides): boolean {
  return isAnnounced(String(year)) || missingFeasts(year, overrides).length === 0;
}

/** The years of a span of days, both ends included, whose days off and make-up days are not known. */
export function unknownYears(from: string, to: string, overrides: CalendarOverrides): string[] {
  const missing: string[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    if (!isYearKnown(year, overrides)) missing.push(String(year));
  }
  return missing;
}

/** The last day up to which every year is known, from that of `today` on; the end of the year before, where its own is not. */
export function knownUntil(today: string, overrides: CalendarOverrides): string {
  let year = Number(today.slice(0, 4));
  while (isYearKnown(year, overrides)) year += 1;
  return `${year - 1}-12-31`;
}

/** Whether the State Council's days of a year are known without the county's entries. */
function isAnnounced(year: string): boolean {
  return ANNOUNCED_YEARS.has(year);
}
