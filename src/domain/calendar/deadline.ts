import chineseDays from "chinese-days";
import calendar from "chinese-days/dist/chinese-days.json" with { type: "json" };
import { addDays, daysBetween, isDay, weekday } from "./days.ts";

/**
 * A county's own entries of the holiday calendar, by day (YYYY-MM-DD): `rest` or `work`; they take precedence over the
 * library's.
 */
export type CalendarOverrides = Readonly<Record<string, "rest" | "work">>;

const ANNOUNCED_REST: Readonly<Record<string, string>> = calendar.holidays;
const ANNOUNCED_WORK: Readonly<Record<string, string>> = calendar.workdays;
const ANNOUNCED_YEARS: ReadonlySet<string> = new Set(Object.keys(ANNOUNCED_REST).map((day) => day.slice(0, 4)));
const LONGEST = 250;

/**
 * The day by which a resident must have heard from somebody.
 *
 * Counts working days from the day after `receivedOn`, with the State Council's make-up days (调休) as working days.
 * Before a year's days are announced, weekends and the statutory holidays of 全国年节及纪念日放假办法 (2025) are free, and
 * `warning` says, for the office's log, that the day may still move; entries of that year that reach so far silence it.
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
  if (!Number.isInteger(workingDays) || workingDays < 1 || workingDays > LONGEST) {
    throw new RangeError(`working days must be 1 to ${LONGEST}, not ${workingDays}`);
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

/**
 * The number of working days after `from`, up to and including `to`; 0 when `to` is not later.
 *
 * @throws RangeError when either is no calendar day, YYYY-MM-DD
 */
export function workingDaysBetween(from: string, to: string, overrides: CalendarOverrides): number {
  if (!isDay(from) || !isDay(to)) throw new RangeError(`not calendar days: ${from}, ${to}`);
  let count = 0;
  for (let later = 1; later <= daysBetween(from, to); later += 1) {
    if (isWorkday(addDays(from, later), overrides)) count += 1;
  }
  return count;
}

/** Whether the day by which something was due is over. */
export function isOverdue(dueOn: string, today: string): boolean {
  return today > dueOn;
}

/** Whether offices work on this day, make-up days included; YYYY-MM-DD. */
export function isWorkday(day: string, overrides: CalendarOverrides): boolean {
  const override = overrides[day];
  if (override !== undefined) return override === "work";
  if (ANNOUNCED_WORK[day] !== undefined) return true;
  if (ANNOUNCED_REST[day] !== undefined) return false;
  if (weekday(day) > 5) return false;
  return isAnnounced(day.slice(0, 4)) || !statutoryHolidays(Number(day.slice(0, 4))).includes(day);
}

/**
 * The statutory holidays of a year without make-up days: 1 January; New Year's Eve and three days of the Spring
 * Festival; Tomb Sweeping; 1 and 2 May; Dragon Boat; Mid-Autumn; 1 to 3 October (全国年节及纪念日放假办法, in force 2025).
 */
function statutoryHolidays(year: number): readonly string[] {
  const spring = lunar(year, "01-01");
  return [
    `${year}-01-01`,
    ...[-1, 0, 1, 2].map((days) => addDays(spring, days)),
    `${year}-04-0${tombSweepingDay(year)}`,
    `${year}-05-01`,
    `${year}-05-02`,
    lunar(year, "05-05"),
    lunar(year, "08-15"),
    `${year}-10-01`,
    `${year}-10-02`,
    `${year}-10-03`,
  ];
}

/** Noon keeps the library, which counts in the process's own time zone, on the right day everywhere. */
function lunar(year: number, monthAndDay: string): string {
  return chineseDays.getSolarDateFromLunar(`${year}-${monthAndDay}T12:00:00`).date;
}

/** 清明 falls on 4 or 5 April: the usual approximation for 2000 to 2099. */
function tombSweepingDay(year: number): number {
  const ofCentury = year % 100;
  return Math.floor(ofCentury * 0.2422 + 4.81) - Math.floor(ofCentury / 4);
}

/**
 * The years of a span of days, both ends included, of which the calendar does not know every day up to the end of the span.
 *
 * A year is known when the State Council's days are, and as far as the county has entered it: up to its last entry, and
 * to its end once a rest day of October is there, behind which no holiday comes.
 */
export function unknownYears(from: string, to: string, overrides: CalendarOverrides): string[] {
  const missing: string[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    const last = to < `${year}-12-31` ? to : `${year}-12-31`;
    if (!isAnnounced(String(year)) && knownUntil(year, overrides) < last) missing.push(String(year));
  }
  return missing;
}

/** The last day of a year that a county's entries make known; the day before the year where there is none. */
function knownUntil(year: number, overrides: CalendarOverrides): string {
  const entered = Object.keys(overrides)
    .filter((day) => day.startsWith(`${year}-`))
    .toSorted();
  const hasOctober = entered.some((day) => day.startsWith(`${year}-10-`) && overrides[day] === "rest");
  return hasOctober ? `${year}-12-31` : (entered.at(-1) ?? `${year - 1}-12-31`);
}

/** Whether the State Council's days of a year are known without the county's entries. */
function isAnnounced(year: string): boolean {
  return ANNOUNCED_YEARS.has(year);
}

function warningFor(from: string, to: string, overrides: CalendarOverrides): string | null {
  const missing = unknownYears(from, to, overrides);
  if (missing.length === 0) return null;
  return `The holidays and make-up days of ${missing.join(", ")} are not known: only weekends and statutory holidays were left out. Enter them in the county's settings once the State Council has announced them.`;
}
