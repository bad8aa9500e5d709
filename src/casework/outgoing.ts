import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/database.ts";
import { conversations } from "../../db/schema/conversations.ts";
import type { OutgoingContent, outbox } from "../../db/schema/outbox.ts";
import { outboxPurpose } from "./outbox/tell.ts";
import type { House } from "./runtime/runtime.ts";
import type { Conversation } from "./turn/turn.ts";

/** Names one conversation to which something waits to be sent. */
export type DeliverKey = { readonly jurisdictionId: string; readonly conversationId: string };

/** One outgoing message. */
export type OutboxRow = typeof outbox.$inferSelect;

/**
 * The conversation, locked so that two workers never send to one person at once.
 *
 * The statement is sent before this returns, so that what is sent after it reads what is there under the lock.
 */
export async function lockForDelivery(tx: Transaction, conversationId: string): Promise<Conversation | null> {
  const locking = tx.select().from(conversations).where(eq(conversations.id, conversationId)).for("no key update");
  const [row] = await locking.execute();
  return row ?? null;
}

/** What an outgoing message says. */
export function contentOf(house: House, row: OutboxRow): OutgoingContent {
  return JSON.parse(house.vault.open(row.content, outboxPurpose(row.jurisdictionId)));
}
