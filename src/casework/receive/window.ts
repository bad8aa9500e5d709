import { and, eq, gt, or, sql } from "drizzle-orm";
import { outbox } from "../../../db/schema/outbox.ts";
import type { Window } from "../../domain/messages/message.ts";
import { tellAgain } from "../delivery/tell-again.ts";
import type { Participant } from "./batch.ts";

/**
 * Refreshes a person's window after their latest action, to the larger allowance (protocols: quotas do not add up).
 *
 * What waited for the person, or for its next try, may be sent, and what may not have arrived is told again before
 * anything new is said.
 */
export async function openWindow(participant: Participant, window: Window): Promise<void> {
  const { conversation, now } = participant.turn;
  const isOpen = conversation.windowUntil !== null && conversation.windowUntil > now;
  const until = new Date(now.getTime() + window.durationMs);
  conversation.windowLeft = isOpen ? Math.max(conversation.windowLeft, window.messages) : window.messages;
  conversation.windowUntil =
    isOpen && conversation.windowUntil !== null && conversation.windowUntil > until ? conversation.windowUntil : until;
  if (participant.isHeldBack) await releaseOnContact(participant);
  if (participant.mayHaveMissed) {
    participant.mayHaveMissed = false;
    await tellAgain(participant.turn, "contact");
  }
}

/**
 * What was tried, or was due and had to wait for the person, is due from when it was written: by any other moment it would
 * neither be due nor hold what is behind it for a process whose clock is behind that of whoever wrote the moment.
 */
async function releaseOnContact(participant: Participant): Promise<void> {
  const { conversation, toDeliver, tx } = participant.turn;
  const freed = await tx
    .update(outbox)
    .set({
      awaitsContact: false,
      tries: 0,
      notBefore: sql`case when ${outbox.tries} > 0 or ${outbox.awaitsContact} then least(${outbox.notBefore}, ${outbox.createdAt})
        else ${outbox.notBefore} end`,
    })
    .where(
      and(
        eq(outbox.conversationId, conversation.id),
        eq(outbox.state, "waiting"),
        or(eq(outbox.awaitsContact, true), gt(outbox.tries, 0)),
      ),
    )
    .returning({ id: outbox.id });
  participant.isHeldBack = false;
  if (freed.length > 0) toDeliver.add(conversation.id);
}
