import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq, inArray } from "drizzle-orm";
import { pino } from "pino";
import postgres from "postgres";
import { v7 as newId } from "uuid";
import { openDatabase } from "../../db/database.ts";
import { openEmbedded } from "../../db/embedded/embedded.ts";
import { migrate } from "../../db/migrate.ts";
import { channelAccounts, jurisdictions } from "../../db/schema/county.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { openQueues } from "../../workers/queues.ts";
import { startWorkers } from "../../workers/start.ts";

/**
 * How long workers need for a backlog of outgoing messages that nobody announced, and how long a danger to life that
 * comes in the middle of it waits. `node test/bench/backlog.ts [rows]`; on the embedded Postgres, with a platform that
 * answers at once: what is measured is our own part.
 */
const ROWS = Number(process.argv[2] ?? 100_000);
const URGENT_AFTER = 0.2;
const folder = await mkdtemp(join(tmpdir(), "liaison-backlog-"));
const embedded = await openEmbedded({ folder, asService: true, say: () => undefined });
await migrate(embedded.url);
const database = await openDatabase({ url: embedded.url, maxConnections: 14 });
const now = () => new Date();
const log = pino({ level: "warn" }, pino.destination(2));
const [county, accountId] = [newId(), newId()];
const common = { jurisdictionId: county, createdAt: now() };
await database.inCounty(county, async (tx) => {
  await tx.insert(jurisdictions).values({ ...common, code: "bench", name: "bench" });
  const secrets = new Uint8Array();
  await tx.insert(channelAccounts).values({ ...common, id: accountId, channel: "c", name: "n", settings: {}, secrets });
});

async function fill(rows: number, kind: string): Promise<void> {
  const owner = postgres(embedded.url, { max: 1, onnotice: () => undefined });
  await owner.begin(async (tx) => {
    await tx`select set_config('liaison.jurisdiction', ${county}, true)`;
    await tx`
      with people as (
        insert into conversations (id, jurisdiction_id, account_id, peer, peer_sealed, created_at)
        select gen_random_uuid(), ${county}, ${accountId}, ${kind} || n, '', now() from generate_series(1, ${rows}::int) n
        returning id)
      insert into outbox (id, jurisdiction_id, conversation_id, kind, is_answer, content, state, not_before, created_at)
      select gen_random_uuid(), ${county}, id, ${kind}, false, '', 'waiting', now() - interval '1 minute', now() from people`;
  });
  if (rows > 1) await owner`analyze outbox, conversations`;
  await owner.end();
}

await fill(ROWS, "reply");
const queues = await openQueues({ databaseUrl: embedded.url, redisUrl: null, now, log });
const startedAt = performance.now();
let delivered = 0;
let urgent: { readonly at: number; waitedMs: number | null } | null = null;
const workers = await startWorkers({
  database,
  queues,
  now,
  log,
  receive: {
    next: async () => ({ conversations: [], outcomes: [], apart: [], isMore: false, urgent: false }),
    alone: async () => ({ conversations: [], outcomes: [] }),
  },
  async deliver({ conversationId }) {
    const sent = await database.inCounty(county, (tx) =>
      tx
        .update(outbox)
        .set({ state: "delivered", settledAt: now() })
        .where(and(eq(outbox.conversationId, conversationId), inArray(outbox.state, ["waiting", "sending"])))
        .returning({ kind: outbox.kind }),
    );
    delivered += sent.length;
    if (urgent !== null && sent.some(({ kind }) => kind === "emergency")) {
      urgent.waitedMs = performance.now() - urgent.at;
    }
    return { nextAt: null };
  },
  tick: async () => ({ conversations: [] }),
  concurrency: 8,
});
while (delivered < ROWS + 1) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  if (urgent === null && delivered > ROWS * URGENT_AFTER) {
    await fill(1, "emergency");
    urgent = { at: performance.now(), waitedMs: null };
  }
}
const seconds = (performance.now() - startedAt) / 1000;
console.log(
  `backlog  ${ROWS} messages in ${seconds.toFixed(0)} s, ${(ROWS / seconds).toFixed(0)}/s; a danger to life that came when ` +
    `${URGENT_AFTER * 100} % were done, unannounced, waited ${((urgent?.waitedMs ?? Number.NaN) / 1000).toFixed(1)} s`,
);
await workers.close();
await queues.close();
await database.close();
await embedded.close();
await rm(folder, { recursive: true, force: true });
