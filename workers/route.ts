import type { WaitingPeer } from "../src/casework/inbox.ts";
import type { Deliveries } from "./deliver.ts";
import { createPool } from "./pool.ts";

/** Hears what waits from one person; says which conversations have something to deliver now. */
export type Receive = (key: WaitingPeer) => Promise<{ conversations: readonly string[] }>;

/** What the queue's wake-up does: hear the person, then deliver in this process. */
export function createRoute(services: {
  readonly receive: Receive;
  readonly deliveries: Deliveries;
  readonly limit: number;
}): (key: WaitingPeer) => Promise<void> {
  const { receive, deliveries, limit } = services;
  const pool = createPool<WaitingPeer>(
    limit,
    (key) => `${key.accountId} ${key.peer}`,
    async (key) => {
      const { conversations } = await receive(key);
      deliveries.wake(key.jurisdictionId, conversations);
    },
  );
  return (key) => pool.run(key);
}
