import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { DIRECT_REFUSED } from "../../domain/messages/delivery-ladder.ts";
import { FRESH_MS } from "../runtime/accounts.ts";

const KNOWN_TO_ALL_MS = 2 * FRESH_MS;

/**
 * Releases what waits only because an account's direct messages were refused.
 *
 * These messages become due when every process knows of the change, for one that does not would park them once more.
 * Until then they keep their order.
 */
export async function releaseHeldByRefusal(tx: Transaction, accountId: string, now: Date): Promise<void> {
  const notBefore = new Date(now.getTime() + KNOWN_TO_ALL_MS);
  const ofAccount = tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.accountId, accountId));
  await tx
    .update(outbox)
    .set({ awaitsContact: false, notBefore, tries: sql`greatest(${outbox.tries}, 1)` })
    .where(and(isHeldByRefusal(), inArray(outbox.conversationId, ofAccount)));
}

/**
 * The condition that a message waits for the person's next contact because the platform refuses the account direct
 * messages.
 */
export function isHeldByRefusal(): SQL | undefined {
  return and(eq(outbox.state, "waiting"), eq(outbox.awaitsContact, true), eq(outbox.reason, DIRECT_REFUSED));
}
