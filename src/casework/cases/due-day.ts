import { dueDate } from "../../domain/calendar/deadline.ts";
import type { Sitting } from "../turn/turn.ts";

/** Within how many working days a resident hears from somebody, where the county sets nothing else. */
const WORKING_DAYS = 5;

const WORKING_DAYS_OF_PRIORITY = 1;

/** The day by which a resident hears from somebody; a year that the calendar lacks is logged. */
export function dueDay(sitting: Sitting, priority: boolean): string {
  const { workingDays = WORKING_DAYS, holidays = {} } = sitting.county.settings;
  const { day, warning } = dueDate(sitting.today, priority ? WORKING_DAYS_OF_PRIORITY : workingDays, holidays);
  if (warning !== null) sitting.house.log.warn({ warning }, "the holiday calendar is incomplete");
  return day;
}
