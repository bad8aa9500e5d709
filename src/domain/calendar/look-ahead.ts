import { type CalendarOverrides, knownUntil } from "./calendar-year.ts";
import { addDays, daysBetween } from "./days.ts";
import { dueDate } from "./deadline.ts";

/**
 * The reach of the calendar from a day on, and whether somebody has to enter a year now.
 *
 * @see lookAhead
 */
export type CalendarReach = {
  /** The last day of the last year that is known, YYYY-MM-DD. */
  readonly knownUntil: string;
  /** How many days that is from now; negative where the present year is not known. */
  readonly daysLeft: number;
  /** The year that is to be entered now, null while there is time. */
  readonly missing: string | null;
};

/**
 * The State Council announced the days of the next year between 25 October and 8 December in each of the last years, mostly in
 * November: from its first day on there is something to look for.
 */
const ANNOUNCED_FROM = "11-01";

/**
 * Looks how far the calendar of a county reaches.
 *
 * The next year is missing from 1 November on, or as soon as a day that is promised today would lie in it, whichever is earlier.
 * @param today YYYY-MM-DD
 * @param longestPeriod the most working days within which the county answers
 */
export function lookAhead(today: string, longestPeriod: number, overrides: CalendarOverrides): CalendarReach {
  const until = knownUntil(today, overrides);
  const year = Number(until.slice(0, 4));
  const isMissing = today >= `${year}-${ANNOUNCED_FROM}` || isBeyond(today, until, longestPeriod, overrides);
  return { knownUntil: until, daysLeft: daysBetween(today, until), missing: isMissing ? String(year + 1) : null };
}

/** The first day on which no day can be promised any more, `today` or later. */
export function firstWithoutDay(
  today: string,
  { knownUntil: until }: Pick<CalendarReach, "knownUntil">,
  longestPeriod: number,
  overrides: CalendarOverrides,
): string {
  let day = today;
  while (day < until && !isBeyond(day, until, longestPeriod, overrides)) day = addDays(day, 1);
  return day;
}

function isBeyond(receivedOn: string, until: string, period: number, overrides: CalendarOverrides): boolean {
  return dueDate(receivedOn, period, overrides).day > until;
}
