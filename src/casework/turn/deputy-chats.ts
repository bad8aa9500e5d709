import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { Locale } from "../../domain/wording/wording.ts";

/** The chat of a deputy: its conversation, the account to which that belongs, and the language in which it is written. */
export type DeputyChat = { readonly id: string; readonly accountId: string; readonly locale: Locale };

/**
 * The order of a person's chats: the one that is most likely to be read comes first, which is where they spoke last. Of a contact
 * that a former version noted the window alone is known, which began two days before its end at most.
 */
export const LIKELIEST_FIRST = sql`following desc, greatest(last_spoken_at, window_until - interval '48 hours') desc nulls last`;

/**
 * Finds the chat of each deputy that is most likely to be read; undefined while none is bound.
 *
 * The answer holds until the commit: whoever binds a deputy's chat locks the deputy first ({@link lockDeputy}), so waits for
 * this transaction, and moves what it told the deputy.
 */
export async function chatsOf(tx: Transaction, deputyIds: readonly string[]): Promise<(DeputyChat | undefined)[]> {
  const ids = sql`any(${sql.param([...new Set(deputyIds)])}::uuid[])`;
  const [, rows] = await Promise.all([
    tx.execute(sql`select from deputies where id = ${ids} order by id for key share`).execute(),
    tx
      .execute<DeputyChat & { deputyId: string }>(sql`
        select distinct on (deputy_id) deputy_id as "deputyId", id, account_id as "accountId", locale from conversations where deputy_id = ${ids}
        order by deputy_id, ${LIKELIEST_FIRST}`)
      .execute(),
  ]);
  const chats = new Map(rows.map(({ deputyId, ...chat }) => [deputyId, chat]));
  return deputyIds.map((id) => chats.get(id));
}

/** Waits for everybody who is telling a deputy something, and keeps others from beginning to, until the commit. */
export async function lockDeputy(tx: Transaction, deputyId: string): Promise<void> {
  await tx.execute(sql`select from deputies where id = ${deputyId} for update`);
}
