import { and, eq, inArray, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import type { Conversation } from "../../../db/schema/conversations.ts";
import type { OutboxRow } from "../../../db/schema/outbox.ts";
import { attempts, type OutgoingContent, outbox } from "../../../db/schema/outbox.ts";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { nextStep } from "../../domain/messages/delivery-ladder.ts";
import { phoneWaiting } from "../cases/phone-tasks.ts";
import { contentOf, REVISION } from "../outbox/content.ts";
import { onlyForRooms } from "../outbox/rooms.ts";
import type { FoundAccount } from "../runtime/accounts.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { type ConversationKey, changeConversation, lockConversation, peerPurpose } from "../turn/conversation.ts";
import { hasAnotherChat } from "./across/move-chat.ts";
import { afterUnseenEnd } from "./after-call.ts";
import { claimRevision, isRevision, type RevisionClaim } from "./cards/revise.ts";
import { earliest, forThisPerson, isDue, park, restUntil, rowsOf, unheld } from "./due.ts";
import { compose, piecesOf } from "./envelope.ts";
import { withoutHeldBack } from "./held-back.ts";
import { leaseFor } from "./lease.ts";
import { reachOf } from "./reach.ts";
import { type Claim, spent } from "./settle.ts";
import { withoutStrangers } from "./still-to-know.ts";

/**
 * The lease of a call, in milliseconds; a call that has not ended by then never will, and what it carried is
 * `uncertain`.
 *
 * It is longer than a text's calls with a token that had to be renewed (four time-outs), and otherwise short, for what
 * is behind it waits as long when a process dies.
 */
export const LEASE_MS = 30_000;

/** The result of a claim: what is to be sent now, or until when nothing is; or that something may be given to another chat of the same person. */
export type ClaimResult =
  | Claim
  | RevisionClaim
  | { readonly kind: "wait"; readonly until: Date | null }
  | { readonly kind: "elsewhere" };

/**
 * Claims what is next for a conversation and records the attempt, before its call is made.
 * @param locked the conversation, where this transaction has locked it already
 */
export async function claimNext(
  runtime: Runtime,
  tx: Transaction,
  key: ConversationKey,
  locked?: Conversation,
): Promise<ClaimResult> {
  // Sent in this order, so that the rows are read under the lock.
  const [conversation, all] = await Promise.all([
    locked ?? lockConversation(tx, key.conversationId),
    rowsOf(tx, key.conversationId),
  ]);
  if (conversation === null || all.length === 0) return { kind: "wait", until: null };
  const found = await runtime.accounts.byId(key.jurisdictionId, conversation.accountId);
  if (found === null) return { kind: "wait", until: null };
  const now = runtime.now();
  const fit = conversation.form === "room" ? await onlyForRooms({ tx, now }, conversation, all) : all;
  const revision = await claimRevision(runtime, tx, { conversation, from: found }, fit.filter(isRevision));
  if (revision !== null) return revision;
  const rows = fit.filter((row) => !isRevision(row));
  const open = await withoutStrangers(tx, await forThisPerson(tx, conversation, rows), now);
  const sending = open.filter((row) => row.state === "sending");
  const overdue = sending.filter((row) => row.leaseLeftMs !== null && row.leaseLeftMs <= 0);
  if (overdue.length > 0) {
    await giveUpLeases(runtime, tx, conversation, found, overdue);
    return claimNext(runtime, tx, key);
  }
  const [out] = sending;
  if (out !== undefined) return { kind: "wait", until: new Date(now.getTime() + (out.leaseLeftMs ?? LEASE_MS)) };
  const next = unheld(open, now);
  const channel = found.account.channel;
  const due = await withoutHeldBack(
    tx,
    conversation,
    next.filter((row) => isDue(row, now)),
    { channel, now, isInTrial: rows[0]?.isInTrial === true },
  );
  const [head] = due;
  if (head === undefined) return { kind: "wait", until: earliest(next) };
  const reach = reachOf(conversation, found, now);
  const hasNotice = contentOf(runtime, head).notice !== undefined;
  const step = nextStep({ isAnswer: head.isAnswer, hasNotice, noticed: head.noticedAt !== null }, reach, now);
  if (step.step === "await-contact") {
    const announced = nextStep({ isAnswer: true, hasNotice: true, noticed: false }, reach, now);
    const answersToo = announced.step === "await-contact";
    await park(tx, conversation.id, head, { answersToo, reason: step.reason, now });
    if (found.account.channel === DESK_CHANNEL) await phoneWaiting(tx, conversation.id, now);
    // It holds one lock, and must not wait for a second.
    if (await hasAnotherChat(tx, conversation)) return { kind: "elsewhere" };
    return answersToo ? { kind: "wait", until: null } : claimNext(runtime, tx, key);
  }
  const paused = step.rung === "direct" ? found.sender.pause() : null;
  if (paused !== null) {
    await restUntil(tx, open, paused);
    return { kind: "wait", until: null };
  }
  const envelope = compose(readable(runtime, due), step.rung, found.sender);
  const claim: Claim = {
    kind: "send",
    to: { kind: conversation.form, id: runtime.vault.open(conversation.peerSealed, peerPurpose(key.jurisdictionId)) },
    rung: step.rung,
    windowUntil: conversation.windowUntil,
    lastSpokenAt: conversation.lastSpokenAt,
    rows: envelope.rows,
    attemptIds: envelope.rows.map(() => newId()),
    envelope,
    from: found,
  };
  await recordAttempts(tx, key, claim, now);
  return claim;
}

/** A call whose lease ran out became uncertain, and may have been counted by the platform. */
async function giveUpLeases(
  runtime: Runtime,
  tx: Transaction,
  conversation: Conversation,
  from: FoundAccount,
  rows: readonly OutboxRow[],
): Promise<void> {
  const reason = "the process that sent it ended before an answer came";
  const now = runtime.now();
  const given = await tx
    .update(attempts)
    .set({ outcome: "uncertain", reason, endedAt: now })
    .where(
      and(
        inArray(
          attempts.outboxId,
          rows.map((row) => row.id),
        ),
        eq(attempts.outcome, "pending"),
      ),
    )
    .returning({ rung: attempts.rung });
  const [tried] = given;
  const rung = tried === undefined || tried.rung === REVISION ? "direct" : tried.rung;
  const { idempotentMs } = from.sender.abilities;
  for (const row of rows) {
    runtime.log.warn({ outbox: row.id }, reason);
    const of = Math.max(1, piecesOf(contentOf(runtime, row), from.sender).length);
    const pieces = { sent: row.piecesSent + 1, of };
    await tx
      .update(outbox)
      .set({
        leaseUntil: null,
        ...afterUnseenEnd(row, reason, { rung, pieces, now, random: runtime.random(), idempotentMs }),
      })
      .where(eq(outbox.id, row.id));
  }
  const { windowUntil, lastSpokenAt } = conversation;
  const call = { rung, windowUntil, lastSpokenAt, from };
  const ended = { outcome: "uncertain", reason } as const;
  await changeConversation(tx, conversation.id, spent(conversation, call, ended, now));
}

/** What can be read, in order; a row that cannot ends it, and is the head when those before it have left. */
function readable(runtime: Runtime, due: readonly OutboxRow[]): { row: OutboxRow; content: OutgoingContent }[] {
  const items: { row: OutboxRow; content: OutgoingContent }[] = [];
  for (const row of due) {
    try {
      items.push({ row, content: contentOf(runtime, row) });
    } catch (error) {
      if (items.length === 0) throw error;
      break;
    }
  }
  return items;
}

async function recordAttempts(tx: Transaction, key: ConversationKey, claim: Claim, now: Date): Promise<void> {
  const noted = tx.insert(attempts).values(
    claim.rows.map((row, index) => ({
      id: claim.attemptIds[index] ?? newId(),
      jurisdictionId: key.jurisdictionId,
      outboxId: row.id,
      rung: claim.rung,
      startedAt: now,
      outcome: "pending",
    })),
  );
  const ids = claim.rows.map((row) => row.id);
  const firstTriedAt = sql`coalesce(${outbox.firstTriedAt}, ${now.toISOString()}::timestamptz)`;
  const lease = { state: "sending", leaseUntil: leaseFor(LEASE_MS), firstTriedAt } as const;
  const leased = tx.update(outbox).set(lease).where(inArray(outbox.id, ids));
  await Promise.all([noted.execute(), leased.execute()]);
}
