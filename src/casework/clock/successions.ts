import { and, asc, eq, isNull, lte, not, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { notEnded } from "../../../db/in-force.ts";
import { cases } from "../../../db/schema/cases.ts";
import { successions } from "../../../db/schema/people.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { lastDayBefore, type SuccessionStep } from "../../domain/routing/succession.ts";
import { isLed, leaderId } from "../cases/led.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { handOverOne, type Orphan } from "./hand-over-one.ts";

/** Cases that are moved in one round; the next round goes on. */
const AT_ONCE = 200;

/** A case that nobody else can have goes to the office, for its deputy has left office. */
const TO_OFFICE = { toOffice: true } as const;

type Due = { readonly id: string; readonly effectiveOn: string; readonly rows: readonly SuccessionStep[] };

/**
 * Carries out the successions whose day has come, and hands over the open cases of those whose term is over, oldest
 * first; with notice to both sides and to each resident.
 *
 * Every part is a transaction of its own and finds out what is left to do, so that one that was interrupted goes on.
 * @returns the conversations that now have something to deliver
 */
export async function carryOutSuccessions(runtime: Runtime, jurisdictionId: string): Promise<string[]> {
  const { database } = runtime;
  const today = dayIn(runtime.now(), runtime.timeZone);
  const due = await database.inCounty(jurisdictionId, (tx) => dueSuccessions(tx, today));
  const told: string[] = [];
  for (const succession of due) {
    await database.inCounty(jurisdictionId, (tx) => changeOffices(tx, jurisdictionId, succession));
    const orphans = await database.inCounty(jurisdictionId, (tx) => casesOfPredecessors(tx, succession));
    for (const orphan of orphans)
      told.push(...(await handOverOne(runtime, jurisdictionId, orphan, TO_OFFICE)).toDeliver);
    if (orphans.length === AT_ONCE) return told;
    await database.inCounty(jurisdictionId, (tx) =>
      tx
        .update(successions)
        .set({ state: "done", doneAt: runtime.now() })
        .where(and(eq(successions.id, succession.id), eq(successions.state, "planned"))),
    );
  }
  const left = await database.inCounty(jurisdictionId, (tx) => casesOfThoseWhoLeft(tx, today));
  for (const orphan of left) told.push(...(await handOverOne(runtime, jurisdictionId, orphan, TO_OFFICE)).toDeliver);
  return told;
}

async function dueSuccessions(tx: Transaction, today: string): Promise<Due[]> {
  return tx
    .select({ id: successions.id, effectiveOn: successions.effectiveOn, rows: successions.rows })
    .from(successions)
    .where(and(eq(successions.state, "planned"), lte(successions.effectiveOn, today)))
    .orderBy(asc(successions.effectiveOn), asc(successions.createdAt));
}

/** Ends what the predecessors had, and begins it for their successors, each on its day; done twice, it changes nothing. */
async function changeOffices(tx: Transaction, jurisdictionId: string, { effectiveOn, rows }: Due): Promise<void> {
  const lastDay = lastDayBefore(effectiveOn);
  for (const { from, to, places } of rows) {
    await tx.execute(sql`
      with moved as (
        update assignments a set until_on = ${lastDay}
        from deputies d
        where d.id = a.deputy_id and d.code = ${from} and a.jurisdiction_id = ${jurisdictionId}
          and a.from_on <= ${lastDay} and ${notEnded(sql`a.until_on`, effectiveOn)}
          and (${places === undefined} or exists (
            select from grids g where g.id = a.grid_id and g.code = any(${codes(places)})) or exists (
            select from stations s where s.id = a.station_id and s.code = any(${codes(places)})))
        returning a.grid_id, a.station_id, a.role
      )
      insert into assignments (id, jurisdiction_id, deputy_id, grid_id, station_id, role, from_on)
      select gen_random_uuid(), ${jurisdictionId}, t.id, m.grid_id, m.station_id, m.role, ${effectiveOn}
      from moved m, deputies t
      where t.code = ${to} and t.jurisdiction_id = ${jurisdictionId} and not exists (
        select from assignments b where b.deputy_id = t.id and b.from_on <= ${effectiveOn}
          and ${notEnded(sql`b.until_on`, effectiveOn)}
          and b.grid_id is not distinct from m.grid_id and b.station_id is not distinct from m.station_id)`);
    await changeFollowers(tx, jurisdictionId, { from, to, places });
    if (places === undefined) {
      await tx.execute(sql`
        update deputies set until_on = ${lastDay}
        where code = ${from} and jurisdiction_id = ${jurisdictionId} and (until_on is null or until_on > ${lastDay})`);
    }
  }
}

/**
 * What a predecessor follows of the open cases there, the successor follows from then on, unless it is their own. Who was asked to help
 * was asked as a person: nobody follows them in that.
 */
async function changeFollowers(
  tx: Transaction,
  jurisdictionId: string,
  { from, to, places }: SuccessionStep,
): Promise<void> {
  await tx.execute(sql`
    with ended as (
      delete from case_followers f using cases c left join grids g on g.id = c.grid_id, deputies d
      where f.case_id = c.id and f.deputy_id = d.id and d.code = ${from} and c.closed_at is null and f.why <> 'assistant'
        and f.jurisdiction_id = ${jurisdictionId}
        and (${places === undefined} or (f.why = 'higher-level' and g.code = any(${codes(places)})))
      returning f.case_id, f.why, f.since, c.deputy_id
    )
    insert into case_followers (jurisdiction_id, case_id, deputy_id, why, since)
    select ${jurisdictionId}, e.case_id, t.id, e.why, e.since
    from ended e, deputies t
    where t.code = ${to} and t.jurisdiction_id = ${jurisdictionId} and t.id is distinct from e.deputy_id
    on conflict do nothing`);
}

function codes(places: readonly string[] | undefined) {
  return sql`array[${sql.join(
    (places ?? [""]).map((place) => sql`${place}`),
    sql`, `,
  )}]::text[]`;
}

async function casesOfPredecessors(tx: Transaction, { effectiveOn, rows }: Due): Promise<Orphan[]> {
  const orphans: Orphan[] = [];
  for (const { from, to, places } of rows) {
    const found = await tx.execute<{ id: string; conversationId: string; deputyId: string }>(sql`
      select c.id, c.conversation_id as "conversationId", c.deputy_id as "deputyId"
      from cases c join deputies d on d.id = c.deputy_id
      left join grids g on g.id = c.grid_id left join stations s on s.id = c.station_id
      where d.code = ${from} and c.closed_at is null and ${leaderId(sql`c.id`)} is null
        and (${places === undefined} or g.code = any(${codes(places)}) or (g.code is null and s.code = any(${codes(places)})))
      order by c.received_at, c.number limit ${AT_ONCE - orphans.length}`);
    const untilOn = lastDayBefore(effectiveOn);
    orphans.push(...found.map(({ deputyId, ...one }) => ({ ...one, holding: { deputyId, successor: to, untilOn } })));
    if (orphans.length >= AT_ONCE) break;
  }
  return orphans;
}

/** Open cases of deputies whose term is over, oldest first; a succession that goes on looks after its own. */
async function casesOfThoseWhoLeft(tx: Transaction, today: string): Promise<Orphan[]> {
  const rows = await tx
    .select({ id: cases.id, conversationId: cases.conversationId, deputyId: sql<string>`${cases.deputyId}` })
    .from(cases)
    .where(
      and(
        isNull(cases.closedAt),
        not(isLed),
        sql`${cases.deputyId} in (
          select d.id from deputies d where d.until_on < ${today} and not exists (
            select from successions n where n.state = 'planned' and n.effective_on <= ${today}
              and n.rows @> jsonb_build_array(jsonb_build_object('from', d.code))))`,
      ),
    )
    .orderBy(asc(cases.receivedAt), asc(cases.number))
    .limit(AT_ONCE);
  return rows.map(({ deputyId, ...one }) => ({ ...one, holding: { deputyId } }));
}
