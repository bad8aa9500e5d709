import type { Logger } from "pino";
import { postgresStore } from "../../db/shared-store.ts";
import type { Channel, ChannelAccount } from "../channels/channel.ts";
import type { Config } from "../config.ts";
import type { Installation } from "./installation.ts";

const LIMIT_MS = 10_000;

/**
 * Tells an account's platform the address at which it is heard, where that is a call of the platform.
 *
 * @returns plain sentences of what is wrong; none where all is well, or where somebody enters the address at the platform
 */
export async function registerAccount(
  {
    database,
    vault,
    now,
    apiBases,
    publicUrl,
  }: Pick<Installation, "database" | "vault" | "now"> & Pick<Config, "apiBases" | "publicUrl">,
  channel: Channel,
  account: ChannelAccount,
  webhookUrl: string,
): Promise<readonly string[]> {
  const store = postgresStore(database, vault, account.jurisdictionId, now);
  const services = { apiBase: apiBases[channel.apiBaseVariable], publicUrl, store, now, timeoutMs: LIMIT_MS };
  return (await channel.register?.(account, services, webhookUrl)) ?? [];
}

/** Tells a platform the address of an account that somebody changed in the console; what is wrong stands in the log, and the live test shows it. */
export async function tellPlatform(
  services: Parameters<typeof registerAccount>[0],
  channel: Channel,
  account: ChannelAccount,
  webhookUrl: string,
  log: Logger,
): Promise<void> {
  try {
    const problems = await registerAccount(services, channel, account, webhookUrl);
    for (const problem of problems) log.warn({ channel: account.channel, account: account.name }, problem);
  } catch (error) {
    log.warn({ err: error, account: account.name }, "a platform could not be told the address of an account");
  }
}
