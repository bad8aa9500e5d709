import { unknownYears } from "../calendar/calendar-year.ts";
import { addDays } from "../calendar/days.ts";
import { dayIn, dueDate, workingDaysBetween } from "../calendar/deadline.ts";
import { monthsAfter, workdayFrom } from "../calendar/months.ts";
import { type CountyTime, endOfDay, workingMoment } from "../calendar/office-hours.ts";
import type { Period } from "./rule.ts";

const HOUR_MS = 3_600_000;

/** The moment until which something is due, and its day. */
export type DueMoment = {
  readonly dueAt: Date;
  /** YYYY-MM-DD in the county's time zone. */
  readonly dueOn: string;
  /** Within how many working days it is, where holidays up to that day are not known and nobody is told the day; else null. */
  readonly dueWithin: number | null;
};

/**
 * The moment until which a period ends that begins now.
 *
 * Periods of days and months end with the last second of their last day. By 民法典 201 and 203 the day on which they begin does not count,
 * and one of calendar days or months that would end on a day off ends on the working day after it.
 */
export function dueAfter(from: Date, { amount, unit }: Period, time: CountyTime): DueMoment {
  const { holidays, timeZone } = time;
  const today = dayIn(from, timeZone);
  switch (unit) {
    case "hours":
      return atMoment(from, new Date(from.getTime() + amount * HOUR_MS), time, true);
    case "working_hours":
      return atMoment(from, workingMoment(from, amount, time), time, false);
    case "working_days":
      return onDay(today, dueDate(today, amount, holidays).day, time);
    case "days":
      return onDay(today, workdayFrom(addDays(today, amount), holidays), time);
    case "months":
      return onDay(today, monthsAfter(today, amount, holidays), time);
  }
}

/** A clock that stood still: since when, and when it would have been due. */
export type Stopped = { readonly pausedSince: Date; readonly dueAt: Date };

/**
 * The moment until which a clock is due that stood still and goes on now: later by as many working days as it stood, or by the time itself
 * where it is not due at the end of a day.
 */
export function dueAgain(
  now: Date,
  { pausedSince, dueAt }: Stopped,
  time: CountyTime,
): DueMoment & { readonly pausedDays: number } {
  const { holidays, timeZone } = time;
  const [today, since, dueOn] = [now, pausedSince, dueAt].map((at) => dayIn(at, timeZone)) as [string, string, string];
  const pausedDays = workingDaysBetween(since, today, holidays);
  if (dueAt.getTime() !== endOfDay(dueOn, timeZone).getTime()) {
    const later = new Date(dueAt.getTime() + now.getTime() - pausedSince.getTime());
    return { ...atMoment(now, later, time, true), pausedDays };
  }
  const day = pausedDays === 0 ? dueOn : dueDate(dueOn, pausedDays, holidays).day;
  return { ...onDay(today, day, time), pausedDays };
}

/** The due moment of a day that somebody gave: its end, however far the calendar reaches. */
export function dueOnDay(day: string, timeZone: string): DueMoment {
  return { dueAt: endOfDay(day, timeZone), dueOn: day, dueWithin: null };
}

function onDay(today: string, day: string, { holidays, timeZone }: CountyTime): DueMoment {
  const isSure = unknownYears(addDays(today, 1), day, holidays).length === 0;
  const dueWithin = isSure ? null : Math.max(1, workingDaysBetween(today, day, holidays));
  return { dueAt: endOfDay(day, timeZone), dueOn: day, dueWithin };
}

function atMoment(from: Date, dueAt: Date, { holidays, timeZone }: CountyTime, isAnyHour: boolean): DueMoment {
  const [today, dueOn] = [dayIn(from, timeZone), dayIn(dueAt, timeZone)];
  const isSure = isAnyHour || unknownYears(today, dueOn, holidays).length === 0;
  return { dueAt, dueOn, dueWithin: isSure ? null : Math.max(1, workingDaysBetween(today, dueOn, holidays)) };
}
