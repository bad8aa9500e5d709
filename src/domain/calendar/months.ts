import { type CalendarOverrides, isWorkday } from "./calendar-year.ts";
import { addDays, dayOf, isDay } from "./days.ts";

/** The longest period in months, as 代表法 and 信访工作条例 know none longer than a year. */
export const MOST_MONTHS = 12;

/**
 * The last day of a period of months by 民法典 201 to 203: it is counted from the next day on, ends on the corresponding day, or
 * the last of a month that has none, and where that day is a day off, on the working day after it.
 *
 * @param day YYYY-MM-DD, the day on which the period is set off
 * @param months 1 to {@link MOST_MONTHS}
 * @returns YYYY-MM-DD
 * @throws RangeError when a parameter is out of its range
 */
export function monthsAfter(day: string, months: number, overrides: CalendarOverrides): string {
  if (!isDay(day)) throw new RangeError(`not a calendar day: ${day}`);
  if (!Number.isInteger(months) || months < 1 || months > MOST_MONTHS) {
    throw new RangeError(`months must be 1 to ${MOST_MONTHS}, not ${months}`);
  }
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const index = month - 1 + months;
  const [endYear, endMonth] = [year + Math.floor(index / 12), (index % 12) + 1];
  return workdayFrom(correspondingDay(endYear, endMonth, date), overrides);
}

/** The day itself where offices work on it, else the next one on which they do (民法典 203). */
export function workdayFrom(day: string, overrides: CalendarOverrides): string {
  let end = day;
  while (!isWorkday(end, overrides)) end = addDays(end, 1);
  return end;
}

function correspondingDay(year: number, month: number, date: number): string {
  for (let last = date; last > 0; last -= 1) {
    const found = dayOf(year, month, last);
    if (found !== null) return found;
  }
  throw new RangeError(`no day of ${year}-${month}`);
}
