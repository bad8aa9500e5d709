import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { conversations, inbox } from "../../../db/schema/conversations.ts";
import type { PeerKey } from "./batch.ts";
import type { Ballot } from "./votes.ts";

/** A person whose messages wait, claimed by the transaction that found them: no other finds them until it ends. */
export type Claimed = PeerKey & {
  /** Whether one of their messages speaks of a danger to life. */
  readonly urgent: boolean;
  /** In which traces the first of their messages was accepted, while messages are followed. */
  readonly traces: readonly string[];
  /** Where the first of their messages waits for another model's vote. */
  readonly ballot?: Ballot | undefined;
};

/** The order of claiming: first those who have waited longest, or those who wrote last and may still be helped at once. */
export type ClaimOrder = "oldest" | "newest";

type Found = { account_id: string; peer: string; trace: string | null; urgent: boolean };

/** So many dangers are looked at before those of them that others work on are left out. */
const DANGERS_SEEN = 200;

/**
 * Claims people of a county of whom something waits that may take effect now.
 *
 * The claim is the lock on the first waiting message of each, of which there is one however many they sent: what others have
 * claimed is passed over without waiting. Where a resident's life may be in danger, only such people are claimed. Whose first
 * message waits for its next try, or is stuck, is passed over, unless there is a danger behind it.
 *
 * Reads the partial indexes of what waits, never the history.
 */
export async function claimNext(
  tx: Transaction,
  jurisdictionId: string,
  choice: { readonly now: Date; readonly limit: number; readonly order: ClaimOrder },
): Promise<Claimed[]> {
  const { limit, order } = choice;
  const now = choice.now.toISOString();
  const isDue = (row: SQL) =>
    sql`${row}.stuck_at is null and (${row}.retry_at is null or ${row}.retry_at <= ${now}::timestamptz)`;
  const direction = sql.raw(order === "oldest" ? "asc" : "desc");
  // Both are planned well without statistics, for of a backlog that has just come there are none. So the first one spells
  // that nobody has heard a message as no partial index does: it must find its few rows by their numbers.
  const found = await tx.execute<Found>(sql`
    with danger as (
      select first.account_id, first.peer, first.trace from ${inbox} first
      where coalesce(first.processed_at, 'infinity') = 'infinity' and first.seq = any(array(
        select ${firstOf(sql`urgent`)} from ${inbox} urgent
        where urgent.jurisdiction_id = ${jurisdictionId} and urgent.urgent and urgent.processed_at is null
          and ${isDue(sql`urgent`)} and not exists (
            select from ${conversations} bound
            where bound.account_id = urgent.account_id and bound.peer = urgent.peer and bound.deputy_id is not null)
        order by urgent.seq limit ${DANGERS_SEEN}))
      order by first.seq limit ${limit}
      for no key update of first skip locked),
    calm as (
      select first.account_id, first.peer, first.trace from ${inbox} first
      where first.jurisdiction_id = ${jurisdictionId} and first.processed_at is null and ${isDue(sql`first`)}
        and first.seq = ${firstOf(sql`first`)} and not exists (select from danger)
      order by first.received_at ${direction} limit ${limit}
      for no key update of first skip locked)
    select account_id, peer, trace, true as urgent from danger
    union all select account_id, peer, trace, false as urgent from calm`);
  return found.map(({ account_id: accountId, peer, trace, urgent }) => ({
    jurisdictionId,
    accountId,
    peer,
    urgent,
    traces: trace === null ? [] : [trace],
  }));
}

/** The first message that waits from whoever sent `row`. */
function firstOf(row: SQL): SQL {
  return sql`(
    select theirs.seq from ${inbox} theirs
    where theirs.account_id = ${row}.account_id and theirs.peer = ${row}.peer and theirs.processed_at is null
    order by theirs.seq limit 1)`;
}

/**
 * Claims one person whose messages a transaction is about to receive; waits for whoever has claimed them.
 *
 * A claim always comes before the lock of the conversation: whoever had the conversation alone, and another the claim, would
 * wait for each other.
 * @returns false where nothing waits of this person
 */
export async function claimPerson(tx: Transaction, { accountId, peer }: PeerKey): Promise<boolean> {
  const first = sql`select from ${inbox} where account_id = ${accountId} and peer = ${peer} and processed_at is null
    order by seq limit 1`;
  for (;;) {
    const claimed = await tx.execute(sql`${first} for no key update`);
    if (claimed.length > 0) return true;
    // The message that was waited for has been received meanwhile; another may have come.
    const left = await tx.execute(first);
    if (left.length === 0) return false;
  }
}
