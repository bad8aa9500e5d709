import { and, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../db/database.ts";
import { cases } from "../../db/schema/cases.ts";
import { conversations } from "../../db/schema/conversations.ts";
import { attempts, outbox } from "../../db/schema/outbox.ts";
import type { Sender, SendOutcome } from "../channels/channel.ts";
import type { Rung } from "../domain/message.ts";
import { withVerdictAsked } from "../domain/questions.ts";
import type { House } from "./house.ts";
import { type DeliverKey, lockForDelivery, type OutboxRow } from "./outgoing.ts";
import type { Parcel } from "./parcel.ts";
import type { Conversation } from "./sitting.ts";
import { verdictOn } from "./verdict.ts";

const REMEMBERED_CASES = 5;

/** What was taken for one call. */
export type Claim = {
  readonly kind: "send";
  readonly to: string;
  readonly rung: Rung;
  /** The window in which the call is made. */
  readonly windowUntil: Date | null;
  readonly rows: readonly OutboxRow[];
  readonly attemptIds: readonly string[];
  readonly parcel: Parcel;
  readonly sender: Sender;
};

/**
 * Writes what became of a call: the attempt, the rows, and what the platform's ledger has left.
 *
 * A call that ends after its lease was given up as uncertain, and others have gone on since; {@link settleLate}.
 */
export async function settleAttempt(
  house: House,
  tx: Transaction,
  key: DeliverKey,
  claim: Claim,
  outcome: SendOutcome,
): Promise<void> {
  const conversation = await lockForDelivery(tx, key.conversationId);
  if (conversation === null) throw new Error("a conversation disappeared");
  const now = house.now();
  const { rung, parcel } = claim;
  const call = { rung, pieces: parcel.pieces, now, random: house.random() };
  const inTime = await endAttempts(tx, claim, outcome, now);
  if (inTime) {
    const seenToEnd = await allPiecesSeen(tx, parcel);
    for (const row of claim.rows) {
      const verdict = verdictOn(row, outcome, { ...call, seenToEnd });
      await tx
        .update(outbox)
        .set({ leaseUntil: null, ...verdict })
        .where(eq(outbox.id, row.id));
    }
    await spend(tx, conversation, claim, outcome);
  } else {
    await settleLate(tx, claim, outcome, call);
  }
  if (outcome.outcome === "refused" && outcome.blocks === "person") await loseTouch(tx, conversation);
  if (outcome.outcome === "delivered" && claim.rung === "direct") await remember(tx, conversation, claim.rows, now);
  if (outcome.outcome === "refused" && outcome.blocks === "account") {
    house.log.error({ reason: outcome.reason }, "a channel account must be mended");
  }
}

/** @returns whether the attempts were still pending; if not, another process gave them up when the lease had run out */
async function endAttempts(tx: Transaction, claim: Claim, outcome: SendOutcome, now: Date): Promise<boolean> {
  const own = inArray(attempts.id, [...claim.attemptIds]);
  const end = {
    endedAt: now,
    outcome: outcome.outcome,
    reason: outcome.outcome === "delivered" ? null : outcome.reason,
    platformId: outcome.outcome === "delivered" ? outcome.platformId : null,
  };
  const ended = await tx
    .update(attempts)
    .set(end)
    .where(and(own, eq(attempts.outcome, "pending")))
    .returning({ id: attempts.id });
  if (ended.length > 0) return true;
  await tx.update(attempts).set(end).where(own);
  return false;
}

/**
 * What a late end says of messages that nobody knew the end of.
 *
 * One that was repeated, retried or goes on with its next piece is left as it is. A long text of which a piece is now known
 * to be missing stays uncertain, for its other pieces went on.
 */
async function settleLate(
  tx: Transaction,
  claim: Claim,
  outcome: SendOutcome,
  call: { readonly rung: Rung; readonly pieces: Parcel["pieces"]; readonly now: Date; readonly random: number },
): Promise<void> {
  const seenToEnd = await noneUncertain(tx, claim.rows);
  if (!seenToEnd || (outcome.outcome !== "delivered" && call.pieces.of > 1)) return;
  for (const row of claim.rows) {
    await tx
      .update(outbox)
      .set(verdictOn(row, outcome, { ...call, pieces: { sent: call.pieces.of, of: call.pieces.of }, seenToEnd }))
      .where(and(eq(outbox.id, row.id), eq(outbox.state, "uncertain")));
  }
}

/** Whether no earlier piece of these messages ended unseen. */
export async function allPiecesSeen(tx: Transaction, parcel: Parcel): Promise<boolean> {
  return parcel.pieces.of === 1 || noneUncertain(tx, parcel.rows);
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

/** Keeps the ledger: what may have been counted by the platform counts here too. */
export async function spend(
  tx: Transaction,
  conversation: Conversation,
  claim: Pick<Claim, "rung" | "windowUntil">,
  outcome: SendOutcome,
): Promise<void> {
  const counted = outcome.outcome === "delivered" || outcome.outcome === "uncertain";
  if (claim.rung === "direct") {
    const closed = outcome.outcome === "refused" && outcome.blocks === "rung";
    if (!counted && !closed) return;
    // A refusal speaks of the window in which the call was made; the person may have written since.
    if (closed && conversation.windowUntil?.getTime() !== claim.windowUntil?.getTime()) return;
    await tx
      .update(conversations)
      .set({ windowLeft: closed ? 0 : sql`greatest(${conversations.windowLeft} - 1, 0)` })
      .where(eq(conversations.id, conversation.id));
  }
  if (claim.rung === "subscription" && (counted || outcome.outcome === "refused")) {
    await tx
      .update(conversations)
      .set({ subscriptionCredits: counted ? sql`greatest(${conversations.subscriptionCredits} - 1, 0)` : 0 })
      .where(eq(conversations.id, conversation.id));
  }
}

/** Nothing else is tried on a person who cannot be written to, until they are heard of again. */
async function loseTouch(tx: Transaction, conversation: Conversation): Promise<void> {
  await tx.update(conversations).set({ following: false }).where(eq(conversations.id, conversation.id));
}

/** What arrived is what a bare answer may mean: a closure's verdict, the case that a deputy just read. */
export async function remember(
  tx: Transaction,
  conversation: Conversation,
  rows: readonly OutboxRow[],
  now: Date,
): Promise<void> {
  const closure = rows.find((row) => row.kind === "closure" && row.caseId !== null);
  const caseIds = [
    ...(closure?.caseId == null ? [] : [closure.caseId]),
    ...rows.flatMap((row) => (isCaseNews(row) && row.caseId !== null ? [row.caseId] : [])),
  ];
  if (caseIds.length === 0) return;
  const found = await tx.select({ id: cases.id, number: cases.number }).from(cases).where(inArray(cases.id, caseIds));
  const numberOf = new Map(found.map((row) => [row.id, row.number]));
  const rated = closure?.caseId == null ? undefined : numberOf.get(closure.caseId);
  const read = rows.flatMap((row) => (isCaseNews(row) && row.caseId !== null ? [numberOf.get(row.caseId) ?? ""] : []));
  const dialog =
    rated === undefined
      ? conversation.dialog
      : withVerdictAsked(conversation.dialog, { kind: "rating", case: rated, at: now.toISOString() });
  const focus = [...new Set([...read, ...(dialog.focus ?? [])])].filter((number) => number !== "");
  await tx
    .update(conversations)
    .set({
      dialog: {
        ...dialog,
        ...(focus.length === 0 ? {} : { focus: focus.slice(0, REMEMBERED_CASES) }),
      },
    })
    .where(eq(conversations.id, conversation.id));
}

function isCaseNews(row: OutboxRow): boolean {
  return row.deputyId !== null && (row.kind === "deputy-case" || row.kind === "deputy-news" || row.kind === "photo");
}
