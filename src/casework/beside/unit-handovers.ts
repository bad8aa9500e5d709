import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { HandoverState } from "../../domain/acts/handover.ts";
import type { UnitResult } from "../../domain/case/claims.ts";

/** The condition that somebody speaks in chat for a row `u` of `units`. */
export const hasUnitChat = sql`exists (select from bindings b where b.role = 'unit' and b.ref = u.code and b.ended_at is null)`;

/** A hand-over of a case, as its page shows it; the first one first. */
export type CaseHandover = {
  readonly id: string;
  readonly to: string;
  readonly name: string;
  readonly kind: "unit";
  readonly role: "lead" | "assist";
  readonly state: HandoverState;
  readonly dueOn: string;
  readonly askedUntil: string | null;
  readonly result: UnitResult | null;
  readonly hasChat: boolean;
};

/** The hand-overs of a case, of those that ended too. */
export function handoversOf(tx: Transaction, caseId: string): Promise<CaseHandover[]> {
  return tx.execute<CaseHandover>(sql`
    select h.id, u.code as "to", u.name, 'unit' as kind, h.role, h.state, h.due_on::text as "dueOn",
      h.asked_until::text as "askedUntil", h.result, ${hasUnitChat} as "hasChat"
    from handovers h join units u on u.id = h.unit_id where h.case_id = ${caseId} order by h.opened_at, h.id`);
}
