import { and, eq, lt, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { spentSignatures } from "../../../db/schema/conversations.ts";
import type { Vault } from "../../../db/vault.ts";
import type { ChannelAccount, LooseSignature } from "../../channels/channel.ts";
import type { Runtime } from "../runtime/runtime.ts";

/** A loose signature with the request for which it is to serve, as it is stored. */
export type SignatureUse = Pick<typeof spentSignatures.$inferSelect, "accountId" | "signature" | "servesFor" | "until">;

/** The use of a loose signature for a request; the request's digest is keyed, for words can be guessed from a bare one. */
export function signatureUse(
  vault: Vault,
  account: ChannelAccount,
  { signature, servesFor, until }: LooseSignature,
): SignatureUse {
  return { accountId: account.id, signature, servesFor: vault.blindIndex(servesFor, `request:${account.id}`), until };
}

/**
 * Notes for which request each signature serves, from now on for that one alone.
 *
 * It belongs to the transaction that stores the messages: what is not stored has not used up its signature. A process that
 * comes second waits for the first one's end.
 * @returns those that serve for another request already
 */
export async function spend(
  tx: Transaction,
  jurisdictionId: string,
  uses: readonly SignatureUse[],
): Promise<ReadonlySet<SignatureUse>> {
  if (uses.length === 0) return new Set();
  const first = new Map<string, SignatureUse>();
  for (const use of uses) if (!first.has(keyOf(use))) first.set(keyOf(use), use);
  const ordered = [...first.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const served = await tx
    .insert(spentSignatures)
    .values(ordered.map((use) => ({ ...use, jurisdictionId })))
    .onConflictDoUpdate({
      target: [spentSignatures.accountId, spentSignatures.signature],
      // Nothing changes: a row that is there is locked, and given back.
      set: { servesFor: sql`${spentSignatures.servesFor}` },
    })
    .returning();
  const servesFor = new Map(served.map((row) => [keyOf(row), row.servesFor]));
  return new Set(uses.filter((use) => servesFor.get(keyOf(use)) !== use.servesFor));
}

/** Forgets the signatures of a county that are too old in every reading. */
export async function forgetSpent(runtime: Runtime, jurisdictionId: string): Promise<void> {
  await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx
      .delete(spentSignatures)
      .where(and(eq(spentSignatures.jurisdictionId, jurisdictionId), lt(spentSignatures.until, runtime.now()))),
  );
}

function keyOf({ accountId, signature }: Pick<SignatureUse, "accountId" | "signature">): string {
  return `${accountId} ${signature}`;
}
