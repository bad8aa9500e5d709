import { randomBytes } from "node:crypto";
import { openDatabase } from "../../db/database.ts";
import { createVault } from "../../db/vault.ts";
import { addCounty } from "../../src/casework/county/counties.ts";
import { addAccount } from "../../src/casework/office/channel-accounts.ts";
import { wechatOfficial } from "../../src/channels/wechat-official/channel.ts";
import { ACCOUNT } from "./callbacks.ts";

/** What a process needs to serve the county of a benchmark. */
export type BenchInstallation = {
  readonly databaseUrl: string;
  /** Null: the queue is in Postgres. */
  readonly redisUrl: string | null;
  /** The master key in base64. */
  readonly secret: string;
  readonly jurisdictionId: string;
  readonly accountId: string;
};

/** Adds a county with one WeChat account to a migrated database. */
export async function install(databaseUrl: string, redisUrl: string | null): Promise<BenchInstallation> {
  const secret = randomBytes(32);
  const vault = createVault(secret);
  const database = await openDatabase({ url: databaseUrl, maxConnections: 1 });
  const now = () => new Date();
  try {
    const added = await addCounty(database, { code: "bench", name: "青禾县" }, now());
    if (!added.ok) throw new Error(added.reason);
    const options = {
      "app-id": ACCOUNT.appId,
      "app-secret": ACCOUNT.appSecret,
      token: ACCOUNT.token,
      "aes-key": ACCOUNT.aesKey,
    };
    const account = await addAccount({ database, vault, now }, added.county.id, {
      channel: wechatOfficial,
      name: ACCOUNT.name,
      options,
    });
    if (!account.ok) throw new Error(account.problems.join(" "));
    return {
      databaseUrl,
      redisUrl,
      secret: secret.toString("base64"),
      jurisdictionId: added.county.id,
      accountId: account.account.id,
    };
  } finally {
    await database.close();
  }
}
