import { pino } from "pino";
import { openDatabase } from "../../../db/database.ts";
import { postgresStore } from "../../../db/shared-store.ts";
import { createVault } from "../../../db/vault.ts";
import { createInbox } from "../../../src/casework/inbox/accept.ts";
import { createAccounts } from "../../../src/casework/runtime/accounts.ts";
import { channelOf, channels } from "../../../src/channels/registry.ts";
import { createApp } from "../../../src/http/app.ts";
import { listen } from "../../../src/http/listen.ts";
import { openQueues } from "../../../workers/queues.ts";
import type { BenchInstallation } from "../county.ts";
import { serveBenchmark, setup } from "./parent.ts";

/** The web process: what it accepts is stored, committed and announced; nobody works here. */
const installation = setup<BenchInstallation>();
const now = () => new Date();
const log = pino({ level: "silent" });
const vault = createVault(Buffer.from(installation.secret, "base64"));
const database = await openDatabase({ url: installation.databaseUrl });
const queues = await openQueues({ ...installation, now, log });
const accounts = createAccounts({
  database,
  vault,
  channels,
  apiBases: {},
  store: (id) => postgresStore(database, vault, id, now),
  now,
  timeoutMs: 5000,
});
const inbox = createInbox({ database, vault, now, announce: (wakeUp) => void queues.announceReceive([wakeUp]) });
const app = createApp({
  accounts,
  channelOf,
  inbox,
  passiveReply: async () => ({ kind: "nothing" }),
  now,
  maxAgeSeconds: 300,
  log,
  checks: {},
  publicUrl: "http://127.0.0.1",
});
const web = await listen(app.fetch, "127.0.0.1", 0);

serveBenchmark({
  ready: { url: `http://127.0.0.1:${web.port}` },
  async close() {
    await web.close();
    await inbox.close();
    await queues.close();
    await database.close();
  },
});
