import { and, eq, inArray } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { attempts, outbox } from "../../../db/schema/outbox.ts";
import { numberQuoted } from "../../domain/dialog/deputy/quoted-number.ts";
import type { Reference } from "../../domain/messages/message.ts";
import { numbersMeant } from "../cases/numbers-meant.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * Hears a message that answers one of ours: the case that ours was about is the one that is meant, for this message alone, before what
 * was read last and before anybody is asked. What quotes nothing of ours, or of no case, is heard like any other.
 */
export async function hearAbout<T>(turn: Turn, replyTo: Reference | null, hear: () => Promise<T>): Promise<T> {
  const number = replyTo === null ? null : await caseTold(turn, replyTo);
  if (number === null) return hear();
  turn.quoted = number;
  const heard = turn.conversation.deputyId === null ? await hear() : await hearAs(turn, number, hear);
  turn.quoted = null;
  return heard;
}

/** Hears a message as about the case with this number, for this message alone. */
export async function hearAs<T>(turn: Turn, number: string, hear: () => Promise<T>): Promise<T> {
  const { focus: before } = turn.conversation.dialog;
  const focus = [number];
  turn.conversation.dialog = { ...turn.conversation.dialog, focus };
  const heard = await hear();
  const { focus: after, ...rest } = turn.conversation.dialog;
  if (after === focus) turn.conversation.dialog = before === undefined ? rest : { ...rest, focus: before };
  return heard;
}

/** The number of the case about which a chat was sent the message that is answered; null where it was about none. @param chat this chat's or room's id */
export async function caseTold(turn: Turn, replyTo: Reference, chat = turn.conversation.id): Promise<string | null> {
  return replyTo.by === "id" ? toldById(turn, replyTo.platformId, chat) : toldInWords(turn, replyTo.text, chat);
}

async function toldById(turn: Turn, platformId: string, chat: string): Promise<string | null> {
  const [told] = await turn.tx
    .select({ number: cases.number })
    .from(attempts)
    .innerJoin(outbox, eq(outbox.id, attempts.outboxId))
    .innerJoin(cases, eq(cases.id, outbox.caseId))
    .where(and(eq(attempts.platformId, platformId), eq(outbox.conversationId, chat)))
    .limit(1);
  return told?.number ?? null;
}

/** Digits begin anew each year: where several of those cases were told here, none is plainly meant. */
async function toldInWords(turn: Turn, words: string, chat: string): Promise<string | null> {
  const typed = numberQuoted(words);
  const meant = typed === null ? [] : await numbersMeant(turn.tx, typed);
  if (meant.length === 0) return null;
  const told = await turn.tx
    .selectDistinct({ number: cases.number })
    .from(cases)
    .innerJoin(outbox, eq(outbox.caseId, cases.id))
    .where(and(inArray(cases.number, meant), eq(outbox.conversationId, chat)));
  const [only, another] = told;
  return only === undefined || another !== undefined ? null : only.number;
}
