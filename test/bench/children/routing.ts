import { setTimeout as pause } from "node:timers/promises";
import { isNull, sql } from "drizzle-orm";
import { pino } from "pino";
import { inbox } from "../../../db/schema/conversations.ts";
import { createInbox } from "../../../src/casework/inbox/accept.ts";
import { receive, receiveNext } from "../../../src/casework/receive/receive.ts";
import { inboundOf } from "../../../src/domain/messages/inbound.ts";
import { openInstallation } from "../../../src/process/installation.ts";
import { openRuntime } from "../../../src/process/runtime.ts";
import { openQueues } from "../../../workers/queues.ts";
import { startWorkers } from "../../../workers/start.ts";
import type { BenchInstallation } from "../county.ts";
import { configOf } from "../installation.ts";
import { serveBenchmark, setup } from "./parent.ts";

/** A worker process: it hears what waits; what is then to be delivered stays in the outbox. */
const setUp = setup<BenchInstallation>();
const config = configOf(setUp);
const log = pino({ level: "silent" });
const installation = await openInstallation(config, { asService: false, maxConnections: 14, say: () => undefined });
const { runtime, close } = await openRuntime(installation, config, log);
const queues = await openQueues({ ...setUp, now: runtime.now, log });

serveBenchmark({
  on: { route },
  async close() {
    await queues.close();
    await close();
    await installation.close();
  },
});

/** Stores these texts of as many residents, announces them, and hears them all. */
async function route(texts: readonly string[]): Promise<{ perSecond: number; assigned: number }> {
  const account = await runtime.accounts.byId(setUp.jurisdictionId, setUp.accountId);
  if (account === null) throw new Error("the account is gone");
  const { database, vault, now } = runtime;
  const intake = createInbox({ database, vault, now, announce: () => undefined });
  await intake.accept(
    account.account,
    texts.map((text, index) =>
      inboundOf({
        dedupeKey: `routing_${text}`,
        sender: `o_resident_${text.length}_${index}_${texts.length}_${now().getTime()}`,
        sentAt: now(),
        window: { messages: 5, durationMs: 48 * 3_600_000 },
        content: { kind: "text" as const, text },
      }),
    ),
  );
  await queues.announceReceive([setUp]);
  let heard = 0;
  const { promise: done, resolve: allHeard } = Promise.withResolvers<void>();
  const counted = <T extends { readonly outcomes: readonly string[] }>(result: T): T => {
    heard += result.outcomes.length;
    if (heard >= texts.length) allHeard();
    return result;
  };
  const begin = performance.now();
  const workers = await startWorkers({
    database,
    queues,
    now,
    log,
    receive: {
      next: async (jurisdictionId, choice) => counted(await receiveNext(runtime, jurisdictionId, choice)),
      alone: async (person) => counted(await receive(runtime, person)),
    },
    deliver: async () => ({ nextAt: null }),
    tick: async () => ({ conversations: [] }),
    concurrency: 8,
  });
  await done;
  while ((await countWaiting()) > 0) await pause(5);
  const tookMs = performance.now() - begin;
  await workers.close();
  return { perSecond: (texts.length / tookMs) * 1000, assigned: await countAssigned() };
}

async function countWaiting(): Promise<number> {
  return runtime.database.inCounty(setUp.jurisdictionId, async (tx) => tx.$count(inbox, isNull(inbox.processedAt)));
}

async function countAssigned(): Promise<number> {
  const [row] = await runtime.database.inCounty(setUp.jurisdictionId, (tx) =>
    tx.execute<{ count: number }>(sql`select count(*)::int as count from cases where state = 'assigned'`),
  );
  return row?.count ?? 0;
}
