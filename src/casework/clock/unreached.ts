import { sql } from "drizzle-orm";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { WAITS_MS } from "../../domain/messages/across-chats.ts";
import type { Runtime } from "../runtime/runtime.ts";

/**
 * Asks for a call to each resident whom no message reaches: an answer waits for them for two days, or all their chats are gone. Only to whoever
 * left a number and may be called; what is sealed is the office's call.
 *
 * The last step of the ladder. What is tried before, after a day (a short message), has its place in front of this.
 */
export async function phoneUnreached({ database, now }: Runtime, jurisdictionId: string): Promise<void> {
  const at = now();
  const since = new Date(at.getTime() - WAITS_MS.phone);
  await database.inCounty(jurisdictionId, (tx) =>
    tx.execute(sql`
      insert into phone_tasks (id, jurisdiction_id, case_id, station_id, why, asked_by, made_at)
      select gen_random_uuid(), c.jurisdiction_id, c.id, case when c.sealed then null else c.station_id end, 'unreached', 'service',
        ${at.toISOString()}::timestamptz
      from cases c where c.id in (
          select o.case_id from outbox o
          join conversations k on k.id = o.conversation_id
          join channel_accounts n on n.id = k.account_id and n.channel <> ${DESK_CHANNEL}
          where o.jurisdiction_id = ${jurisdictionId} and o.state in ('waiting', 'sending') and o.awaits_contact
            and o.state = 'waiting' and o.is_answer and o.deputy_id is null and o.kind in ('reply', 'closure', 'unit-word', 'receipt')
            and (o.created_at <= ${since.toISOString()}::timestamptz or (not k.following and not exists (
              select from conversations other where other.person_id = k.person_id and other.following)))
            and not exists (select from phone_tasks t where t.case_id = o.case_id and t.why = 'unreached' and t.made_at >= o.created_at))
        and exists (select from case_people p where p.case_id = c.id and p.may_call and p.phone is not null and not p.is_joined)
      on conflict do nothing`),
  );
}
