import { and, inArray, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { isWorkday } from "../../domain/calendar/calendar-year.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { workdayFrom } from "../../domain/calendar/months.ts";
import { type CountyTime, endOfDay } from "../../domain/calendar/office-hours.ts";
import { isToldByCall } from "../cases/facts.ts";
import { phoneDeputy } from "../cases/phone-tasks.ts";
import { countsAsOrdinary } from "../cases/visible-to.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { dueOfDeputies } from "./due-cases.ts";

/** A deputy whom nothing reaches for so many working days is rung up. */
const UNREACHED_DAYS = 2;
/** Reminders of so many days before are looked at. */
const LOOKED_AT_DAYS = 30;

/**
 * Asks the stations to ring up deputies whom no reminder and no new case has reached for two working days, each about the most pressing
 * of what they have, and ends calls that nobody needs to make any more.
 */
export async function callUnreached(runtime: Runtime, jurisdictionId: string, time: CountyTime): Promise<void> {
  const now = runtime.now();
  const today = dayIn(now, time.timeZone);
  const since = workdayBefore(today, UNREACHED_DAYS, time);
  const until = endOfDay(workdayFrom(addDays(today, 1), time.holidays), time.timeZone);
  await runtime.database.inCounty(jurisdictionId, async (tx) => {
    await endPointlessCalls(tx, now);
    for (const subject of [
      ...(await withUnreadDigests(tx, { since, today, until })),
      ...(await withUnreadCases(tx, endOfDay(since, time.timeZone))),
    ]) {
      if (await isCalled(tx, subject.deputyId)) continue;
      await phoneDeputy(tx, subject, { why: "deputy-unreached", now });
    }
  });
}

/** The most pressing case of each deputy who is reminded day by day, and whom no reminder has reached since a day. */
async function withUnreadDigests(
  tx: Transaction,
  { since, today, until }: { readonly since: string; readonly today: string; readonly until: Date },
): Promise<CaseRecord[]> {
  const rows = await tx.execute<{ deputyId: string }>(sql`
    select distinct deputy_id as "deputyId" from (
      select d.deputy_id, d.on_day, bool_or(o.state = 'delivered' or o.noticed_at is not null)
        over (partition by d.deputy_id order by d.on_day rows between current row and unbounded following) as is_reached
      from digests d join outbox o on o.id = d.outbox_id where d.on_day > ${addDays(today, -LOOKED_AT_DAYS)}) reminded
    where not is_reached and on_day <= ${since}`);
  if (rows.length === 0) return [];
  const ids = rows.map(({ deputyId }) => deputyId);
  const due = await dueOfDeputies(tx, until, and(inArray(cases.deputyId, ids), countsAsOrdinary));
  const first = new Map<string, CaseRecord>();
  for (const { subject } of due)
    if (subject.deputyId !== null && !first.has(subject.deputyId)) first.set(subject.deputyId, subject);
  return [...first.values()];
}

/** The oldest case of each deputy that they have had since a moment without ever being told. */
async function withUnreadCases(tx: Transaction, since: Date): Promise<CaseRecord[]> {
  const rows = await tx
    .selectDistinctOn([cases.deputyId], { subject: cases })
    .from(cases)
    .where(
      and(
        isNull(cases.closedAt),
        countsAsOrdinary,
        sql`exists (select from outbox o where o.jurisdiction_id = ${cases.jurisdictionId} and o.state in ('waiting', 'sending')
          and o.awaits_contact and o.created_at <= ${since.toISOString()}::timestamptz
          and o.case_id = ${cases.id} and o.deputy_id = ${cases.deputyId} and o.kind in ('deputy-case', 'deputy-topic') and o.noticed_at is null)`,
      ),
    )
    .orderBy(cases.deputyId, cases.dueOn, cases.number);
  return rows.map(({ subject }) => subject);
}

async function isCalled(tx: Transaction, deputyId: string | null): Promise<boolean> {
  const rows = await tx.execute(
    sql`select from phone_tasks t where t.deputy_id = ${deputyId} and t.done_at is null limit 1`,
  );
  return rows.length > 0;
}

/** A call is pointless once its case was answered or closed, or has gone to somebody else; one because nothing arrived, once that deputy can be written to. */
async function endPointlessCalls(tx: Transaction, now: Date): Promise<void> {
  const at = now.toISOString();
  await tx.execute(sql`
    update phone_tasks t set done_at = ${at}::timestamptz, done_by = 'service'
    where t.done_at is null and t.deputy_id is not null and (
      exists (select from cases c where c.id = t.case_id and (c.closed_at is not null or c.deputy_id is distinct from t.deputy_id))
      or (t.why = 'deputy-late' and exists (select from case_events e where e.case_id = t.case_id and e.at >= t.made_at
        and (e.type = 'replied' or ${isToldByCall})))
      or (t.why = 'deputy-unreached' and exists (select from conversations k where k.deputy_id = t.deputy_id
        and (k.window_until > ${at}::timestamptz or k.last_spoken_at > t.made_at))))`);
}

/** The day that lies so many working days before another one. */
function workdayBefore(day: string, days: number, { holidays }: CountyTime): string {
  let [found, left] = [day, days];
  while (left > 0) {
    found = addDays(found, -1);
    if (isWorkday(found, holidays)) left -= 1;
  }
  return found;
}
