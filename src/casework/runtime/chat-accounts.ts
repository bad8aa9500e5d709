import { and, eq, notInArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { REHEARSAL_CHANNEL } from "../../domain/case/rehearsal.ts";

/** The condition that an account is one at a platform, and neither the county's own desk nor that of its rehearsals. */
export const isChatAccount = notInArray(channelAccounts.channel, [DESK_CHANNEL, REHEARSAL_CHANNEL]);

/**
 * The id of the first account at a platform of the county of a transaction; null while it has none.
 * @param channel the platform; the one of the county's first account where it is left out
 */
export async function firstChatAccount(tx: Transaction, channel?: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: channelAccounts.id })
    .from(channelAccounts)
    .where(and(isChatAccount, channel === undefined ? undefined : eq(channelAccounts.channel, channel)))
    .orderBy(channelAccounts.createdAt)
    .limit(1);
  return row?.id ?? null;
}
