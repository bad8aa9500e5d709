import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type Conversation, conversations, inbox } from "../../../db/schema/conversations.ts";
import type { Vault } from "../../../db/vault.ts";

/** Writes changes of a conversation that this transaction has locked; does nothing where there is none. */
export async function changeConversation(tx: Transaction, id: string, change: Partial<Conversation>): Promise<void> {
  if (Object.keys(change).length > 0) await tx.update(conversations).set(change).where(eq(conversations.id, id));
}

/** The key of a conversation, by county and id; what a job of delivery carries. */
export type ConversationKey = { readonly jurisdictionId: string; readonly conversationId: string };

/**
 * Locks a conversation, so that two workers never send to one person at once.
 *
 * The statement is sent before this returns, so that what is sent after it reads what is there under the lock.
 */
export async function lockConversation(tx: Transaction, conversationId: string): Promise<Conversation | null> {
  const locking = tx.select().from(conversations).where(eq(conversations.id, conversationId)).for("no key update");
  const [row] = await locking.execute();
  return row ?? null;
}

/** The purpose for which a platform's id of a person is sealed; see `vault.ts`. */
export function peerPurpose(jurisdictionId: string): string {
  return `peer:${jurisdictionId}`;
}

/**
 * Gives what a conversation that this transaction has locked is changed by, when its chat has another address at the platform; what
 * waits to be heard of it goes along.
 *
 * @returns null where that address is another conversation's already
 */
export async function addressAnew(
  tx: Transaction,
  vault: Vault,
  { accountId, jurisdictionId, peer: before }: Pick<Conversation, "accountId" | "jurisdictionId" | "peer">,
  to: string,
): Promise<Pick<Conversation, "peer" | "peerSealed"> | null> {
  const peer = vault.blindIndex(to, accountId);
  const [known] = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.accountId, accountId), eq(conversations.peer, peer)));
  if (known !== undefined) return null;
  await tx
    .update(inbox)
    .set({ peer })
    .where(and(eq(inbox.accountId, accountId), eq(inbox.peer, before), isNull(inbox.processedAt)));
  return { peer, peerSealed: vault.seal(to, peerPurpose(jurisdictionId)) };
}
