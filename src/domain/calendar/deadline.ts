import { type CalendarOverrides, isWorkday, unknownYears } from "./calendar-year.ts";
import { addDays, isDay } from "./days.ts";

/** The longest period in which a county may promise an answer, in working days: about a year. */
export const LONGEST_PERIOD = 250;

/**
 * The day by which a resident must have heard from somebody.
 *
 * Counts working days from the day after `receivedOn`, with the State Council's make-up days (调休) as working days.
 * Before a year's days are announced, weekends and the statutory holidays of 全国年节及纪念日放假办法 (2025) are free, and
 * `warning` says, for the office's log, that the day may still move, until the county has entered that year.
 * @param receivedOn calendar day in the county's time zone, YYYY-MM-DD
 * @param workingDays 1 to 250
 * @returns YYYY-MM-DD, always a working day
 * @throws RangeError when a parameter is out of its range
 */
export function dueDate(
  receivedOn: string,
  workingDays: number,
  overrides: CalendarOverrides,
): { readonly day: string; readonly warning: string | null } {
  if (!isDay(receivedOn)) throw new RangeError(`not a calendar day: ${receivedOn}`);
  if (!Number.isInteger(workingDays) || workingDays < 1 || workingDays > LONGEST_PERIOD) {
    throw new RangeError(`working days must be 1 to ${LONGEST_PERIOD}, not ${workingDays}`);
  }
  let day = receivedOn;
  for (let left = workingDays; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkday(day, overrides)) left -= 1;
  }
  return { day, warning: warningFor(addDays(receivedOn, 1), day, overrides) };
}

/** The formats made so far, by time zone: making one takes a hundred times as long as using it. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

/**
 * The calendar day of a moment in a time zone.
 *
 * @param timeZone IANA name, such as Asia/Shanghai
 * @returns YYYY-MM-DD
 * @throws RangeError for an unknown time zone or an invalid date
 */
export function dayIn(date: Date, timeZone: string): string {
  const format =
    dayFormats.get(timeZone) ??
    new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  dayFormats.set(timeZone, format);
  return format.format(date);
}

const hourFormats = new Map<string, Intl.DateTimeFormat>();

/** The hour of the day, 0 to 23, in a time zone. */
export function hourIn(date: Date, timeZone: string): number {
  const format =
    hourFormats.get(timeZone) ?? new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" });
  hourFormats.set(timeZone, format);
  return Number(format.format(date));
}

const timeFormats = new Map<string, Intl.DateTimeFormat>();

/** The time of day in a time zone, HH:MM. */
export function timeIn(date: Date, timeZone: string): string {
  const format =
    timeFormats.get(timeZone) ??
    new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  timeFormats.set(timeZone, format);
  return format.format(date);
}

/**
 * The number of working days after `from`, up to and including `to`; 0 when `to` is not later.
 *
 * @throws RangeError when either is no calendar day, YYYY-MM-DD
 */
export function workingDaysBetween(from: string, to: string, overrides: CalendarOverrides): number {
  if (!isDay(from) || !isDay(to)) throw new RangeError(`not calendar days: ${from}, ${to}`);
  return workingDaysAfter(from, to, overrides).get(from) ?? 0;
}

/** Counts, for each day from `first` to `last`, the working days after it, up to and including `last`: one walk for many days. */
export function workingDaysAfter(
  first: string,
  last: string,
  overrides: CalendarOverrides,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  let count = 0;
  for (let at = last; at >= first; at = addDays(at, -1)) {
    counts.set(at, count);
    if (isWorkday(at, overrides)) count += 1;
  }
  return counts;
}

/** Whether the day by which something was due is over. */
export function isOverdue(dueOn: string, today: string): boolean {
  return today > dueOn;
}

function warningFor(from: string, to: string, overrides: CalendarOverrides): string | null {
  const missing = unknownYears(from, to, overrides);
  if (missing.length === 0) return null;
  return `The holidays and make-up days of ${missing.join(", ")} are not known: only weekends and statutory holidays were left out. Enter them with liaison county set --calendar once the State Council has announced them.`;
}
