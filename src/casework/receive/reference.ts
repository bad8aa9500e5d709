import { and, eq } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { attempts, outbox } from "../../../db/schema/outbox.ts";
import type { Reference } from "../../domain/messages/message.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * Hears a message that answers one of ours: the case that ours was about is the one that is meant, for this message alone, before what
 * was read last and before anybody is asked. What quotes nothing of ours, or of no case, is heard like any other.
 */
export async function hearAbout<T>(turn: Turn, replyTo: Reference | null, hear: () => Promise<T>): Promise<T> {
  const number = replyTo?.by === "id" ? await caseTold(turn, replyTo.platformId) : null;
  if (number === null) return hear();
  const { focus: before } = turn.conversation.dialog;
  const focus = [number];
  turn.conversation.dialog = { ...turn.conversation.dialog, focus };
  const heard = await hear();
  const { focus: after, ...rest } = turn.conversation.dialog;
  if (after === focus) turn.conversation.dialog = before === undefined ? rest : { ...rest, focus: before };
  return heard;
}

/** The number of the case about which this chat was sent a message, by the platform's id of it; null where it was about none. */
async function caseTold(turn: Turn, platformId: string): Promise<string | null> {
  if (turn.conversation.deputyId === null) return null;
  const [told] = await turn.tx
    .select({ number: cases.number })
    .from(attempts)
    .innerJoin(outbox, eq(outbox.id, attempts.outboxId))
    .innerJoin(cases, eq(cases.id, outbox.caseId))
    .where(and(eq(attempts.platformId, platformId), eq(outbox.conversationId, turn.conversation.id)))
    .limit(1);
  return told?.number ?? null;
}
