import { and, eq, isNotNull, or, type SQL, sql } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { digests, outbox } from "../../../db/schema/outbox.ts";
import { dutyTellings } from "../../../db/schema/users.ts";
import type { Turn } from "../turn/turn.ts";

/** Withdraws what waits to be told to any deputy about a case, and repeats nothing of what may have arrived. */
export async function withdrawFromDeputies({ tx, now }: Turn, subject: CaseRecord): Promise<void> {
  const toDeputies = and(eq(outbox.caseId, subject.id), or(isNotNull(outbox.deputyId), eq(outbox.kind, "room-case")));
  await tx
    .update(outbox)
    .set({ state: "superseded", settledAt: now })
    .where(and(toDeputies, eq(outbox.state, "waiting")));
  await tx
    .update(outbox)
    .set({ repeatsLeft: 0 })
    .where(and(toDeputies, eq(outbox.state, "uncertain")));
}

/** Withdraws what waits to be told of a case to the people of units and stations and to grid workers, and repeats nothing of what may have arrived. */
export async function withdrawFromBound({ tx, now }: Turn, subject: CaseRecord): Promise<void> {
  const toThem = and(eq(outbox.caseId, subject.id), eq(outbox.kind, "handover"));
  await tx
    .update(outbox)
    .set({ state: "superseded", settledAt: now })
    .where(and(toThem, eq(outbox.state, "waiting")));
  await tx
    .update(outbox)
    .set({ repeatsLeft: 0 })
    .where(and(toThem, eq(outbox.state, "uncertain")));
}

/** Withdraws what waits to remind a deputy of a case, or to tell somebody on duty of it, that is no longer theirs to read of. */
export async function withdrawReminders({ tx, now }: Pick<Turn, "tx" | "now">, caseId: string): Promise<void> {
  await tx
    .update(outbox)
    .set({ state: "superseded", settledAt: now })
    .where(and(eq(outbox.state, "waiting"), or(isDigestOf(caseId), isDutyOf(caseId))));
}

/**
 * The condition that a row of `outbox` reminds a deputy of a case, or tells somebody on duty of it.
 *
 * A reminder names the cases that its deputy has. So it is looked for among those of the deputies who ever had the case, by its events: row-level
 * security lets no index be used for what an array contains, and all reminders there ever were would be read.
 */
export function remindersOf(caseId: string): SQL | undefined {
  const theirs = sql`array(select p.id from case_events e join deputies p on p.code = e.details ->> 'deputy' where e.case_id = ${caseId}
    union select c.deputy_id from cases c where c.id = ${caseId} and c.deputy_id is not null)`;
  const named = sql`array(select d.outbox_id from ${digests} d
    where d.deputy_id = any(${theirs}) and d.case_ids @> array[${caseId}]::uuid[])`;
  return or(sql`${outbox.id} = any(${named})`, isDutyOf(caseId));
}

/**
 * The condition that a row of `outbox` reminds a deputy of a case, for where few rows are left to look at.
 *
 * Of what waits there are few: which deputies had the case need not be asked.
 */
function isDigestOf(caseId: string): SQL {
  return sql`(${outbox.kind} = 'deputy-digest' and exists (
    select from ${digests} d where d.outbox_id = ${outbox.id} and d.case_ids @> array[${caseId}]::uuid[]))`;
}

function isDutyOf(caseId: string): SQL {
  return sql`${outbox.id} = any(array(select t.outbox_id from ${dutyTellings} t where t.case_id = ${caseId} and t.outbox_id is not null))`;
}
