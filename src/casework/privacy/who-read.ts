import { sql } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { type LookAtMine, type LooksAtMine, READING_REASONS } from "../../domain/access/reading-reasons.ts";
import type { Role } from "../../domain/access/roles.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { countsAsSealed, isShownIn } from "../cases/visible-to.ts";
import { personConversations } from "../turn/person.ts";
import type { Turn } from "../turn/turn.ts";

const LISTED = 8;

type Row = {
  readonly number: string;
  readonly what: LookAtMine["what"];
  readonly role: Role;
  readonly reason: string | null;
  readonly at: string;
  readonly total: number;
};

/**
 * Finds who looked at the unmasked words of a resident's cases, and at their number: on which day, in which role, for which reason.
 *
 * Nothing is said of cases that are sealed or count so, not even that there are any: whoever is accused may hold the resident's
 * telephone. Nor of numbers where others joined the case: the look may have been at theirs, and nobody learns of them.
 */
export async function whoRead(turn: Turn): Promise<LooksAtMine> {
  const rows = await turn.tx.execute<Row>(sql`
    select ${cases.number} as number, r.what, r.role, r.reason, r.at::text as at, count(*) over ()::int as total
    from readings r join ${cases} on ${cases.id} = r.case_id
    where ${cases.conversationId} = any(${sql.param(personConversations(turn))}::uuid[]) and ${isShownIn(turn.conversation.id)} and not ${countsAsSealed}
      and (r.what = 'original' or (r.what = 'phone'
        and not exists (select from case_people p where p.case_id = ${cases.id} and p.is_joined)))
    order by r.seq desc limit ${LISTED}`);
  const latest = rows.map(({ number, what, role, reason, at }) => ({
    ...{ number, what, role, on: dayIn(new Date(at), turn.runtime.timeZone) },
    reason: READING_REASONS.find((one) => one === reason) ?? null,
  }));
  return { latest, earlier: (rows[0]?.total ?? 0) - latest.length };
}
