import { join } from "node:path";
import { Redis } from "ioredis";
import type { Logger } from "pino";
import { openDatabase } from "../../db/database.ts";
import { postgresStore, redisStore } from "../../db/shared-store.ts";
import { createAtlasStore } from "../casework/county/atlas-store.ts";
import { createAccounts } from "../casework/runtime/accounts.ts";
import { mediaStore } from "../casework/runtime/media-store.ts";
import { openReader } from "../casework/runtime/open-reader.ts";
import type { Runtime } from "../casework/runtime/runtime.ts";
import { createVoter } from "../casework/runtime/voter.ts";
import { openMailbox } from "../casework/web-chat/mailbox.ts";
import type { SharedStore } from "../channels/channel.ts";
import { channels } from "../channels/registry.ts";
import type { Config } from "../config.ts";
import type { Installation } from "./installation.ts";

/** A platform that has not answered by then is taken for one that will not; a process that stops waits for it. */
const PLATFORM_LIMIT_MS = 7_000;
/** A connection to Redis that ended unnoticed is detected after this time; meanwhile the token is requested anew. */
const REDIS = {
  maxRetriesPerRequest: 2,
  connectTimeout: 3000,
  commandTimeout: 2000,
  socketTimeout: 4000,
  keepAlive: 5000,
};

/** The runtime of this process, with a function that closes it. */
export type OpenRuntime = { readonly runtime: Runtime; close(): Promise<void> };

/**
 * Opens the runtime over an installation.
 * @param log for what happens in it
 */
export async function openRuntime(installation: Installation, config: Config, log: Logger): Promise<OpenRuntime> {
  // Accounts are looked up inside other transactions: with a connection of their own, they never wait for one of these.
  const directory = await openDatabase({ login: installation.database.login, maxConnections: 1 });
  const values = openValues(installation, config, log);
  const accounts = createAccounts({
    database: directory,
    vault: installation.vault,
    channels,
    apiBases: config.apiBases,
    store: values.of,
    mailbox: (account) => openMailbox(installation, account),
    publicUrl: config.publicUrl,
    now: installation.now,
    timeoutMs: PLATFORM_LIMIT_MS,
  });
  const runtime: Runtime = {
    database: installation.database,
    vault: installation.vault,
    now: installation.now,
    random: Math.random,
    timeZone: config.timeZone,
    accounts,
    atlases: createAtlasStore(),
    media: mediaStore(join(config.dataFolder, "media")),
    reader: openReader(),
    publicUrl: config.publicUrl,
    receivesAt: config.edge?.url ?? config.publicUrl,
    ...(config.clockOffsetMs !== 0 && { unmoved: () => new Date() }),
    ...(config.model !== null && { voter: createVoter(config.model) }),
    log,
  };
  return {
    runtime,
    async close() {
      await directory.close();
      values.close();
    },
  };
}

/** Where the processes of a county share access tokens: in Redis where there is one, otherwise in the database. */
function openValues(
  installation: Installation,
  config: Config,
  log: Logger,
): { of(jurisdictionId: string): SharedStore; close(): void } {
  const { database, vault, now } = installation;
  if (config.redisUrl === null) {
    return { of: (jurisdictionId) => postgresStore(database, vault, jurisdictionId, now), close: () => undefined };
  }
  const redis = new Redis(config.redisUrl, REDIS);
  redis.on("error", (error) => log.warn({ err: error }, "Redis has trouble keeping shared values"));
  return {
    of: (jurisdictionId) => redisStore(redis, vault, `liaison:${jurisdictionId}`),
    close: () => redis.disconnect(),
  };
}
