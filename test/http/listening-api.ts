import { BlockList } from "node:net";
import type { Database } from "../../db/database.ts";
import { createVault, type Vault } from "../../db/vault.ts";
import { createApp } from "../../src/http/app.ts";
import { createFailures, type SessionLookup } from "../../src/http/auth.ts";
import { clientAddress } from "../../src/http/client-address.ts";
import { listen } from "../../src/http/listen.ts";
import { createTokenCache } from "../../src/http/token-cache.ts";
import { createLog } from "../../src/log.ts";
import { SECRET } from "../database.ts";

/** The API on a port of this machine, without webhooks. */
export type ListeningApi = {
  readonly base: string;
  /** What was logged since it was forgotten last. */
  logged(): string;
  forgetLog(): void;
  close(): Promise<void>;
};

/** @param services.tokens the database in which tokens are looked up, where it is not the one behind the API */
export async function listeningApi(services: {
  readonly database: Database;
  readonly tokens?: Database;
  readonly vault?: Vault;
  /** Whose session a request has; nobody's, when left out. */
  readonly sessions?: SessionLookup;
  readonly now: () => Date;
}): Promise<ListeningApi> {
  const { database, tokens = database, vault = createVault(SECRET), now, sessions } = services;
  let logged = "";
  const log = createLog("info", {
    write(line) {
      logged += line;
    },
  });
  const guard = {
    tokens: createTokenCache({ database: tokens, now }),
    failures: createFailures(),
    addressOf: clientAddress(new BlockList()),
    log,
    sessions,
  };
  const app = createApp({
    accounts: { find: async () => null, byId: async () => null },
    channelOf: () => null,
    inbox: { accept: async () => "stored", close: async () => undefined },
    passiveReply: async () => ({ kind: "nothing" }),
    now,
    maxAgeSeconds: 300,
    log,
    checks: { database: async () => true, queue: async () => true },
    publicUrl: "http://liaison.example",
    api: { guard, database, vault, timeZone: "Asia/Shanghai" },
  });
  const listening = await listen(app.fetch, "127.0.0.1", 0);
  return {
    base: `http://127.0.0.1:${listening.port}`,
    logged: () => logged,
    forgetLog() {
      logged = "";
    },
    close: () => listening.close(),
  };
}
