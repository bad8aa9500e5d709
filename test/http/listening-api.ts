import { BlockList } from "node:net";
import type { Database } from "../../db/database.ts";
import { createVault, type Vault } from "../../db/vault.ts";
import { ERRAND_KINDS } from "../../src/casework/errand-kinds/registry.ts";
import { createLive, type Live } from "../../src/casework/live/live.ts";
import type { Runtime } from "../../src/casework/runtime/runtime.ts";
import { countyOfHost } from "../../src/casework/sign-in/county-of-host.ts";
import { createSignIn } from "../../src/casework/sign-in/services.ts";
import type { CaseServices } from "../../src/http/api/cases/act.ts";
import type { StreamTimes } from "../../src/http/api/live/live.ts";
import { createApp } from "../../src/http/app.ts";
import { createFailures, type SessionLookup } from "../../src/http/auth.ts";
import { clientAddress } from "../../src/http/client-address.ts";
import { sessionLookup } from "../../src/http/from-browser.ts";
import { listen } from "../../src/http/listen.ts";
import { createTokenCache } from "../../src/http/token-cache.ts";
import { createLog } from "../../src/log.ts";
import { SECRET } from "../database.ts";

/** The API on a port of this machine, without webhooks. */
export type ListeningApi = {
  readonly base: string;
  readonly live: Live;
  /** What was logged since it was forgotten last. */
  logged(): string;
  forgetLog(): void;
  close(): Promise<void>;
};

/** @param services.tokens the database in which tokens are looked up, where it is not the one behind the API */
export async function listeningApi(services: {
  readonly database: Database;
  readonly tokens?: Database;
  readonly now: () => Date;
  /** What the operations on cases stand on; there are none without it. */
  readonly runtime?: Runtime;
  /** Told of accounts that were written. */
  readonly register?: CaseServices["register"];
  /** Whose session a request has; nobody has one where this is left out. */
  readonly sessions?: SessionLookup;
  /** By which people sign in; nobody does, when left out. */
  readonly vault?: Vault;
  readonly publicUrl?: string;
  readonly asksSecondFactor?: boolean;
  readonly trustedProxies?: BlockList;
  readonly streamTimes?: StreamTimes;
}): Promise<ListeningApi> {
  const { database, tokens = database, now, vault, runtime, sessions, publicUrl = "http://liaison.example" } = services;
  let logged = "";
  const log = createLog("info", {
    write(line) {
      logged += line;
    },
  });
  const addressOf = clientAddress(services.trustedProxies ?? new BlockList());
  const { asksSecondFactor = true } = services;
  const browsers = vault && {
    signIn: createSignIn({ database, vault, publicUrl, asksSecondFactor }),
    countyOf: countyOfHost(database),
    addressOf,
  };
  const guard = {
    tokens: createTokenCache({ database: tokens, now }),
    sessions: browsers && sessionLookup(browsers),
    failures: createFailures(),
    addressOf,
    log,
    ...(sessions && { sessions }),
  };
  const live = createLive({ database, vault: vault ?? createVault(SECRET), now, log, kinds: ERRAND_KINDS });
  const app = createApp({
    accounts: { find: async () => null, named: async () => [], byId: async () => null },
    channelOf: () => null,
    inbox: { accept: async () => "stored", close: async () => undefined },
    passiveReply: async () => ({ kind: "nothing" }),
    now,
    maxAgeSeconds: 300,
    log,
    checks: { database: async () => true, queue: async () => true },
    publicUrl,
    api: {
      guard,
      database,
      vault: vault ?? createVault(SECRET),
      timeZone: "Asia/Shanghai",
      browsers,
      live,
      ...(services.streamTimes && { streamTimes: services.streamTimes }),
      ...(runtime && {
        casework: { runtime: { ...runtime, log }, ...(services.register && { register: services.register }) },
      }),
    },
  });
  const listening = await listen(app.fetch, "127.0.0.1", 0);
  return {
    live,
    base: `http://127.0.0.1:${listening.port}`,
    logged: () => logged,
    forgetLog() {
      logged = "";
    },
    async close() {
      await live.close();
      await listening.close();
    },
  };
}
