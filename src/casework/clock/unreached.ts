import { sql } from "drizzle-orm";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { MOST_MOVES, WAITS_MS } from "../../domain/messages/across-chats.ts";
import { moveChat } from "../delivery/across/move-chat.ts";
import type { Runtime } from "../runtime/runtime.ts";

const AT_ONCE = 100;

/**
 * Gives what waits for somebody's contact to another chat of theirs in which it can be sent by now: that chat was opened meanwhile, or the process
 * that was to give it ended.
 *
 * @returns the conversations that now have something to deliver
 */
export async function moveParked(runtime: Runtime, jurisdictionId: string): Promise<string[]> {
  const other = (column: string) => sql`exists (select from conversations other
    where other.${sql.raw(column)} = k.${sql.raw(column)} and other.id <> k.id and other.following and other.direct_refused_at is null)`;
  const parked = await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx.execute<{ id: string }>(sql`
      select o.conversation_id as id from outbox o join conversations k on k.id = o.conversation_id
      where o.jurisdiction_id = ${jurisdictionId} and o.state in ('waiting', 'sending') and o.awaits_contact and o.moves < ${MOST_MOVES}
        and ((k.deputy_id is not null and ${other("deputy_id")}) or (k.deputy_id is null and k.person_id is not null and ${other("person_id")}))
      group by o.conversation_id order by max(o.created_at) desc limit ${AT_ONCE}`),
  );
  const toDeliver: string[] = [];
  for (const { id } of parked) toDeliver.push(...(await moveChat(runtime, { jurisdictionId, conversationId: id })));
  return toDeliver;
}

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
