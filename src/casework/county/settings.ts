import type { Database, Transaction } from "../../../db/database.ts";
import { type CountySettings, jurisdictions } from "../../../db/schema/county.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { type CalendarReach, firstWithoutDay, lookAhead } from "../../domain/calendar/look-ahead.ts";
import { CERTAIN } from "../../domain/categories/model.ts";
import { MOST_SHARE } from "../../domain/rule-trials/check.ts";

/** The settings of a county that sets nothing itself. */
export const DEFAULTS: Required<Omit<CountySettings, "setup" | "trial" | "petitionOffice">> = {
  workingDays: 5,
  holidays: {},
  overloadShare: MOST_SHARE,
  categoryThreshold: CERTAIN,
  partnerNetworks: [],
  forwardsFiles: false,
  rooms: "digest",
};

/** A county with what it has set for itself. */
export type SetCounty = { readonly code: string; readonly name: string; readonly settings: CountySettings };

/** The county whose transaction this is, with its settings as they are now: no process keeps them. */
export async function readCounty(tx: Transaction): Promise<SetCounty> {
  const { code, name, settings } = jurisdictions;
  const [county] = await tx.select({ code, name, settings }).from(jurisdictions);
  if (county === undefined) throw new Error("there is no such county");
  return county;
}

/** The reach of a county's calendar now, with a sentence that says what to do where a year is missing. */
export type CalendarNow = CalendarReach & { readonly warning: string | null };

/** The reach of a county's calendar now. */
export async function calendarNow(
  { database, now, timeZone }: { readonly database: Database; readonly now: () => Date; readonly timeZone: string },
  jurisdictionId: string,
): Promise<CalendarNow> {
  return calendarOf(await database.inCounty(jurisdictionId, readCounty), dayIn(now(), timeZone));
}

/** The reach of a county's calendar on a day, YYYY-MM-DD. */
export function calendarOf({ code, settings }: SetCounty, today: string): CalendarNow {
  const { workingDays, holidays } = { ...DEFAULTS, ...settings };
  const reach = lookAhead(today, workingDays, holidays);
  if (reach.missing === null) return { ...reach, warning: null };
  const from = firstWithoutDay(today, reach, workingDays, holidays);
  const within = `within ${workingDays} working ${workingDays === 1 ? "day" : "days"}`;
  const warning = `The days off and make-up days of ${reach.missing} are not entered: ${from === today ? "now" : `from ${from} on`} nobody is promised a day, only "${within}". Enter them once the State Council has announced them: liaison county set --county ${code} --calendar ${reach.missing}=FILE`;
  return { ...reach, warning };
}
