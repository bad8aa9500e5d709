import { and, eq, gt, inArray, or, type SQL, sql } from "drizzle-orm";
import { outbox } from "../../../db/schema/outbox.ts";
import type { Window } from "../../domain/messages/message.ts";
import { tellAgain } from "../delivery/tell-again.ts";
import type { Turn } from "../turn/turn.ts";
import type { Participant } from "./batch.ts";

/**
 * Takes a person's contact: it is their latest, nothing counts as refused since, and where it opens a window the window is
 * refreshed to the larger allowance (protocols: quotas do not add up), from the moment at which the message arrived, for the
 * platform counts from then.
 *
 * What waited for the person, or for its next try, may be sent, also what waited in other chats of theirs, and what may not have arrived is told again before
 * anything new is said.
 */
export async function takeContact(participant: Participant, window: Window | null, arrivedAt: Date): Promise<void> {
  const { conversation } = participant.turn;
  if (conversation.lastSpokenAt === null || conversation.lastSpokenAt < arrivedAt)
    conversation.lastSpokenAt = arrivedAt;
  conversation.directRefusedAt = null;
  if (window !== null) openWindow(participant.turn, window, arrivedAt);
  if (participant.isHeldBack) await releaseOnContact(participant);
  if (participant.mayHaveMissed) {
    participant.mayHaveMissed = false;
    await tellAgain(participant.turn, "contact");
  }
}

function openWindow({ conversation, now }: Turn, window: Window, arrivedAt: Date): void {
  const { windowUntil, windowLeft } = conversation;
  const isOpen = windowUntil !== null && windowUntil > now;
  const until = new Date(Math.min(arrivedAt.getTime(), now.getTime()) + window.durationMs);
  conversation.windowLeft = isOpen ? Math.max(windowLeft, window.messages) : window.messages;
  conversation.windowUntil = isOpen && windowUntil > until ? windowUntil : until;
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
        eq(outbox.state, "waiting"),
        or(
          and(eq(outbox.conversationId, conversation.id), or(eq(outbox.awaitsContact, true), gt(outbox.tries, 0))),
          and(isElsewhere(participant.turn), eq(outbox.awaitsContact, true)),
        ),
      ),
    )
    .returning({ chat: outbox.conversationId });
  participant.isHeldBack = false;
  for (const { chat } of freed) if (chat !== null) toDeliver.add(chat);
}

/** The condition that something is for the person of this turn in another chat of theirs. */
function isElsewhere({ conversation: { id, deputyId }, linked }: Turn): SQL | undefined {
  const own = inArray(
    outbox.conversationId,
    linked.map((one) => one.id),
  );
  if (deputyId === null) return own;
  const chats = sql`array(select k.id from conversations k where k.deputy_id = ${deputyId} and k.id <> ${id})`;
  return and(eq(outbox.deputyId, deputyId), sql`${outbox.conversationId} = any(${chats})`);
}
