import { eq, sql } from "drizzle-orm";
import { type Conversation, conversations, persons } from "../../../db/schema/conversations.ts";
import { personWordingOf } from "../../domain/wording/persons/wording.ts";
import { tellConversation } from "../outbox/tell.ts";
import { lockPersonRow } from "../turn/person.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * Takes the chat of this turn from its person: from now on it is a person by itself, and the others are told so. What waits to be told of a
 * matter goes back to the chat in which the matter began; two chats of which one goes are two people again.
 *
 * @returns whether there were others
 */
export async function partChat(turn: Turn): Promise<boolean> {
  const { conversation, linked } = turn;
  const { personId } = conversation;
  if (personId === null) return false;
  await lockPersonRow(turn.tx, personId);
  await giveBack(turn, conversation.id);
  conversation.personId = null;
  // Written at once: the person can only go when nobody is theirs any more.
  await turn.tx.update(conversations).set({ personId: null }).where(eq(conversations.id, conversation.id));
  if (linked.length < 2) await endPerson(turn, personId);
  for (const one of linked) tellParted(turn, one);
  turn.linked = [];
  turn.cases = null;
  return linked.length > 0;
}

/** Takes all chats of the person of this turn from each other. */
export async function partAllChats(turn: Turn): Promise<void> {
  const { conversation, linked } = turn;
  const { personId } = conversation;
  if (personId === null) return;
  await lockPersonRow(turn.tx, personId);
  for (const { id } of [conversation, ...linked]) await giveBack(turn, id);
  conversation.personId = null;
  await endPerson(turn, personId);
  for (const one of linked) tellParted(turn, one);
  turn.linked = [];
  turn.cases = null;
}

async function endPerson({ tx }: Turn, personId: string): Promise<void> {
  await tx.update(conversations).set({ personId: null }).where(eq(conversations.personId, personId));
  await tx.delete(persons).where(eq(persons.id, personId));
}

/** What waits, or is to be told again, of the matters of one of these chats in another of them goes back to where the matter began. */
async function giveBack(turn: Turn, chat: string): Promise<void> {
  const all = [turn.conversation.id, ...turn.linked.map(({ id }) => id)];
  const ids = sql`${sql.param(all)}::uuid[]`;
  const back = await turn.tx.execute<{ id: string }>(sql`
    update outbox o set conversation_id = c.conversation_id, awaits_contact = false, reason = null
    from cases c
    where c.id = o.case_id and o.conversation_id = any(${ids}) and c.conversation_id = any(${ids})
      and o.conversation_id <> c.conversation_id and ${chat} in (o.conversation_id, c.conversation_id)
      and o.deputy_id is null and o.kind <> 'handover' and o.pieces_sent = 0
      and (o.state = 'waiting' or (o.state = 'uncertain' and o.repeats_left > 0))
    returning c.conversation_id as id`);
  for (const { id } of back) turn.toDeliver.add(id);
}

function tellParted(turn: Turn, { id, locale }: Conversation): void {
  const words = personWordingOf(locale).unlinkedThere({ platform: turn.names[locale] });
  tellConversation(turn, id, { kind: "courtesy", mustKnow: true, subject: null, words });
}
