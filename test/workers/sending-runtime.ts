import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { pino } from "pino";
import { openDatabase } from "../../db/database.ts";
import { postgresStore } from "../../db/shared-store.ts";
import { createVault } from "../../db/vault.ts";
import { createAtlasStore } from "../../src/casework/county/atlas-store.ts";
import { createAccounts } from "../../src/casework/runtime/accounts.ts";
import { mediaStore } from "../../src/casework/runtime/media-store.ts";
import { openReader } from "../../src/casework/runtime/open-reader.ts";
import type { Runtime } from "../../src/casework/runtime/runtime.ts";
import { channels } from "../../src/channels/registry.ts";

/** Where a process of the tests sends from: a database, its key, the platform. */
export type SendingFrom = { readonly url: string; readonly secret: string; readonly apiBase: string };

/** What `deliver` needs, in whichever process; the test's own, or one that the test stops. */
export async function openSendingRuntime({ url, secret, apiBase }: SendingFrom): Promise<{
  readonly runtime: Runtime;
  close(): Promise<void>;
}> {
  const database = await openDatabase({ url, maxConnections: 2 });
  const directory = await openDatabase({ url, maxConnections: 1 });
  const vault = createVault(Buffer.from(secret, "base64"));
  const now = () => new Date();
  const accounts = createAccounts({
    database: directory,
    vault,
    channels,
    apiBases: { WECHAT_API_BASE: apiBase },
    store: (jurisdictionId) => postgresStore(database, vault, jurisdictionId, now),
    now,
    timeoutMs: 5_000,
  });
  const runtime: Runtime = {
    database,
    vault,
    now,
    random: () => 0,
    timeZone: "Asia/Shanghai",
    accounts,
    atlases: createAtlasStore(),
    reader: openReader(),
    media: mediaStore(tmpdir()),
    log: pino({ level: "silent" }),
  };
  return {
    runtime,
    async close() {
      await directory.close();
      await database.close();
    },
  };
}

/** An account as `channel add` takes it, made up. */
export function madeUpAccount() {
  return {
    name: "oa",
    appId: `wx${randomBytes(8).toString("hex")}`,
    appSecret: randomBytes(16).toString("hex"),
    token: randomBytes(8).toString("hex"),
    aesKey: randomBytes(32).toString("base64").slice(0, 43),
  };
}
