import { and, eq, inArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { Conversation } from "../../../db/schema/conversations.ts";
import { attempts, type OutboxRow, outbox } from "../../../db/schema/outbox.ts";
import type { Address, SendOutcome } from "../../channels/channel.ts";
import type { Rung } from "../../domain/messages/message.ts";
import { NO_NUMBERS, numbersOf, remembering } from "../outbox/remembering.ts";
import type { FoundAccount } from "../runtime/accounts.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { addressAnew, type ConversationKey, changeConversation, lockConversation } from "../turn/conversation.ts";
import { afterCall } from "./after-call.ts";
import { handlePurpose } from "./cards/handle.ts";
import { takeAsMended, takeRefusal } from "./direct-refusal.ts";
import type { Envelope } from "./envelope.ts";

/** Two conversations that turn out to be one: what waits in the former is not mixed into the other. */
const MOVED_TO_KNOWN: SendOutcome = {
  outcome: "refused",
  reason: "this chat goes on in another one",
  blocks: "person",
};

/** A claim: the rows that were taken for one call, with its attempt. */
export type Claim = {
  readonly kind: "send";
  readonly to: Address;
  readonly rung: Rung;
  /** The window in which the call is made, and the person's last contact before it. */
  readonly windowUntil: Date | null;
  readonly lastSpokenAt: Date | null;
  readonly rows: readonly OutboxRow[];
  readonly attemptIds: readonly string[];
  readonly envelope: Envelope;
  /** The account that it is sent from. */
  readonly from: FoundAccount;
};

/**
 * Records the outcome of a call: on the attempt, the rows, and the rest of the platform's allowance.
 *
 * A call that ends after its lease was given up as uncertain, and others have gone on since; {@link settleLate}. What needs no
 * answer of an earlier statement is sent along with it: each wait costs as much as the statement itself.
 * @returns the conversation, locked, as it is now
 */
export async function settleAttempt(
  runtime: Runtime,
  tx: Transaction,
  key: ConversationKey,
  claim: Claim,
  outcome: SendOutcome,
): Promise<Conversation> {
  const now = runtime.now();
  const { rung, envelope, rows } = claim;
  const isNews = outcome.outcome === "delivered" && rung === "direct";
  // Sent in this order, so that the lock comes before all that follows.
  const [conversation, isInTime, numbers] = await Promise.all([
    lockConversation(tx, key.conversationId),
    endAttempts(runtime, tx, key, claim, outcome),
    isNews ? numbersOf(tx, rows) : NO_NUMBERS,
  ]);
  if (conversation === null) throw new Error("a conversation disappeared");
  const { idempotentMs } = claim.from.sender.abilities;
  const call = { rung, pieces: envelope.pieces, now, random: runtime.random(), idempotentMs };
  const change: Partial<Conversation> = {};
  const writes: Promise<unknown>[] = [];
  const judged = await judge(runtime, tx, claim, outcome);
  if (judged.outcome === "moved") {
    const anew = await addressAnew(tx, runtime.vault, conversation, judged.to);
    if (anew === null) return settleAttempt(runtime, tx, key, claim, MOVED_TO_KNOWN);
    Object.assign(change, anew);
  }
  if (isInTime) {
    const seenToEnd = await allPiecesSeen(tx, envelope);
    const verdicts = rows.map((row) => ({ id: row.id, verdict: afterCall(row, judged, { ...call, seenToEnd }) }));
    for (const alike of Map.groupBy(verdicts, ({ verdict }) => JSON.stringify(verdict)).values()) {
      const ids = alike.map(({ id }) => id);
      const set = { leaseUntil: null, ...alike[0]?.verdict };
      writes.push(tx.update(outbox).set(set).where(inArray(outbox.id, ids)).execute());
    }
    Object.assign(change, spent(conversation, claim, outcome, now));
  } else {
    await settleLate(tx, claim, outcome, call);
  }
  // Nothing else is tried on a person who cannot be written to, until they are heard of again.
  if (outcome.outcome === "refused" && outcome.blocks === "person") change.following = false;
  const dialog = isNews ? remembering(conversation.dialog, rows, numbers, now) : null;
  if (dialog !== null) change.dialog = dialog;
  writes.push(changeConversation(tx, conversation.id, change));
  await Promise.all(writes);
  if (judged.outcome !== "delivered" && judged.outcome !== "moved") tellOperator(runtime, judged);
  return { ...conversation, ...change };
}

/**
 * What a direct message's end says of the account: a refusal that lasts takes the rung away, so that what waits goes by the
 * next one; a message that goes through gives it back.
 */
async function judge(runtime: Runtime, tx: Transaction, claim: Claim, outcome: SendOutcome): Promise<SendOutcome> {
  if (claim.rung !== "direct") return outcome;
  if (outcome.outcome === "delivered" && claim.from.account.directRefusedUntil !== undefined) {
    await takeAsMended(runtime, tx, claim.from);
  }
  if (outcome.outcome !== "refused" || outcome.lacks !== true) return outcome;
  const isRepeated = claim.rows.some((row) => row.reason === outcome.reason);
  return (await takeRefusal(runtime, tx, claim.from, isRepeated)) ? { ...outcome, blocks: "rung" } : outcome;
}

function tellOperator(runtime: Runtime, failure: Exclude<SendOutcome, { outcome: "delivered" | "moved" }>): void {
  const { outcome, reason } = failure;
  if (outcome === "refused" && failure.blocks === "account")
    runtime.log.error({ reason }, "a channel account must be mended");
  else runtime.log.warn({ outcome, reason }, "the platform did not take a message");
}

/** @returns whether the attempts were still pending; if not, another process gave them up when the lease had run out */
async function endAttempts(
  runtime: Runtime,
  tx: Transaction,
  { jurisdictionId }: ConversationKey,
  claim: Claim,
  outcome: SendOutcome,
): Promise<boolean> {
  const own = inArray(attempts.id, [...claim.attemptIds]);
  const handle = claim.envelope.message.kind === "card" && outcome.outcome === "delivered" ? outcome.handle : undefined;
  const end = {
    endedAt: runtime.now(),
    ...(handle !== undefined && { handle: runtime.vault.seal(handle, handlePurpose(jurisdictionId)) }),
    outcome: outcome.outcome,
    reason: "reason" in outcome ? outcome.reason : null,
    platformId: outcome.outcome === "delivered" ? outcome.platformId : null,
  };
  const ending = tx
    .update(attempts)
    .set(end)
    .where(and(own, eq(attempts.outcome, "pending")))
    .returning({ id: attempts.id });
  const ended = await ending.execute();
  if (ended.length > 0) return true;
  await tx.update(attempts).set(end).where(own);
  return false;
}

/**
 * What a late end says of messages that nobody knew the end of.
 *
 * One that was retried or goes on with its next piece is left as it is. A long text of which a piece is now known to be
 * missing stays uncertain, for its other pieces went on. What is known to have arrived is not told again; what is known not to
 * have arrived has been, or tries once more.
 */
async function settleLate(
  tx: Transaction,
  claim: Claim,
  outcome: SendOutcome,
  call: Omit<Parameters<typeof afterCall>[2], "seenToEnd">,
): Promise<void> {
  const seenToEnd = await noneUncertain(tx, claim.rows);
  if (!seenToEnd || (outcome.outcome !== "delivered" && call.pieces.of > 1)) return;
  const ids = claim.rows.map((row) => row.id);
  const again = await tx.select({ of: outbox.repeats }).from(outbox).where(inArray(outbox.repeats, ids));
  if (outcome.outcome === "delivered") {
    const noMore = { state: "superseded", settledAt: call.now } as const;
    await tx
      .update(outbox)
      .set(noMore)
      .where(and(inArray(outbox.repeats, ids), eq(outbox.state, "waiting")));
  }
  for (const row of claim.rows) {
    if (outcome.outcome !== "delivered" && again.some((one) => one.of === row.id)) continue;
    await tx
      .update(outbox)
      .set(afterCall(row, outcome, { ...call, pieces: { sent: call.pieces.of, of: call.pieces.of }, seenToEnd }))
      .where(and(eq(outbox.id, row.id), eq(outbox.state, "uncertain")));
  }
}

/** Whether every earlier piece of these messages is known to have arrived. */
export async function allPiecesSeen(tx: Transaction, envelope: Envelope): Promise<boolean> {
  return envelope.pieces.of === 1 || noneUncertain(tx, envelope.rows);
}

async function noneUncertain(tx: Transaction, rows: readonly OutboxRow[]): Promise<boolean> {
  const unseen = await tx
    .select({ id: attempts.id })
    .from(attempts)
    .where(
      and(
        inArray(
          attempts.outboxId,
          rows.map((row) => row.id),
        ),
        inArray(attempts.rung, ["direct", "passive"]),
        eq(attempts.outcome, "uncertain"),
      ),
    )
    .limit(1);
  return unseen.length === 0;
}

/**
 * The change of a conversation's allowance after a call: what the platform may have counted is counted here too. The
 * conversation is locked.
 */
export function spent(
  conversation: Conversation,
  claim: Pick<Claim, "rung" | "windowUntil" | "lastSpokenAt" | "from">,
  outcome: SendOutcome,
  now: Date,
): Partial<Conversation> {
  const counted = outcome.outcome === "delivered" || outcome.outcome === "uncertain";
  if (claim.rung === "direct") {
    const closed = outcome.outcome === "refused" && outcome.blocks === "rung";
    if (!counted && !closed) return {};
    // A refusal speaks of the window in which the call was made; the person may have written since.
    if (closed && !isSameWindow(conversation, claim)) return {};
    if (claim.from.sender.abilities.window === "open") return closed ? { directRefusedAt: now } : {};
    return { windowLeft: closed ? 0 : Math.max(0, conversation.windowLeft - 1) };
  }
  if (claim.rung === "subscription" && (counted || outcome.outcome === "refused")) {
    return { subscriptionCredits: counted ? Math.max(0, conversation.subscriptionCredits - 1) : 0 };
  }
  return {};
}

type InWindow = Pick<Conversation, "windowUntil" | "lastSpokenAt">;

function isSameWindow(one: InWindow, other: InWindow): boolean {
  return (["windowUntil", "lastSpokenAt"] as const).every((name) => one[name]?.getTime() === other[name]?.getTime());
}
