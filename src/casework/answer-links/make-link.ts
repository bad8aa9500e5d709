import { randomBytes } from "node:crypto";
import { and, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { answerLinks } from "../../../db/schema/media.ts";
import type { Vault } from "../../../db/vault.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import { LINK_MS } from "../../domain/answer-page/limits.ts";
import { TOKEN_BYTES, tokenOf } from "../../domain/web-chat/link.ts";
import type { Turn } from "../turn/turn.ts";

/** The chat of a deputy to which a link is sent, and to no other. */
export type LinkedChat = {
  readonly deputyId: string;
  readonly conversationId: string;
  readonly account: Pick<ChannelAccount, "id" | "name">;
};

/**
 * Makes the one-time link by which a deputy answers a case that is theirs; an earlier one to the same case ends. Whoever calls this has
 * the case locked, and sends the address to that chat alone.
 *
 * @returns its address; null where this service does not know its own, and of a sealed case
 */
export async function makeAnswerLink(turn: Turn, subject: CaseRecord, chat: LinkedChat): Promise<string | null> {
  const { tx, jurisdictionId, now, runtime } = turn;
  if (subject.sealed || subject.deputyId !== chat.deputyId) return null;
  if (runtime.publicUrl === undefined || runtime.publicUrl === "") return null;
  const theirs = and(eq(answerLinks.caseId, subject.id), eq(answerLinks.deputyId, chat.deputyId));
  const lives = and(isNull(answerLinks.usedAt), isNull(answerLinks.revokedAt));
  await tx.update(answerLinks).set({ revokedAt: now }).where(and(theirs, lives));
  const [newest] = await tx.execute<{ seq: number }>(
    sql`select coalesce(max(seq), 0)::int as seq from case_events where case_id = ${subject.id}`,
  );
  const token = tokenOf(randomBytes(TOKEN_BYTES));
  await tx.insert(answerLinks).values({
    ...{ id: newId(), jurisdictionId, accountId: chat.account.id, conversationId: chat.conversationId },
    ...{ deputyId: chat.deputyId, caseId: subject.id, eventSeq: newest?.seq ?? 0 },
    tokenHash: tokenHash(runtime.vault, chat.account.id, token),
    ...{ createdAt: now, expiresAt: new Date(now.getTime() + LINK_MS) },
  });
  return `${runtime.publicUrl}/a/${encodeURIComponent(chat.account.name)}#k=${token}`;
}

/** Whether a page of this case stands open on the device of this chat's deputy: a new link would end it under their hands. */
export async function hasOpenPage({ tx, now }: Turn, subject: CaseRecord, conversationId: string): Promise<boolean> {
  const its = and(eq(answerLinks.caseId, subject.id), eq(answerLinks.conversationId, conversationId));
  const lives = and(isNull(answerLinks.usedAt), isNull(answerLinks.revokedAt), gt(answerLinks.expiresAt, now));
  const [open] = await tx
    .select({ id: answerLinks.id })
    .from(answerLinks)
    .where(and(its, lives, isNotNull(answerLinks.openedAt)))
    .limit(1);
  return open !== undefined;
}

/** The keyed hash by which a token is found; of another account it is another one. */
export function tokenHash(vault: Vault, accountId: string, token: string): string {
  return vault.blindIndex(token, `answer-link:${accountId}`);
}
