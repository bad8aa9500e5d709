import type { Logger } from "pino";
import type { WaitingConversation } from "../src/casework/backlog/waiting.ts";
import type { Tracing } from "../src/observe/watch.ts";
import { createCoalescer } from "./coalesce.ts";
import { createPool } from "./keyed-pool.ts";
import type { Queues } from "./queues.ts";

/** A function that delivers what waits for a conversation; it says when to look again. */
export type Deliver = (key: WaitingConversation) => Promise<{ nextAt: Date | null }>;

/** The deliveries of this process. */
export type Deliveries = {
  /**
   * Delivers at once, in this process: a wake-up through the queue would cost an answer its speed.
   * @param urgent whether it tells of a danger to life; before all others, where others must help
   */
  wake(jurisdictionId: string, conversations: readonly string[], urgent?: boolean): void;
  /** For the queue: resolves when it is delivered or waits for its time. */
  run(key: WaitingConversation): Promise<void>;
  idle(): Promise<void>;
};

/** Which of a county's conversations have anything to be sent. */
type StillToSend = (jurisdictionId: string, conversationIds: readonly string[]) => Promise<ReadonlySet<string>>;

/** When so many wait in this process, others are asked to help. */
const OWN_BACKLOG = 200;

/**
 * Creates the deliveries of a process.
 * @param services.limit how many conversations are delivered to at once
 * @param services.stillToSend asked about those that the queue names at once: each process that sweeps announces a backlog, so
 *   that with several of them most of it has left when it is named again. Nothing is asked, when left out
 */
export function createDeliveries(services: {
  readonly deliver: Deliver;
  readonly stillToSend?: StillToSend;
  readonly queues: Queues;
  readonly log: Logger;
  readonly limit: number;
  readonly tracing?: Tracing | null;
}): Deliveries {
  const { deliver, queues, log, limit, tracing = null } = services;
  const send = async ({ traces: _, ...key }: WaitingConversation): Promise<void> => {
    const { nextAt } = await deliver(key);
    if (nextAt !== null) await queues.announceDeliver([key], nextAt);
  };
  const pool = createPool<WaitingConversation>(
    limit,
    (key) => key.conversationId,
    (key) => (tracing === null ? send(key) : tracing.step("deliver", { parents: key.traces }, () => send(key))),
  );
  const named = createCoalescer<WaitingConversation>(async (keys) => {
    const isAlone = keys.length === 1 || services.stillToSend === undefined;
    const wanted = new Set(isAlone ? keys : await thoseThatWait(services.stillToSend, keys));
    return async (key) => (wanted.has(key) ? pool.run(key) : undefined);
  });
  return {
    wake(jurisdictionId, conversations, urgent = false) {
      const keys = conversations.map((conversationId) => ({ jurisdictionId, conversationId, urgent }));
      if (pool.size() >= OWN_BACKLOG) {
        void queues.announceDeliver(keys);
        return;
      }
      for (const key of keys) {
        pool.run(key).catch((error) => log.error({ err: error }, "a delivery failed and will be tried again"));
      }
    },
    run: (key) => named.join(key),
    async idle() {
      await named.idle();
      await pool.idle();
    },
  };
}

async function thoseThatWait(
  stillToSend: StillToSend,
  keys: readonly WaitingConversation[],
): Promise<readonly WaitingConversation[]> {
  const counties = [...Map.groupBy(keys, (key) => key.jurisdictionId)];
  const waiting = await Promise.all(
    counties.map(async ([jurisdictionId, some]) => {
      const ids = await stillToSend(
        jurisdictionId,
        some.map((key) => key.conversationId),
      );
      return some.filter((key) => ids.has(key.conversationId));
    }),
  );
  return waiting.flat();
}
