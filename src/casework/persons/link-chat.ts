import { randomInt } from "node:crypto";
import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import {
  type Conversation,
  conversations,
  linkCodes,
  linkFailures,
  persons,
} from "../../../db/schema/conversations.ts";
import { canonicalCode, drawCode } from "../../domain/dialog/invite-code.ts";
import { isLinkingPaused, WRONG_KNOWN } from "../../domain/dialog/resident/linking.ts";
import { LINK_SECONDS } from "../../domain/messages/scene-life.ts";
import { personWordingOf } from "../../domain/wording/persons/wording.ts";
import { tell, tellConversation } from "../outbox/tell.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Outcome } from "../turn/outcome.ts";
import { lockPerson, lockPersonRow, personConversations } from "../turn/person.ts";
import type { Turn } from "../turn/turn.ts";
import { partChat } from "./part.ts";

/** Gives the code with which the person of this turn joins another chat of theirs. */
export async function giveLinkCode(turn: Turn): Promise<Outcome> {
  const wording = personWordingOf(turn.conversation.locale);
  if (turn.conversation.deputyId !== null) return answer(turn, wording.linkNotForDeputies());
  const code = await drawLinkCode(turn.runtime, turn.tx, turn.conversation);
  return answer(turn, wording.linkCode({ code }));
}

/** Draws the code with which a conversation is joined with another one; one that was drawn before serves no more. Only its keyed hash is kept. */
export async function drawLinkCode(
  { vault, now }: Pick<Runtime, "vault" | "now">,
  tx: Transaction,
  { id: conversationId, jurisdictionId }: Pick<Conversation, "id" | "jurisdictionId">,
): Promise<string> {
  const code = drawCode(randomInt);
  const before = and(eq(linkCodes.conversationId, conversationId), isNull(linkCodes.usedAt));
  await tx.update(linkCodes).set({ usedAt: now() }).where(before);
  await tx.insert(linkCodes).values({
    ...{ id: newId(), jurisdictionId, conversationId, codeHash: hashOf(vault, jurisdictionId, code) },
    expiresAt: new Date(now().getTime() + LINK_SECONDS * 1000),
  });
  return code;
}

function hashOf(vault: Runtime["vault"], jurisdictionId: string, code: string): string {
  return vault.blindIndex(code, `link:${jurisdictionId}`);
}

/** Whether a code for joining chats can be used here now. @param code as it is kept */
export async function isOpenLinkCode(turn: Turn, code: string): Promise<boolean> {
  return (await lookUp(turn, code)) !== undefined;
}

/**
 * Joins the chat of this turn with the one in which a code was given: from now on both are one person's.
 *
 * There is one answer for every code that is wrong, used, too old or this chat's own; after too many of them none is looked at for an hour, and
 * the answer stays the same. A deputy's chat is nobody's as a resident.
 * @throws Error in a transaction that others share (see `mayBind`)
 */
export async function joinChat(turn: Turn, typedCode: string): Promise<Outcome> {
  return (await joinByLinkCode(turn, canonicalCode(typedCode))) ?? refuse(turn);
}

/**
 * Joins the chat of this turn with the one in which this code was given, where it is one for joining chats.
 *
 * @returns null where it is none that serves here; that is noted as a wrong one
 */
export async function joinByLinkCode(turn: Turn, code: string): Promise<Outcome | null> {
  const { conversation } = turn;
  const found = await lookUp(turn, code);
  if (found === undefined) {
    await noteWrong(turn);
    return null;
  }
  const wording = personWordingOf(conversation.locale);
  if (conversation.deputyId !== null) return answer(turn, wording.linkNotForDeputies());
  if (turn.isShared) throw new Error("chats are joined in a transaction of their own");
  const isOwn = personConversations(turn).includes(found.conversationId);
  const other = isOwn ? null : await lockPerson(turn.tx, found.conversationId);
  // Whoever became a deputy meanwhile is joined with nobody; what was used meanwhile serves no more.
  const isFree = other !== null && other.conversation.deputyId === null && (await lookUp(turn, code)) !== undefined;
  if (!isOwn && !isFree) {
    await noteWrong(turn);
    return null;
  }
  await turn.tx.update(linkCodes).set({ usedAt: turn.now }).where(eq(linkCodes.id, found.id));
  if (other === null) {
    const there = turn.linked.find(({ id }) => id === found.conversationId);
    if (there !== undefined) tell(turn, await linkedWith(turn, conversation, there));
    return { kind: "command" };
  }
  await becomeOne(turn, other.conversation, other.linked);
  tell(turn, await linkedWith(turn, conversation, other.conversation));
  for (const one of [other.conversation]) {
    const words = personWordingOf(one.locale).linked({ platform: turn.names[one.locale] });
    tellConversation(turn, one.id, { kind: "courtesy", mustKnow: true, subject: null, words });
  }
  return { kind: "command" };
}

/** Ends that the chat of this turn is one person's with others. */
export async function unlinkChat(turn: Turn): Promise<Outcome> {
  const wording = personWordingOf(turn.conversation.locale);
  const wasLinked = await partChat(turn);
  return answer(turn, wasLinked ? wording.unlinked() : wording.notLinked());
}

type Open = { readonly id: string; readonly conversationId: string };

/** The open code, given in another chat than this; nothing is looked up after too many wrong ones. */
async function lookUp(turn: Turn, code: string): Promise<Open | undefined> {
  const { runtime, jurisdictionId, tx, now, conversation } = turn;
  if (code === "" || (await isPaused(turn))) return undefined;
  const [found] = await tx
    .select({ id: linkCodes.id, conversationId: linkCodes.conversationId })
    .from(linkCodes)
    .where(
      and(
        eq(linkCodes.codeHash, hashOf(runtime.vault, jurisdictionId, code)),
        isNull(linkCodes.usedAt),
        gt(linkCodes.expiresAt, now),
      ),
    );
  return found?.conversationId === conversation.id ? undefined : found;
}

async function isPaused({ tx, now, conversation }: Turn): Promise<boolean> {
  const wrong = await tx
    .select({ at: linkFailures.at })
    .from(linkFailures)
    .where(eq(linkFailures.conversationId, conversation.id))
    .orderBy(desc(linkFailures.at))
    .limit(WRONG_KNOWN);
  return isLinkingPaused(
    wrong.map(({ at }) => at),
    now,
  );
}

async function noteWrong(turn: Turn): Promise<void> {
  const { tx, jurisdictionId, now: at, conversation } = turn;
  if (await isPaused(turn)) return;
  await tx.insert(linkFailures).values({ id: newId(), jurisdictionId, conversationId: conversation.id, at });
}

/** All of these chats become one person's: the one that there has been for longer, or a new one. */
async function becomeOne(turn: Turn, other: Conversation, others: readonly Conversation[]): Promise<void> {
  const { tx, conversation, linked, jurisdictionId, now } = turn;
  const known = [conversation.personId, other.personId].flatMap((id) => id ?? []).toSorted();
  // Ids begin with their moment: the lower one is the older.
  const [personId = newId(), later] = known;
  if (known.length === 0) await tx.insert(persons).values({ id: personId, jurisdictionId, createdAt: now });
  if (later !== undefined && later !== personId) {
    await lockPersonRow(tx, later);
    await tx.update(conversations).set({ personId }).where(eq(conversations.personId, later));
    await tx.delete(persons).where(eq(persons.id, later));
  }
  const homeGrid = conversation.homeGrid ?? other.homeGrid;
  // Nothing was said to this chat yet: its language is the other's.
  if (conversation.noticeVersion === null) conversation.locale = other.locale;
  Object.assign(conversation, { personId, homeGrid });
  const theirs = { personId, homeGrid: other.homeGrid ?? homeGrid };
  await tx.update(conversations).set(theirs).where(eq(conversations.id, other.id));
  turn.linked = [...linked, { ...other, ...theirs }, ...others].map((one) => ({ ...one, personId }));
  turn.cases = null;
}

async function linkedWith({ runtime, jurisdictionId }: Turn, { locale }: Conversation, there: Conversation) {
  const found = await runtime.accounts.byId(jurisdictionId, there.accountId);
  const words = personWordingOf(locale).linked({ platform: found?.names[locale] ?? "" });
  return { kind: "courtesy", mustKnow: true, subject: null, words } as const;
}

function refuse(turn: Turn): Outcome {
  return answer(turn, personWordingOf(turn.conversation.locale).linkRefused());
}

function answer(turn: Turn, words: string): Outcome {
  tell(turn, { kind: "courtesy", subject: null, words });
  return { kind: "command" };
}

/** Forgets codes that are over and wrong ones of more than a day ago. */
export async function forgetLinkCodes(tx: Transaction, before: Date): Promise<void> {
  await tx.delete(linkFailures).where(sql`${linkFailures.at} < ${before.toISOString()}::timestamptz`);
  await tx.delete(linkCodes).where(sql`${linkCodes.expiresAt} < ${before.toISOString()}::timestamptz`);
}
