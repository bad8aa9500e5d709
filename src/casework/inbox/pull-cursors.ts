import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { pullCursors } from "../../../db/schema/conversations.ts";
import type { Vault } from "../../../db/vault.ts";
import type { ChannelAccount, Nudge } from "../../channels/channel.ts";

/** The place up to which an account was read with the messages that come along. */
export type Cursor = {
  readonly key: string;
  readonly cursor: string;
  /** Where the pull began: where somebody else has gone on meanwhile, the place stays theirs. Anywhere where it is left out. */
  readonly from?: string;
  /** How often the platform had said that something lies there when the pull began; all that it said where it is left out. */
  readonly nudges?: number;
  /** Whether more is known to lie there: the pull has not ended. */
  readonly more?: boolean;
};

/** A change of how far an account was read, as it is stored. */
export type CursorChange = { readonly accountId: string; readonly key: string; readonly at: Date } & (
  | { readonly kind: "nudged"; readonly hint: Uint8Array | null }
  | ({ readonly kind: "pulled" } & Omit<Cursor, "key">)
);

/** The purpose for which hints are sealed; see `vault.ts`. */
export const hintPurpose = (accountId: string) => `hint:${accountId}`;

/** The changes that nudges of the platform, and a pull that brought messages, make to how far an account was read. */
export function cursorChanges(
  vault: Vault,
  { id: accountId }: ChannelAccount,
  given: { readonly nudges: readonly Nudge[]; readonly cursor?: Cursor | undefined; readonly now: Date },
): CursorChange[] {
  const { nudges, cursor, now: at } = given;
  const nudged = nudges.map(({ key, hint }): CursorChange => {
    const sealed = hint === null ? null : vault.seal(hint, hintPurpose(accountId));
    return { kind: "nudged", accountId, key, at, hint: sealed };
  });
  return cursor === undefined ? nudged : [...nudged, { kind: "pulled", accountId, at, ...cursor }];
}

/** Writes how far accounts were read, in the transaction that stores their messages; a hint stays until another one comes or it was used. */
export async function moveCursors(
  tx: Transaction,
  jurisdictionId: string,
  changes: readonly CursorChange[],
): Promise<void> {
  // Always in one order, so that no two transactions wait for each other.
  const nameOf = ({ accountId, key }: CursorChange) => `${accountId} ${key}`;
  for (const change of changes.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))) {
    const { accountId, key } = change;
    await tx.insert(pullCursors).values({ jurisdictionId, accountId, key }).onConflictDoNothing();
    await tx
      .update(pullCursors)
      .set(change.kind === "nudged" ? nudgedBy(change) : pulledTo(change))
      .where(and(eq(pullCursors.accountId, accountId), eq(pullCursors.key, key), stillAt(change)));
  }
}

function stillAt(change: CursorChange) {
  return change.kind === "pulled" && change.from !== undefined ? eq(pullCursors.cursor, change.from) : undefined;
}

function nudgedBy({ at, hint }: Extract<CursorChange, { kind: "nudged" }>) {
  return {
    nudges: sql`${pullCursors.nudges} + 1`,
    nudgedAt: at,
    behindSince: sql`coalesce(${pullCursors.behindSince}, ${at.toISOString()}::timestamptz)`,
    ...(hint === null ? {} : { hint }),
  };
}

/** Only the last page ends a pull: what is known to lie there still is fetched by whoever comes next. */
function pulledTo({ at, cursor, nudges, more }: Extract<CursorChange, { kind: "pulled" }>) {
  if (more === true) return { cursor };
  const seen = nudges === undefined ? sql`${pullCursors.nudges}` : sql`${nudges}::integer`;
  const hasAll = sql`${pullCursors.nudges} <= ${seen}`;
  return {
    ...{ cursor, pulledAt: at, pulledNudges: seen, leaseUntil: null, notBefore: null, failure: null },
    hint: sql`case when ${hasAll} then null else ${pullCursors.hint} end`,
    behindSince: sql`case when ${hasAll} then null else ${pullCursors.behindSince} end`,
  };
}
