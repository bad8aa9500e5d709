import { dueDate } from "../../domain/calendar/deadline.ts";
import type { Turn } from "../turn/turn.ts";

/** Within how many working days a resident hears from somebody, where the county sets nothing else. */
const WORKING_DAYS = 5;

const WORKING_DAYS_OF_PRIORITY = 1;

/** The day by which a resident hears from somebody; a year that the calendar lacks is logged. */
export function dueDay(turn: Turn, priority: boolean): string {
  const { workingDays = WORKING_DAYS, holidays = {} } = turn.county.settings;
  const { day, warning } = dueDate(turn.today, priority ? WORKING_DAYS_OF_PRIORITY : workingDays, holidays);
  if (warning !== null) turn.runtime.log.warn({ warning }, "the holiday calendar is incomplete");
  return day;
}
