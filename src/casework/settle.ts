import { eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../db/database.ts";
import { cases } from "../../db/schema/cases.ts";
import { conversations } from "../../db/schema/conversations.ts";
import { attempts, outbox } from "../../db/schema/outbox.ts";
import type { Sender, SendOutcome } from "../channels/channel.ts";
import { retryDelayMs } from "../domain/delivery.ts";
import type { Rung } from "../domain/message.ts";
import { withVerdictAsked } from "../domain/questions.ts";
import type { House } from "./house.ts";
import { type DeliverKey, lockForDelivery, type OutboxRow } from "./outgoing.ts";
import type { Parcel } from "./parcel.ts";
import type { Conversation } from "./sitting.ts";

/** After so many tries a message is given up, visibly. */
const TRIES = 14;
/** An account that somebody must mend is tried again this much later. */
const ACCOUNT_PAUSE_MS = 10 * 60_000;
const REMEMBERED_CASES = 5;

/** What was taken for one call. */
export type Claim = {
  readonly kind: "send";
  readonly to: string;
  readonly rung: Rung;
  readonly rows: readonly OutboxRow[];
  readonly attemptIds: readonly string[];
  readonly parcel: Parcel;
  readonly sender: Sender;
};

type Verdict = Partial<typeof outbox.$inferInsert>;

/** Writes what became of a call: the attempt, the rows, and what the platform's ledger has left. */
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
  await tx
    .update(attempts)
    .set({
      endedAt: now,
      outcome: outcome.outcome,
      reason: outcome.outcome === "delivered" ? null : outcome.reason,
      platformId: outcome.outcome === "delivered" ? outcome.platformId : null,
    })
    .where(inArray(attempts.id, [...claim.attemptIds]));
  for (const row of claim.rows) {
    await tx
      .update(outbox)
      .set({ leaseUntil: null, ...verdictOn(house, claim, row, outcome, now) })
      .where(eq(outbox.id, row.id));
  }
  await spend(tx, conversation, claim, outcome);
  if (outcome.outcome === "delivered" && claim.rung === "direct") await remember(tx, conversation, claim.rows, now);
  if (outcome.outcome === "refused" && outcome.blocks === "account") {
    house.log.error({ reason: outcome.reason }, "a channel account must be mended");
  }
}

function verdictOn(house: House, claim: Claim, row: OutboxRow, outcome: SendOutcome, now: Date): Verdict {
  switch (outcome.outcome) {
    case "delivered":
      return claim.rung === "direct" || claim.rung === "passive"
        ? arrived(claim, now)
        : {
            state: "waiting",
            noticedAt: now,
            awaitsContact: true,
            reason: "announced by a notice; waits for the person",
          };
    case "uncertain":
      return claim.rung === "direct" || claim.rung === "passive"
        ? { state: "uncertain", reason: outcome.reason, settledAt: now }
        : { state: "waiting", noticedAt: now, awaitsContact: true, reason: outcome.reason };
    case "retry": {
      const tries = row.tries + 1;
      if (tries >= TRIES) return { state: "failed", reason: outcome.reason, tries, settledAt: now };
      const delayMs = retryDelayMs(tries, outcome.afterMs, house.random());
      return { state: "waiting", reason: outcome.reason, tries, notBefore: new Date(now.getTime() + delayMs) };
    }
    case "refused":
      return refused(claim, outcome, now);
  }
}

function arrived(claim: Claim, now: Date): Verdict {
  const { sent, of } = claim.parcel.pieces;
  if (sent < of) return { state: "waiting", piecesSent: sent, tries: 0 };
  return { state: "delivered", piecesSent: of, reason: null, settledAt: now };
}

function refused(claim: Claim, outcome: Extract<SendOutcome, { outcome: "refused" }>, now: Date): Verdict {
  const { reason } = outcome;
  switch (outcome.blocks) {
    case "person":
    case "content":
      return claim.rung === "direct" || claim.rung === "passive"
        ? { state: "failed", reason, settledAt: now }
        : { state: "waiting", noticedAt: now, awaitsContact: true, reason };
    case "rung":
      return claim.rung === "direct"
        ? { state: "waiting", reason }
        : { state: "waiting", noticedAt: now, awaitsContact: true, reason };
    case "account":
      return { state: "waiting", reason, notBefore: new Date(now.getTime() + ACCOUNT_PAUSE_MS) };
  }
}

/** Keeps the ledger: what may have been counted by the platform counts here too. */
async function spend(tx: Transaction, conversation: Conversation, claim: Claim, outcome: SendOutcome): Promise<void> {
  const counted = outcome.outcome === "delivered" || outcome.outcome === "uncertain";
  if (claim.rung === "direct") {
    const closed = outcome.outcome === "refused" && outcome.blocks === "rung";
    if (!counted && !closed) return;
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
