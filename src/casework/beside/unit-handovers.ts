import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { HandoverState } from "../../domain/acts/handover.ts";
import type { PARTNER_MESSAGE_STATES } from "../../domain/acts/partner.ts";
import type { UnitResult } from "../../domain/case/claims.ts";

/** The condition that a row `u` of `units` is told in chat, or by a case system of its own. */
export const hasUnitChat = sql`(exists (select from bindings b where b.role = 'unit' and b.ref = u.code and b.ended_at is null)
  or exists (select from partners p where p.unit_id = u.id))`;

/** A hand-over of a case, as its page shows it; the first one first. */
export type CaseHandover = {
  readonly id: string;
  readonly to: string;
  readonly name: string;
  readonly kind: "unit" | "partner";
  /** The case system by which it goes, how far the message there is, and its number there; null where it goes by none. */
  readonly partner: {
    readonly name: string;
    readonly state: (typeof PARTNER_MESSAGE_STATES)[number];
    readonly tries: number;
    readonly externalId: string | null;
  } | null;
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
    select h.id, u.code as "to", u.name, case when m.id is null then 'unit' else 'partner' end as kind,
      case when m.id is not null then jsonb_build_object('name', p.name, 'state', m.state, 'tries', m.tries,
        'externalId', m.external_id) end as partner, h.role, h.state, h.due_on::text as "dueOn",
      h.asked_until::text as "askedUntil", h.result, ${hasUnitChat} as "hasChat"
    from handovers h join units u on u.id = h.unit_id
      left join partner_messages m on m.id = h.id left join partners p on p.id = m.partner_id where h.case_id = ${caseId} order by h.opened_at, h.id`);
}
