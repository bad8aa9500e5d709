import { desc, eq, gt, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { caseEvents, cases } from "../../../db/schema/cases.ts";
import { rulesetEvents, rulesets } from "../../../db/schema/rulesets.ts";
import type { Visible } from "../../domain/access/may-see.ts";
import { countsAsOrdinary } from "../cases/visible-to.ts";
import { createTail, type Tail } from "./tail.ts";

/** A case that changed, with its version and what decides who may hear of it; never a sealed one. */
export type ChangedCase = { readonly number: string; readonly etag: string; readonly subject: Visible };

/** Follows the events of a county's cases. */
export function tailOfCases(nowMs: () => number): Tail<{ readonly seq: number; readonly caseId: string }> {
  return createTail(
    {
      async newest(tx) {
        const [last] = await tx.select({ seq: caseEvents.seq }).from(caseEvents).orderBy(desc(caseEvents.seq)).limit(1);
        return last?.seq ?? 0;
      },
      after: (tx, low, seen, most) =>
        tx
          .select({ seq: caseEvents.seq, caseId: caseEvents.caseId })
          .from(caseEvents)
          .where(sql`${gt(caseEvents.seq, low)} and ${caseEvents.seq} <> all(${sql.param([...seen])}::bigint[])`)
          .orderBy(caseEvents.seq)
          .limit(most),
    },
    nowMs,
  );
}

/** Follows what happens to the versions of a county's rules. */
export function tailOfRules(nowMs: () => number): Tail<{ readonly seq: number; readonly number: number }> {
  return createTail(
    {
      async newest(tx) {
        const [last] = await tx
          .select({ seq: rulesetEvents.seq })
          .from(rulesetEvents)
          .orderBy(desc(rulesetEvents.seq))
          .limit(1);
        return last?.seq ?? 0;
      },
      after: (tx, low, seen, most) =>
        tx
          .select({ seq: rulesetEvents.seq, number: rulesets.number })
          .from(rulesetEvents)
          .innerJoin(rulesets, eq(rulesets.id, rulesetEvents.rulesetId))
          .where(sql`${gt(rulesetEvents.seq, low)} and ${rulesetEvents.seq} <> all(${sql.param([...seen])}::bigint[])`)
          .orderBy(rulesetEvents.seq)
          .limit(most),
    },
    nowMs,
  );
}

/** Reads cases as far as others may hear that they changed; what is sealed, or counts as sealed, is left out for everybody. */
export async function hearable(tx: Transaction, ids: readonly string[]): Promise<(ChangedCase & { id: string })[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({
      id: cases.id,
      number: cases.number,
      stationId: cases.stationId,
      events: sql<number>`(select count(*)::int from case_events e where e.case_id = ${cases.id})`,
      barred: sql<string[]>`array(select b.person_id::text from case_bars b where b.case_id = ${cases.id})`,
    })
    .from(cases)
    .where(sql`${inArray(cases.id, [...ids])} and ${countsAsOrdinary}`);
  return rows.map(({ id, number, stationId, events, barred }) => ({
    id,
    number,
    etag: `c${events}`,
    subject: { isSealed: false, stationId, accused: [], barred },
  }));
}

/** The ids of the cases that had events behind a number of the ledger; null where there are too many to tell each. */
export async function changedSince(tx: Transaction, seq: number, most: number): Promise<string[] | null> {
  const rows = await tx
    .select({ caseId: caseEvents.caseId })
    .from(caseEvents)
    .where(gt(caseEvents.seq, seq))
    .limit(most + 1);
  return rows.length > most ? null : [...new Set(rows.map(({ caseId }) => caseId))];
}
