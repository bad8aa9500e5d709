import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { channelAccounts, jurisdictions } from "../../../db/schema/county.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import { secretsPurpose, unseal } from "./accounts.ts";
import type { Runtime } from "./runtime.ts";

/**
 * The account that each county has by itself on a channel that is no platform: of its desk, of its rehearsals.
 *
 * It is committed by itself when it is first needed: what sends looks accounts up in a transaction of its own.
 */
export async function ownAccount(
  { database, vault, now }: Runtime,
  jurisdictionId: string,
  channel: string,
): Promise<ChannelAccount> {
  return database.inCounty(jurisdictionId, async (tx) => {
    const own = eq(channelAccounts.channel, channel);
    const [known] = await tx.select().from(channelAccounts).where(own);
    if (known !== undefined) return unseal(vault, known);
    const id = newId();
    const [county] = await tx.select({ code: jurisdictions.code }).from(jurisdictions);
    const secrets = vault.seal("{}", secretsPurpose(id));
    await tx
      .insert(channelAccounts)
      .values({
        ...{ id, jurisdictionId, channel, name: county?.code ?? id, settings: {}, secrets },
        createdAt: now(),
      })
      .onConflictDoNothing();
    const [row] = await tx.select().from(channelAccounts).where(own);
    if (row === undefined) throw new Error(`the account of a county's ${channel} could not be opened`);
    return unseal(vault, row);
  });
}
