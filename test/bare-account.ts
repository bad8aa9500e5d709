import { v7 as newId } from "uuid";
import type { Database } from "../db/database.ts";
import { channelAccounts } from "../db/schema/county.ts";
import type { ChannelAccount } from "../src/channels/channel.ts";

const CREATED_AT = new Date("2026-01-01T00:00:00Z");

/** Adds an account to a county, without settings and secrets, and gives it back. */
export async function bareAccount(
  database: Database,
  jurisdictionId: string,
  { channel = "c", name = "n" }: { readonly channel?: string; readonly name?: string } = {},
): Promise<ChannelAccount> {
  const row = { id: newId(), jurisdictionId, channel, name, settings: {} };
  await database.inCounty(jurisdictionId, (tx) =>
    tx.insert(channelAccounts).values({ ...row, secrets: new Uint8Array(), createdAt: CREATED_AT }),
  );
  return { ...row, secrets: {} };
}
