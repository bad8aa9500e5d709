import { inArray } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import type { Channel } from "../../channels/channel.ts";

/** An account whose messages come by a connection that we hold. */
export type ConnectedAccount = Pick<typeof channelAccounts.$inferSelect, "jurisdictionId" | "id" | "channel" | "name">;

/** The accounts of all counties that stay connected to their platforms. */
export async function accountsThatStayConnected(
  database: Database,
  channels: readonly Channel[],
): Promise<ConnectedAccount[]> {
  const live = new Map(channels.filter((one) => one.live !== undefined).map((one) => [one.type, one]));
  if (live.size === 0) return [];
  const { jurisdictionId, id, channel, name, settings } = channelAccounts;
  const rows = await database.inDirectory((tx) =>
    tx
      .select({ jurisdictionId, id, channel, name, settings })
      .from(channelAccounts)
      .where(inArray(channel, [...live.keys()])),
  );
  return rows.filter((row) => live.get(row.channel)?.staysConnected?.(row) ?? true);
}
