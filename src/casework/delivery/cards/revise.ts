import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../../db/database.ts";
import type { Conversation } from "../../../../db/schema/conversations.ts";
import { attempts, type OutboxRow, outbox } from "../../../../db/schema/outbox.ts";
import type { Address, ReviseOutcome } from "../../../channels/channel.ts";
import type { Revision } from "../../../domain/messages/message.ts";
import { contentOf, REVISION } from "../../outbox/content.ts";
import type { FoundAccount } from "../../runtime/accounts.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { type ConversationKey, peerPurpose } from "../../turn/conversation.ts";
import { leaseFor } from "../lease.ts";

/** A change of a card that waited longer than this is not made: it would say what was so then. */
const FRESH_MS = 60_000;
const LEASE_MS = 30_000;

/** A row that changes a card, with what is left of its lease. */
type Row = OutboxRow & { readonly leaseLeftMs: number | null };

/** A claim on the change of a card, with its attempt. */
export type RevisionClaim = {
  readonly kind: "revise";
  readonly to: Address;
  readonly handle: string;
  readonly revision: Revision;
  readonly outboxId: string;
  readonly attemptId: string;
  readonly from: FoundAccount;
};

/** Whether a row changes a card, and is no message that somebody reads by itself. */
export function isRevision({ kind }: Pick<OutboxRow, "kind">): boolean {
  return kind === REVISION;
}

/**
 * Claims the next change of a card of this conversation: beside what is to be read, in no order with it, with one try and no second.
 *
 * @param rows of changes, in order
 * @returns null where none is to be made now
 */
export async function claimRevision(
  runtime: Runtime,
  tx: Transaction,
  { conversation, from }: { readonly conversation: Conversation; readonly from: FoundAccount },
  rows: readonly Row[],
): Promise<RevisionClaim | null> {
  const now = runtime.now();
  for (const row of rows) {
    const isOut = row.state === "sending" && (row.leaseLeftMs ?? 0) > 0;
    if (isOut) continue;
    const { revision, text, card } = contentOf(runtime, row);
    const isOld = now.getTime() - row.createdAt.getTime() > FRESH_MS;
    if (revision === undefined || isOld || row.state === "sending" || from.sender.pause() !== null) {
      await end(tx, row.id, "superseded", isOld ? "it came too late" : "it could not be tried", now);
      continue;
    }
    const attemptId = newId();
    const { jurisdictionId } = conversation;
    await tx
      .insert(attempts)
      .values({ id: attemptId, jurisdictionId, outboxId: row.id, rung: REVISION, startedAt: now, outcome: "pending" });
    await tx
      .update(outbox)
      .set({ state: "sending", leaseUntil: leaseFor(LEASE_MS) })
      .where(eq(outbox.id, row.id));
    return {
      kind: "revise",
      to: { kind: "person", id: runtime.vault.open(conversation.peerSealed, peerPurpose(jurisdictionId)) },
      handle: revision.handle,
      revision: { text, done: revision.done, ...(card && { card: { ...card, text } }) },
      ...{ outboxId: row.id, attemptId, from },
    };
  }
  return null;
}

/** Changes a card as it was claimed, and records what came of it; whatever came, it is not tried again. */
export async function revise(runtime: Runtime, key: ConversationKey, claim: RevisionClaim): Promise<void> {
  const { handle, to, revision, outboxId, attemptId, from } = claim;
  const outcome = await from.sender.revise(handle, to, revision);
  const reason = reasonOf(outcome);
  await runtime.database.inCounty(key.jurisdictionId, async (tx) => {
    const now = runtime.now();
    const called = outcome.outcome === "done" ? "delivered" : outcome.outcome === "spent" ? "refused" : outcome.outcome;
    await tx.update(attempts).set({ endedAt: now, outcome: called, reason }).where(eq(attempts.id, attemptId));
    await end(tx, outboxId, outcome.outcome === "done" ? "delivered" : "superseded", reason, now);
  });
}

function reasonOf(outcome: ReviseOutcome): string | null {
  if ("reason" in outcome) return outcome.reason;
  return outcome.outcome === "spent" ? "the card cannot be changed any more" : null;
}

async function end(
  tx: Transaction,
  id: string,
  state: "delivered" | "superseded",
  reason: string | null,
  now: Date,
): Promise<void> {
  await tx.update(outbox).set({ state, reason, leaseUntil: null, settledAt: now }).where(eq(outbox.id, id));
}
