import { and, eq, gt } from "drizzle-orm";
import { conversations } from "../../../../db/schema/conversations.ts";
import { outbox } from "../../../../db/schema/outbox.ts";
import { wordingOf } from "../../../domain/wording/wording.ts";
import { casesOfDeputy } from "../../cases/load.ts";
import { tellConversation } from "../../outbox/tell.ts";
import { partChat } from "../../persons/part.ts";
import { lockDeputy } from "../../turn/deputy-chats.ts";
import type { Turn } from "../../turn/turn.ts";

/**
 * Makes the chat of this turn a deputy's; what waited for them is sent here.
 *
 * The deputy's former chat in this account loses its rights with the new one, and is told so: whoever stole a code would else go
 * unnoticed, and a deputy who types there would be taken for a resident. Whoever is telling this deputy something ends first, or
 * finds the new chat (`chatsOf`): else it would wait for the next code.
 * @returns how many open cases they have
 */
export async function giveChat(turn: Turn, deputy: { readonly id: string; readonly name: string }): Promise<number> {
  const { tx, conversation, account } = turn;
  await lockDeputy(tx, deputy.id);
  const former = await tx
    .update(conversations)
    .set({ deputyId: null })
    .where(and(eq(conversations.deputyId, deputy.id), eq(conversations.accountId, account.id)))
    .returning({ id: conversations.id, locale: conversations.locale });
  // What is a resident's is read in no other chat of a deputy's.
  await partChat(turn);
  conversation.deputyId = deputy.id;
  turn.lookups.chatBound(deputy.id, conversation);
  await tx
    .update(outbox)
    .set({ conversationId: conversation.id, awaitsContact: false, reason: null })
    .where(and(eq(outbox.deputyId, deputy.id), eq(outbox.state, "waiting")));
  // What may never have arrived in a former chat is told again here.
  await tx
    .update(outbox)
    .set({ conversationId: conversation.id })
    .where(and(eq(outbox.deputyId, deputy.id), eq(outbox.state, "uncertain"), gt(outbox.repeatsLeft, 0)));
  for (const { id, locale } of former.filter((chat) => chat.id !== conversation.id)) {
    const words = wordingOf(locale).boundElsewhere({ deputy: deputy.name, platform: turn.names[locale] });
    tellConversation(turn, id, { kind: "deputy-answer", mustKnow: true, subject: null, words });
  }
  turn.toDeliver.add(conversation.id);
  return (await casesOfDeputy(turn, deputy.id)).filter((one) => one.closedAt === null).length;
}
