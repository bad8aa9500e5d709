import { dueDate } from "../../domain/calendar/deadline.ts";
import { DEFAULTS } from "../county/settings.ts";
import type { Turn } from "../turn/turn.ts";

const WORKING_DAYS_OF_PRIORITY = 1;

/** A day as a case keeps it: `dueWithin` is the number of working days where the day may still move, else null. */
export type DueDay = { readonly dueOn: string; readonly dueWithin: number | null };

/**
 * The day by which a resident hears from somebody; a year that the calendar lacks is logged.
 *
 * Where holidays up to that day are not known, nobody is told the day: it serves for lists and figures alone.
 */
export function dueDay(turn: Turn, priority: boolean): DueDay {
  const { workingDays: usual, holidays } = { ...DEFAULTS, ...turn.county.settings };
  const workingDays = priority ? WORKING_DAYS_OF_PRIORITY : usual;
  const { day, warning } = dueDate(turn.today, workingDays, holidays);
  if (warning !== null) turn.runtime.log.warn({ warning }, "the holiday calendar is incomplete");
  return { dueOn: day, dueWithin: warning === null ? null : workingDays };
}
