import type { WaitingPeer } from "../src/casework/inbox.ts";
import type { Tally, Tracing } from "../src/observe/watch.ts";
import type { Deliveries } from "./deliver.ts";
import { createPool } from "./pool.ts";

/** Hears what waits from one person; says which conversations have something to deliver now, and where messages ended. */
export type Receive = (key: WaitingPeer) => Promise<{ conversations: readonly string[]; outcomes: readonly string[] }>;

/** What the queue's wake-up does: hear the person, then deliver in this process. */
export function createRoute(services: {
  readonly receive: Receive;
  readonly deliveries: Deliveries;
  readonly limit: number;
  readonly tally?: Tally;
  readonly tracing?: Tracing | null;
}): (key: WaitingPeer) => Promise<void> {
  const { receive, deliveries, limit, tally, tracing = null } = services;
  const hear = async (key: WaitingPeer): Promise<void> => {
    const { conversations, outcomes } = await receive(key).catch((error) => {
      tally?.hearingFailed();
      throw error;
    });
    tally?.heard(outcomes);
    deliveries.wake(key.jurisdictionId, conversations, key.urgent);
  };
  const pool = createPool<WaitingPeer>(
    limit,
    (key) => `${key.accountId} ${key.peer}`,
    (key) => (tracing === null ? hear(key) : tracing.step("receive", { parents: key.traces }, () => hear(key))),
  );
  return (key) => pool.run(key);
}
