import type { WaitingPeer } from "../src/casework/inbox/accept.ts";
import type { Tally, Tracing } from "../src/observe/watch.ts";
import { createBatchRunner } from "./batch-runner.ts";
import type { Deliveries } from "./deliver.ts";
import { createPool } from "./keyed-pool.ts";

/**
 * Hears what waits from these people of one county; says which conversations have something to deliver now, where
 * messages ended, and who must be heard alone.
 */
export type Receive = (keys: readonly WaitingPeer[]) => Promise<{
  readonly conversations: readonly string[];
  readonly outcomes: readonly string[];
  readonly apart: readonly WaitingPeer[];
}>;

/** So many people share a transaction when more wait than can be heard at once. */
const RECEIVED_TOGETHER = 32;

/** A parent in whose trace every step is kept (W3C Trace Context 3.2.2.5: the last bit of the flags). */
const KEPT = /-[0-9a-f][13579bdf]$/;

/** What the queue's wake-up does: hear the person, beside others where many wait, then deliver in this process. */
export function createRoute(services: {
  readonly receive: Receive;
  readonly deliveries: Deliveries;
  readonly limit: number;
  readonly tally?: Tally;
  readonly tracing?: Tracing | null;
}): (key: WaitingPeer) => Promise<void> {
  const { receive, deliveries, limit, tally, tracing = null } = services;
  const dispatch = async (keys: readonly WaitingPeer[]): Promise<readonly WaitingPeer[]> => {
    const { conversations, outcomes, apart } = await receive(keys).catch((error) => {
      tally?.processingFailed();
      throw error;
    });
    tally?.processed(outcomes);
    const [first] = keys;
    if (first !== undefined) deliveries.wake(first.jurisdictionId, conversations, first.urgent);
    return apart;
  };
  const batches = createBatchRunner<WaitingPeer>(
    {
      limit,
      size: RECEIVED_TOGETHER,
      groupOf: (key) => `${key.jurisdictionId} ${key.urgent === true} ${isFollowed(key) ? nameOf(key) : ""}`,
      isFirst: ({ urgent = false }) => urgent,
    },
    (keys) =>
      tracing === null
        ? dispatch(keys)
        : tracing.step("receive", { parents: keys.flatMap(({ traces = [] }) => traces) }, () => dispatch(keys)),
  );
  const people = createPool<WaitingPeer>(Number.POSITIVE_INFINITY, nameOf, (key) => batches.run(key));
  return (key) => people.run(key);
}

function nameOf({ accountId, peer }: WaitingPeer): string {
  return `${accountId} ${peer}`;
}

/** Whose messages are followed is heard alone, so that all that comes of them is seen in their trace; few are, of many. */
function isFollowed({ traces = [] }: WaitingPeer): boolean {
  return traces.some((parent) => KEPT.test(parent));
}
