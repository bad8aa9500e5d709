import { addDays, weekday } from "./days.ts";

/** The halves of a day in which somebody may be away: until noon, and from noon on. */
export const DAY_PARTS = ["morning", "afternoon"] as const;
/** A half of a day in which somebody is away. */
export type DayPart = (typeof DAY_PARTS)[number];

/** The days of a week that come again each week, from 1, Monday, to 7; the first and last day belong to it, YYYY-MM-DD. */
export type EachWeek = {
  readonly weekdays: readonly number[];
  readonly from: string;
  /** Null where it has no end. */
  readonly until: string | null;
  /** The half of each of these days; null for the whole of it. */
  readonly part: DayPart | null;
};

/** Whether a day is one of those that come again each week. Holidays and make-up days change nothing of it. @param day YYYY-MM-DD */
export function isEachWeek({ weekdays, from, until }: Omit<EachWeek, "part">, day: string): boolean {
  return from <= day && (until === null || day <= until) && weekdays.includes(weekday(day));
}

/** The days that come again each week, from one day to another, both included; in order. */
export function daysEachWeek(week: Omit<EachWeek, "part">, first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first < week.from ? week.from : first; day <= last; day = addDays(day, 1)) {
    if (week.until !== null && day > week.until) break;
    if (isEachWeek(week, day)) days.push(day);
  }
  return days;
}
