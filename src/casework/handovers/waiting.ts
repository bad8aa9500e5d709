import { type AnyColumn, and, asc, eq, isNull, not, or, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { handovers } from "../../../db/schema/ledger.ts";
import { units } from "../../../db/schema/people.ts";

/** A hand-over of which nobody of its unit can have heard, or whose unit is there no more: somebody of the office rings up. */
export type WaitingHandover = {
  readonly case: string;
  readonly unit: string;
  readonly name: string;
  readonly why: "nobody-bound" | "unit-ended";
  readonly since: string;
  readonly dueOn: string;
};

/** The hand-overs of open cases that wait for somebody of the office, oldest first; a sealed case is handed over to nobody. */
export async function waitingHandovers(tx: Transaction, today: string): Promise<readonly WaitingHandover[]> {
  const isEnded = sql<boolean>`coalesce(${units.untilOn} < ${today}::date, false)`;
  const isOpen = sql`${handovers.state} in ('waiting', 'sent', 'accepted', 'reported')`;
  const rows = await tx
    .select({
      ...{ case: cases.number, unit: units.code, name: units.name, since: handovers.openedAt },
      ...{ dueOn: handovers.dueOn, isEnded },
    })
    .from(handovers)
    .innerJoin(cases, and(eq(cases.id, handovers.caseId), eq(cases.unitId, handovers.unitId)))
    .innerJoin(units, eq(units.id, handovers.unitId))
    .where(
      and(
        isOpen,
        isNull(cases.closedAt),
        eq(cases.sealed, false),
        not(isWithPartner(handovers.id)),
        or(eq(handovers.state, "waiting"), isEnded),
      ),
    )
    .orderBy(asc(handovers.openedAt), asc(handovers.id));
  return rows.map(({ isEnded: ended, since, ...row }) => ({
    ...row,
    why: ended ? "unit-ended" : "nobody-bound",
    since: since.toISOString(),
  }));
}

/** The condition that a hand-over goes by a case system of others: what does not arrive there is shown by itself. @param id of the hand-over */
export function isWithPartner(id: AnyColumn | SQL): SQL {
  return sql`exists (select from partner_messages pm where pm.handover_id = ${id} and pm.kind = 'handed_over' and pm.state <> 'withdrawn')`;
}
