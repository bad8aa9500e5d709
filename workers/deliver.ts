import type { Logger } from "pino";
import type { WaitingConversation } from "../src/casework/waiting.ts";
import type { Tracing } from "../src/observe/watch.ts";
import { createPool } from "./pool.ts";
import type { Queues } from "./queues.ts";

/** Sends what waits for a conversation; says when to look again. */
export type Deliver = (key: WaitingConversation) => Promise<{ nextAt: Date | null }>;

/** What this process delivers. */
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

/** When so many wait in this process, others are asked to help. */
const OWN_BACKLOG = 200;

/** @param limit how many conversations are delivered to at once */
export function createDeliveries(services: {
  readonly deliver: Deliver;
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
    run: (key) => pool.run(key),
    idle: () => pool.idle(),
  };
}
