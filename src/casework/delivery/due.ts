import { and, asc, eq, getTableColumns, inArray, lte, ne, or, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { Conversation } from "../../../db/schema/conversations.ts";
import type { OutboxRow } from "../../../db/schema/outbox.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import type { Pause } from "../../channels/channel.ts";
import { NOT_BOUND } from "../../domain/messages/delivery-reason.ts";
import { type OutgoingKind, REVISION } from "../outbox/content.ts";
import { chatsOf } from "../turn/deputy-chats.ts";
import { leaseLeftMs } from "./lease.ts";

/** A row of the outbox that has no final state yet, with the rest of its lease, and whether its county is in trial. */
export type OpenRow = OutboxRow & { readonly leaseLeftMs: number | null; readonly isInTrial: boolean };

/** Read with the rows, for a delivery costs little more than its questions to the database. */
const isInTrial = sql<boolean>`coalesce((select (j.settings -> 'trial' ->> 'isOn')::boolean from jurisdictions j), false)`;

const ROWS_AT_ONCE = 20;
const EMERGENCY: OutgoingKind = "emergency";

/** The waiting rows of a conversation, in order. */
export function rowsOf(tx: Transaction, conversationId: string): Promise<OpenRow[]> {
  return tx
    .select({ ...getTableColumns(outbox), leaseLeftMs, isInTrial })
    .from(outbox)
    .where(
      and(
        eq(outbox.conversationId, conversationId),
        inArray(outbox.state, ["waiting", "sending"]),
        eq(outbox.awaitsContact, false),
      ),
    )
    .orderBy(asc(outbox.seq))
    .limit(ROWS_AT_ONCE)
    .execute();
}

/**
 * The rows that are for the person of this conversation; one for a deputy who is not bound here any more is given to the
 * chat that the deputy has now.
 */
export async function forThisPerson(
  tx: Transaction,
  conversation: Conversation,
  rows: readonly OpenRow[],
): Promise<readonly OpenRow[]> {
  const isForOther = (row: OpenRow) =>
    row.state === "waiting" && row.deputyId !== null && row.deputyId !== conversation.deputyId;
  const others = rows.filter(isForOther);
  if (others.length === 0) return rows;
  const chats = await chatsOf(
    tx,
    others.map((row) => row.deputyId ?? ""),
  );
  for (const [index, row] of others.entries()) {
    const chat = chats[index];
    const kept = chat === undefined ? { awaitsContact: true, reason: NOT_BOUND } : {};
    await tx
      .update(outbox)
      .set({ conversationId: chat?.id ?? null, state: "waiting", ...kept })
      .where(eq(outbox.id, row.id));
  }
  return rows.filter((row) => !isForOther(row));
}

/**
 * The rows that nothing before them holds back.
 *
 * A row that is being retried, or was sent in part, holds those behind it; a delayed one does not. The emergency reply
 * is never held.
 */
export function unheld(open: readonly OutboxRow[], now: Date): readonly OutboxRow[] {
  const retried = open.findIndex((row) => (row.tries > 0 || row.piecesSent > 0) && row.notBefore > now);
  return open.filter((row, index) => retried === -1 || index <= retried || row.kind === EMERGENCY);
}

/**
 * Whether a row may be sent now; one that was never delayed is due at once, also where another process wrote it whose
 * clock is ahead.
 */
export function isDue(row: OutboxRow, now: Date): boolean {
  return row.notBefore <= now || (row.tries === 0 && row.notBefore <= row.createdAt);
}

/** The first moment at which one of these is due; null where there is none. */
export function earliest(rows: readonly OutboxRow[]): Date | null {
  return rows.reduce<Date | null>(
    (first, row) => (first === null || row.notBefore < first ? row.notBefore : first),
    null,
  );
}

/**
 * Parks the head of a conversation's rows until the person's next contact, with those behind it that are no answers;
 * answers too where `answersToo`.
 *
 * All of them in one statement, for a deputy may have hundreds waiting.
 */
export async function park(
  tx: Transaction,
  conversationId: string,
  head: OutboxRow,
  { answersToo, reason, now }: { readonly answersToo: boolean; readonly reason: string; readonly now: Date },
): Promise<void> {
  const behind = and(
    eq(outbox.conversationId, conversationId),
    eq(outbox.state, "waiting"),
    eq(outbox.awaitsContact, false),
    ne(outbox.kind, REVISION),
    lte(outbox.notBefore, now),
    answersToo ? undefined : eq(outbox.isAnswer, false),
  );
  await tx
    .update(outbox)
    .set({ awaitsContact: true, reason })
    .where(or(eq(outbox.id, head.id), behind));
}

/**
 * Delays all that waits for a person until the end of their account's pause, in its order.
 *
 * No try is counted; the sweep finds it when its time comes.
 */
export async function restUntil(tx: Transaction, open: readonly OpenRow[], { until, reason }: Pause): Promise<void> {
  const ids = open.flatMap((row) => (row.notBefore < until ? [row.id] : []));
  const kept = { notBefore: until, reason, tries: sql`greatest(${outbox.tries}, 1)` };
  await tx.update(outbox).set(kept).where(inArray(outbox.id, ids));
}
