import { and, asc, eq, isNull, lte, not, or, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, caseClocks, cases } from "../../../db/schema/cases.ts";
import { isToldByCall } from "../cases/facts.ts";
import { isLed } from "../cases/led.ts";
import { isRehearsed } from "../cases/rehearsed.ts";

/** A clock by whose moment somebody has to be reminded, with its case. */
export type DueClock = {
  readonly subject: CaseRecord;
  readonly kind: "reply" | "result";
  readonly dueAt: Date;
  readonly dueWithin: number | null;
};

/** The condition that a row of `case_clocks` was missed, and no other clock of its kind was set for its case since. */
const IS_LATE = sql`${caseClocks.state} = 'missed' and not exists (
  select from case_clocks later where later.case_id = ${caseClocks.caseId} and later.kind = ${caseClocks.kind}
    and later.started_at >= ${caseClocks.startedAt} and later.id <> ${caseClocks.id} and later.state <> 'void')`;

/** The number of the event that set the newest clock of a reply of the case of a row of `case_clocks`. */
const SET_LAST = sql`(select max(s.seq) from case_events s where s.case_id = ${caseClocks.caseId} and s.type = 'clock_set'
  and s.details -> 'clocks' @> '[{"kind":"reply"}]')`;

/**
 * The condition that a person told the resident of a row of `case_clocks` something since it began, late or not.
 *
 * Where it was opened again since, nobody did: the order of events tells so, for the times are of several machines. What was said before clocks were kept
 * counts by its time.
 */
const WAS_ANSWERED = sql`exists (select from case_events e where e.case_id = ${caseClocks.caseId}
  and (e.at >= ${caseClocks.startedAt} or e.seq > ${SET_LAST}) and (e.type = 'replied' or ${isToldByCall})
  and not exists (select from case_events r where r.case_id = e.case_id and r.type = 'reopened' and r.seq > e.seq))`;

/** The condition that a row of `case_clocks` is that of an answer which nobody has given, or of a result. */
const IS_AWAITED = or(and(eq(caseClocks.kind, "reply"), not(WAS_ANSWERED)), eq(caseClocks.kind, "result"));

/** The condition that something of a case that a deputy has is late, or due until a moment. */
function isDueUntil(until: Date): SQL | undefined {
  return and(
    isNull(cases.closedAt),
    eq(cases.sealed, false),
    sql`${cases.deputyId} is not null`,
    not(isLed),
    not(isRehearsed),
    IS_AWAITED,
    or(and(eq(caseClocks.state, "running"), lte(caseClocks.dueAt, until)), IS_LATE),
  );
}

/** The cases that deputies have and of which something is late, or due until a moment; what is late and urgent first. */
export async function dueOfDeputies(tx: Transaction, until: Date, which?: SQL): Promise<DueClock[]> {
  const rows = await tx
    .select({ subject: cases, kind: caseClocks.kind, dueAt: caseClocks.dueAt, dueWithin: caseClocks.dueWithin })
    .from(caseClocks)
    .innerJoin(cases, eq(cases.id, caseClocks.caseId))
    .where(and(isDueUntil(until), which))
    .orderBy(asc(caseClocks.dueAt), asc(cases.number));
  return rows.flatMap((row) => (row.kind === "reply" || row.kind === "result" ? [{ ...row, kind: row.kind }] : []));
}

/** The ids of deputies who have something late, or due until a moment, and were not reminded on a day. */
export async function deputiesToRemind(tx: Transaction, until: Date, day: string): Promise<string[]> {
  const hadOne = sql`exists (select from digests d where d.deputy_id = ${cases.deputyId} and d.on_day = ${day})`;
  const rows = await tx
    .selectDistinct({ deputyId: cases.deputyId })
    .from(caseClocks)
    .innerJoin(cases, eq(cases.id, caseClocks.caseId))
    .where(and(isDueUntil(until), not(hadOne)));
  return rows.flatMap(({ deputyId }) => deputyId ?? []);
}

/** An open case that nobody answered in time, and the moment until which somebody should have. */
type Unanswered = Pick<CaseRecord, "id" | "conversationId" | "escalation"> & { readonly dueAt: Date };

/** The open cases that nobody answered in time, oldest first. */
export async function unanswered(tx: Transaction, which?: SQL): Promise<Unanswered[]> {
  return tx
    .select({
      id: cases.id,
      conversationId: cases.conversationId,
      escalation: cases.escalation,
      dueAt: caseClocks.dueAt,
    })
    .from(caseClocks)
    .innerJoin(cases, eq(cases.id, caseClocks.caseId))
    .where(
      and(isNull(cases.closedAt), eq(caseClocks.kind, "reply"), not(isRehearsed), IS_LATE, not(WAS_ANSWERED), which),
    )
    .orderBy(asc(caseClocks.dueAt), asc(cases.number));
}
