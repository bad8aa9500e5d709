import { and, asc, eq, gt, gte, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { v5 as idOf, v7 as newId } from "uuid";
import { absences, weeklyAbsences } from "../../../../db/schema/people.ts";
import { addDays } from "../../../domain/calendar/days.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import { daysEachWeek, type EachWeek } from "../../../domain/calendar/weekly.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { UnitOfWork } from "../../turn/unit-of-work.ts";

/** The part of a unit of work with which weekly absences are read and written. */
type WeeklyWork = Pick<UnitOfWork, "runtime" | "tx" | "jurisdictionId" | "now" | "today">;

/** An absence that comes again each week. */
export type WeeklyAbsence = EachWeek & { readonly id: string };

/** So many days ahead its single days are written down; each tick goes on where they end. */
const AHEAD_DAYS = 42;
const ENOUGH_DAYS = 28;

/** The weekly absences of a deputy that are not over, the first one first. */
export async function weeklyOf(work: Pick<WeeklyWork, "tx" | "today">, deputyId: string): Promise<WeeklyAbsence[]> {
  return work.tx
    .select(COLUMNS)
    .from(weeklyAbsences)
    .where(and(eq(weeklyAbsences.deputyId, deputyId), isRunning(work.today)))
    .orderBy(asc(weeklyAbsences.createdAt), asc(weeklyAbsences.id));
}

/**
 * Writes down that a deputy is away on the same days each week. What they have stays theirs: only new matters pass them by on these days.
 *
 * @param by who enters it, as events name them
 */
export async function noteWeekly(work: WeeklyWork, deputyId: string, week: EachWeek, by: string): Promise<string> {
  const id = newId();
  const { jurisdictionId, now: createdAt } = work;
  const { weekdays, from: fromOn, until: untilOn, part } = week;
  const row = { id, jurisdictionId, deputyId, weekdays: [...weekdays], fromOn, untilOn, part, by, createdAt };
  await work.tx.insert(weeklyAbsences).values(row);
  await writeDays(work, deputyId, { ...week, id });
  return id;
}

/** Ends weekly absences: the day that holds ends now, those that were to come are cancelled. */
export async function endWeekly(work: WeeklyWork, ended: readonly WeeklyAbsence[]): Promise<void> {
  if (ended.length === 0) return;
  const ids = ended.map(({ id }) => id);
  const { tx, now } = work;
  await tx.delete(absences).where(and(inArray(absences.weeklyId, ids), gt(absences.fromAt, now)));
  await tx
    .update(absences)
    .set({ untilAt: now })
    .where(and(inArray(absences.weeklyId, ids), gt(absences.untilAt, now)));
  await tx.update(weeklyAbsences).set({ endedAt: now }).where(inArray(weeklyAbsences.id, ids));
}

/**
 * Ends that a deputy is away on these days of each week; on others that they named with them they still are.
 *
 * @returns the days of the week that ended; none where they were there on all of these
 */
export async function endWeekdays(
  work: WeeklyWork,
  deputyId: string,
  weekdays: readonly number[],
  by: string,
): Promise<readonly number[]> {
  const touched = (await weeklyOf(work, deputyId)).filter((one) => one.weekdays.some((day) => weekdays.includes(day)));
  await endWeekly(work, touched);
  for (const { from, until, part, weekdays: before } of touched) {
    const left = before.filter((day) => !weekdays.includes(day));
    if (left.length > 0) await noteWeekly(work, deputyId, { weekdays: left, from, until, part }, by);
  }
  return weekdays.filter((day) => touched.some((one) => one.weekdays.includes(day)));
}

/** Writes down the coming days of those weekly absences whose days are soon used up. */
export async function continueWeekly(runtime: Runtime, jurisdictionId: string): Promise<void> {
  const now = runtime.now();
  const today = dayIn(now, runtime.timeZone);
  await runtime.database.inCounty(jurisdictionId, async (tx) => {
    const work = { runtime, tx, jurisdictionId, now, today };
    const enough = startOfDay(runtime, addDays(today, ENOUGH_DAYS));
    const running = await tx
      .select({ ...COLUMNS, deputyId: weeklyAbsences.deputyId })
      .from(weeklyAbsences)
      .where(
        and(
          // Those that end before were written down to their end.
          isRunning(addDays(today, ENOUGH_DAYS)),
          sql`not exists (select from absences b where b.weekly_id = ${weeklyAbsences.id} and b.from_at >= ${enough})`,
        ),
      );
    for (const { deputyId, ...weekly } of running) await writeDays(work, deputyId, weekly);
  });
}

const COLUMNS = {
  id: weeklyAbsences.id,
  weekdays: weeklyAbsences.weekdays,
  from: weeklyAbsences.fromOn,
  until: weeklyAbsences.untilOn,
  part: weeklyAbsences.part,
};

function isRunning(on: string): SQL | undefined {
  return and(isNull(weeklyAbsences.endedAt), or(isNull(weeklyAbsences.untilOn), gte(weeklyAbsences.untilOn, on)));
}

async function writeDays(work: WeeklyWork, deputyId: string, weekly: WeeklyAbsence): Promise<void> {
  const { runtime, jurisdictionId, today } = work;
  const days = daysEachWeek(weekly, today, addDays(today, AHEAD_DAYS));
  if (days.length === 0) return;
  await work.tx
    .insert(absences)
    .values(
      days.map((day) => ({
        // The same day has the same id, whoever writes it down first.
        ...{ id: idOf(day, weekly.id), jurisdictionId, deputyId, weeklyId: weekly.id },
        fromAt: weekly.part === "afternoon" ? noonOf(runtime, day) : startOfDay(runtime, day),
        untilAt: weekly.part === "morning" ? noonOf(runtime, day) : startOfDay(runtime, addDays(day, 1)),
      })),
    )
    .onConflictDoNothing();
}

function noonOf({ timeZone }: Pick<Runtime, "timeZone">, day: string): SQL {
  return sql`((${day}::date + interval '12 hours') at time zone ${timeZone})`;
}

/** The first moment of a day in the county's time zone. */
export function startOfDay({ timeZone }: Pick<Runtime, "timeZone">, day: string): SQL {
  return sql`(${day}::date::timestamp at time zone ${timeZone})`;
}
