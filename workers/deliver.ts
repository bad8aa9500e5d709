import type { Logger } from "pino";
import type { WaitingConversation } from "../src/casework/waiting.ts";
import { createPool } from "./pool.ts";
import type { Queues } from "./queues.ts";

/** Sends what waits for a conversation; says when to look again. */
export type Deliver = (key: WaitingConversation) => Promise<{ nextAt: Date | null }>;

/** What this process delivers. */
export type Deliveries = {
  /** Delivers at once, in this process: a wake-up through the queue would cost an answer its speed. */
  wake(jurisdictionId: string, conversations: readonly string[]): void;
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
}): Deliveries {
  const { deliver, queues, log, limit } = services;
  const pool = createPool<WaitingConversation>(
    limit,
    (key) => key.conversationId,
    async (key) => {
      const { nextAt } = await deliver(key);
      if (nextAt !== null) await queues.announceDeliver([key], nextAt);
    },
  );
  return {
    wake(jurisdictionId, conversations) {
      const keys = conversations.map((conversationId) => ({ jurisdictionId, conversationId }));
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
