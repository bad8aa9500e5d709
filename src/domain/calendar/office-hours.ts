import { type CalendarOverrides, isWorkday } from "./calendar-year.ts";
import { addDays } from "./days.ts";
import { dayIn } from "./deadline.ts";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** The hours in which offices work, in minutes of a working day: 08:30 to 12:00 and 14:00 to 17:30. */
const OFFICE_HOURS = [
  { from: 8 * 60 + 30, until: 12 * 60 },
  { from: 14 * 60, until: 17 * 60 + 30 },
] as const;

/** The hours in which nobody is disturbed, in minutes of any day: from 20:00 to 07:30. */
const QUIET = { from: 20 * 60, until: 7 * 60 + 30 } as const;

/** The most working hours of a period: about half a year. */
export const MOST_WORKING_HOURS = 500;

/** The days and hours of a county: its own entries of the calendar, and its time zone as IANA calls it. */
export type CountyTime = { readonly holidays: CalendarOverrides; readonly timeZone: string };

/**
 * The moment at which so many hours of office work have passed since another; before and after them, and on days off, time
 * does not count.
 *
 * @param hours 1 to {@link MOST_WORKING_HOURS}
 * @throws RangeError when `hours` is out of its range
 */
export function workingMoment(from: Date, hours: number, { holidays, timeZone }: CountyTime): Date {
  if (!Number.isInteger(hours) || hours < 1 || hours > MOST_WORKING_HOURS) {
    throw new RangeError(`working hours must be 1 to ${MOST_WORKING_HOURS}, not ${hours}`);
  }
  let left = hours * 60;
  for (let [day, minute] = [dayIn(from, timeZone), minuteIn(from, timeZone)]; ; day = addDays(day, 1), minute = 0) {
    if (!isWorkday(day, holidays)) continue;
    for (const { from: begin, until } of OFFICE_HOURS) {
      const start = Math.max(begin, minute);
      const there = Math.max(0, until - start);
      if (there >= left) return momentOf(day, start + left, timeZone);
      left -= there;
    }
  }
}

/** Whether people are left in peace at a moment: it is night, or a day off. What is a danger to life does not ask this. */
export function isQuiet(at: Date, { holidays, timeZone }: CountyTime): boolean {
  const minute = minuteIn(at, timeZone);
  return minute >= QUIET.from || minute < QUIET.until || !isWorkday(dayIn(at, timeZone), holidays);
}

/** The last second of a day in a time zone: what is due on that day is due until then. */
export function endOfDay(day: string, timeZone: string): Date {
  return new Date(momentOf(addDays(day, 1), 0, timeZone).getTime() - 1_000);
}

/** The moment at which a minute of a day begins in a time zone; where clocks are put forward over it, the one they show instead. */
export function momentOf(day: string, minute: number, timeZone: string): Date {
  const wanted = Date.parse(day) + minute * MINUTE_MS;
  const near = wanted - aheadMs(new Date(wanted), timeZone);
  return new Date(wanted - aheadMs(new Date(near), timeZone));
}

/** The minute of the day in a time zone, 0 to 1439. */
export function minuteIn(at: Date, timeZone: string): number {
  const sinceMidnight = Math.floor((at.getTime() + aheadMs(at, timeZone)) / MINUTE_MS) % DAY_MINUTES;
  return sinceMidnight < 0 ? sinceMidnight + DAY_MINUTES : sinceMidnight;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Clocks are put forward and back at the beginning of a quarter of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;
/** So many answers are remembered: one costs as much as reading a message. */
const KEPT = 512;
const remembered = new Map<string, number>();

/** How much the clocks of a time zone are ahead of UTC at a moment. */
function aheadMs(at: Date, timeZone: string): number {
  const key = `${Math.floor(at.getTime() / QUARTER_MS)} ${timeZone}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const ahead = askedAheadMs(at, timeZone);
  if (remembered.size === KEPT) remembered.clear();
  remembered.set(key, ahead);
  return ahead;
}

function askedAheadMs(at: Date, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en-GB", { timeZone, dateStyle: "short", timeStyle: "medium", hourCycle: "h23" });
  formats.set(timeZone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const shown = Date.UTC(
    part.year ?? 0,
    (part.month ?? 1) - 1,
    part.day ?? 1,
    part.hour ?? 0,
    part.minute ?? 0,
    part.second ?? 0,
  );
  return shown - Math.floor(at.getTime() / 1_000) * 1_000;
}
