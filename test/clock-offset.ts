import { daysBetween } from "../src/domain/calendar/days.ts";
import { dayIn } from "../src/domain/calendar/deadline.ts";

/** The environment by which a process takes a day (YYYY-MM-DD) for today in Shanghai. */
export function onDay(day: string): { readonly LIAISON_CLOCK_OFFSET: string } {
  const days = daysBetween(dayIn(new Date(), "Asia/Shanghai"), day);
  return { LIAISON_CLOCK_OFFSET: `${days < 0 ? "-" : ""}P${Math.abs(days)}D` };
}
