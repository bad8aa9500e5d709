import type { Logger } from "pino";
import type { Database } from "../db/database.ts";
import { extendChains } from "../src/casework/audit/chain.ts";
import { stillToSend } from "../src/casework/backlog/waiting.ts";
import type { Tally, Tracing } from "../src/observe/watch.ts";
import { withTimeout } from "../src/with-timeout.ts";
import { passTime, type Tick } from "./clock.ts";
import { createDeliveries, type Deliver } from "./deliver.ts";
import { every } from "./periodic.ts";
import type { Queues } from "./queues.ts";
import { createRoute, type Receive } from "./route.ts";
import { createSweep } from "./sweep.ts";

/** The workers of this process. */
export type Workers = {
  /** Takes no more work and waits until what is under way has ended, or is left to others after eight seconds. */
  close(): Promise<void>;
};

/** Calls out to platforms wait most of their time, and need no database connection while they do. */
const DELIVERIES_AT_ONCE = 32;
const SWEEP_PAUSE_MS = 3000;
const TICK_PAUSE_MS = 5000;
const LINK_PAUSE_MS = 5000;
/** How often it is asked whether a ledger is to be verified; the first time when a process has started in peace. */
const VERIFY_PAUSE_MS = 60_000;
const VERIFY_FIRST_MS = 30_000;
/** How often it is asked whether something is to be said in the log once a day. */
const REMIND_PAUSE_MS = 10 * 60_000;
const REMIND_FIRST_MS = 30_000;
const FINISH_LIMIT_MS = 8000;

/**
 * Starts all background work of a process: receiving, delivering, sweeping, what is due by time, linking the ledger and
 * verifying it, reminding.
 * @param services.concurrency how many transactions hear people at once; not more than there are database connections
 */
export async function startWorkers(services: {
  readonly database: Database;
  readonly queues: Queues;
  readonly now: () => Date;
  readonly log: Logger;
  readonly receive: Receive;
  readonly deliver: Deliver;
  readonly tick: Tick;
  /** Verifies what is due until it is told to stop; nothing is verified, when left out. */
  readonly verify?: (signal: AbortSignal) => Promise<unknown>;
  /** How long after the start that is asked for first. */
  readonly verifyFirstMs?: number;
  /** Says in the log what somebody must see to in time; nothing is said, when left out. */
  readonly remind?: () => Promise<unknown>;
  readonly concurrency: number;
  readonly tally?: Tally;
  readonly tracing?: Tracing | null;
}): Promise<Workers> {
  const { database, queues, now, log, concurrency, tally, tracing } = services;
  const deliveries = createDeliveries({
    deliver: services.deliver,
    stillToSend: (jurisdictionId, ids) => stillToSend(database, jurisdictionId, ids),
    queues,
    log,
    limit: DELIVERIES_AT_ONCE,
    tracing,
  });
  const route = createRoute({ receive: services.receive, deliveries, queues, tally, tracing });
  const taking = await queues.work({ receive: route, deliver: deliveries.run, concurrency });
  const sweep = createSweep({ database, queues, now, log, receive: route, deliver: deliveries.run });
  const sweeping = every(SWEEP_PAUSE_MS, "the sweep", log, sweep);
  const ticking = every(TICK_PAUSE_MS, "the clock", log, () =>
    passTime({ database, tick: services.tick, deliveries, log }),
  );
  const linking = every(LINK_PAUSE_MS, "linking events", log, () => extendChains(database));
  const stopping = new AbortController();
  const verifying = every(
    VERIFY_PAUSE_MS,
    "verifying the ledger",
    log,
    async () => services.verify?.(stopping.signal),
    services.verifyFirstMs ?? VERIFY_FIRST_MS,
  );
  const reminding = every(REMIND_PAUSE_MS, "reminding", log, async () => services.remind?.(), REMIND_FIRST_MS);
  return {
    async close() {
      stopping.abort();
      const periodic = [sweeping, ticking, linking, verifying, reminding].map((one) => one.stop());
      const ended = Promise.all([...periodic, taking.close()]).then(() => deliveries.idle());
      await withTimeout(FINISH_LIMIT_MS, ended).catch((error) =>
        log.warn({ err: error }, "some work is left to others"),
      );
    },
  };
}
