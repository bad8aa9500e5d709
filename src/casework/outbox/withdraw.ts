import { and, eq, isNotNull, or, type SQL, sql } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { digests, outbox } from "../../../db/schema/outbox.ts";
import { dutyTellings } from "../../../db/schema/users.ts";
import type { Turn } from "../turn/turn.ts";

/** Withdraws what waits to be told to any deputy about a case, and repeats nothing of what may have arrived. */
export async function withdrawFromDeputies({ tx, now }: Turn, subject: CaseRecord): Promise<void> {
  const toDeputies = and(eq(outbox.caseId, subject.id), isNotNull(outbox.deputyId));
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

/** The condition that a row of `outbox` reminds a deputy of a case, or tells somebody on duty of it. */
export function remindersOf(caseId: string): SQL | undefined {
  const named = sql`array(select d.outbox_id from ${digests} d where d.case_ids @> array[${caseId}]::uuid[])`;
  return or(sql`${outbox.id} = any(${named})`, isDutyOf(caseId));
}

/**
 * The condition that a row of `outbox` reminds a deputy of a case, for where few rows are left to look at.
 *
 * Row-level security lets no index be used for what an array contains: {@link remindersOf} reads every reminder that there ever was.
 */
function isDigestOf(caseId: string): SQL {
  return sql`(${outbox.kind} = 'deputy-digest' and exists (
    select from ${digests} d where d.outbox_id = ${outbox.id} and d.case_ids @> array[${caseId}]::uuid[]))`;
}

function isDutyOf(caseId: string): SQL {
  return sql`${outbox.id} = any(array(select t.outbox_id from ${dutyTellings} t where t.case_id = ${caseId} and t.outbox_id is not null))`;
}
