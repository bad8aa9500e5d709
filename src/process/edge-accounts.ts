import { postgresStore } from "../../db/shared-store.ts";
import { answersOnly, everyAccount } from "../casework/runtime/accounts.ts";
import { type ReceivingPart, receivingPart } from "../channels/receiving.ts";
import { platforms } from "../channels/registry.ts";
import type { Config } from "../config.ts";
import type { Installation } from "./installation.ts";

/** An account as the edge is given it. */
type GivenToEdge = ReceivingPart & {
  /** Left out where the service can write to people by itself. */
  readonly answersOnly?: true;
};

/**
 * The accounts that have a webhook as the edge needs them, by `<type>/<name>`.
 * @param jurisdictionId of one county alone; of all when left out
 */
export async function edgeAccounts(
  services: Pick<Installation, "database" | "vault" | "now"> & Pick<Config, "apiBases" | "publicUrl">,
  jurisdictionId?: string,
): Promise<Record<string, GivenToEdge>> {
  const { database, vault, now, apiBases, publicUrl } = services;
  const given: Record<string, GivenToEdge> = {};
  for (const account of await everyAccount(database, vault)) {
    const channel = platforms.find(({ type, pageOf }) => type === account.channel && pageOf === undefined);
    if (channel === undefined || (jurisdictionId ?? account.jurisdictionId) !== account.jurisdictionId) continue;
    const store = postgresStore(database, vault, account.jurisdictionId, now);
    const apiBase = apiBases[channel.apiBaseVariable];
    const { abilities } = channel.connect(account, { apiBase, publicUrl, store, now, timeoutMs: 0 });
    given[`${channel.type}/${account.name}`] = {
      ...receivingPart(channel, account),
      ...(answersOnly(account, abilities) && { answersOnly: true }),
    };
  }
  return given;
}
