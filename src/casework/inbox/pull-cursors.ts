import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { pullCursors } from "../../../db/schema/conversations.ts";
import type { Vault } from "../../../db/vault.ts";
import type { ChannelAccount, Nudge } from "../../channels/channel.ts";

/** The place up to which an account was read with the messages that come along. */
export type Cursor = { readonly key: string; readonly cursor: string };

/** A change of how far an account was read, as it is stored. */
export type CursorChange = Pick<typeof pullCursors.$inferSelect, "accountId" | "key"> & {
  readonly cursor: string | null;
  readonly hint: Uint8Array | null;
  readonly nudgedAt: Date | null;
  readonly pulledAt: Date | null;
};

/** The purpose for which hints are sealed; see `vault.ts`. */
const hintPurpose = (accountId: string) => `hint:${accountId}`;

/** The changes that nudges of the platform, and a pull that brought messages, make to how far an account was read. */
export function cursorChanges(
  vault: Vault,
  { id: accountId }: ChannelAccount,
  given: { readonly nudges: readonly Nudge[]; readonly cursor?: Cursor | undefined; readonly now: Date },
): CursorChange[] {
  const { nudges, cursor, now } = given;
  const none = { accountId, cursor: null, hint: null, nudgedAt: null, pulledAt: null };
  const nudged = nudges.map(({ key, hint }) => ({
    ...none,
    key,
    hint: hint === null ? null : vault.seal(hint, hintPurpose(accountId)),
    nudgedAt: now,
  }));
  return cursor === undefined ? nudged : [...nudged, { ...none, ...cursor, pulledAt: now }];
}

/** Writes how far accounts were read, in the transaction that stores their messages; a hint stays until another one comes or it was used. */
export async function moveCursors(
  tx: Transaction,
  jurisdictionId: string,
  changes: readonly CursorChange[],
): Promise<void> {
  for (const { cursor, ...change } of changes) {
    const kept = { ...change, ...(cursor === null ? {} : { cursor }) };
    const set = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== null));
    await tx
      .insert(pullCursors)
      .values({ ...kept, jurisdictionId })
      .onConflictDoUpdate({
        target: [pullCursors.accountId, pullCursors.key],
        set: change.pulledAt === null ? set : { ...set, hint: null, failure: sql`null` },
      });
  }
}
