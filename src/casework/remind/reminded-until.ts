import { and, gt, lt } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { absences } from "../../../db/schema/people.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { workdayFrom } from "../../domain/calendar/months.ts";
import { type CountyTime, endOfDay } from "../../domain/calendar/office-hours.ts";

/** The moments until which deputies are reminded today of what is due: `latest` of all of them. */
export type RemindedUntil = { readonly latest: Date; of(deputyId: string): Date };

/** A longer absence has handed over what is due in it. */
const MOST_DAYS = 10;
const DAY_MS = 86_400_000;

/**
 * The moments until which deputies are reminded today: the end of the next working day, or, for whoever is away on that day, of the next
 * one on which they are there, for nobody reminds them meanwhile.
 * @param today YYYY-MM-DD
 */
export async function remindedUntil(
  tx: Transaction,
  today: string,
  { holidays, timeZone }: CountyTime,
): Promise<RemindedUntil> {
  const next = workdayFrom(addDays(today, 1), holidays);
  const end = endOfDay(next, timeZone);
  const away = await tx
    .select({ deputyId: absences.deputyId, fromAt: absences.fromAt, untilAt: absences.untilAt })
    .from(absences)
    .where(and(gt(absences.untilAt, end), lt(absences.fromAt, new Date(end.getTime() + MOST_DAYS * DAY_MS))));
  const isAway = (deputyId: string, day: string) => {
    const at = endOfDay(day, timeZone);
    return away.some((one) => one.deputyId === deputyId && one.fromAt <= at && one.untilAt > at);
  };
  const untils = new Map<string, Date>();
  for (const deputyId of new Set(away.map((one) => one.deputyId))) {
    let day = next;
    for (let count = 0; count < MOST_DAYS && isAway(deputyId, day); count += 1)
      day = workdayFrom(addDays(day, 1), holidays);
    untils.set(deputyId, endOfDay(day, timeZone));
  }
  const latest = new Date(Math.max(end.getTime(), ...[...untils.values()].map((one) => one.getTime())));
  return { latest, of: (deputyId) => untils.get(deputyId) ?? end };
}
