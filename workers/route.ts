import type { WakeUp } from "../src/casework/inbox/accept.ts";
import type { Claimed, ClaimOrder } from "../src/casework/receive/claim.ts";
import type { ReceivedNext } from "../src/casework/receive/receive.ts";
import type { Tally, Tracing } from "../src/observe/watch.ts";
import type { Deliveries } from "./deliver.ts";
import type { Queues } from "./queues.ts";

/** The receiving side of casework, as the worker calls it. */
export type Receive = {
  /** Receives from whoever is next in a county, from several people in one transaction. */
  next(jurisdictionId: string, choice: Choice): Promise<ReceivedNext>;
  /** Receives from one person. */
  alone(person: Claimed): Promise<Pick<ReceivedNext, "conversations" | "outcomes">>;
};

/** Whom a look at the inbox takes. */
type Choice = {
  readonly limit: number;
  readonly order: ClaimOrder;
  /** Who has a transaction of their own. */
  readonly isApart: (person: Claimed) => boolean;
};

/** So many people share a transaction at most, and at first. */
const MOST_TOGETHER = 32;
const FIRST_TOGETHER = 4;
/** A transaction that took longer was shared by too many: it holds what others wait for, and is lost when its process dies. */
const LONG_MS = 1000;
/** After so long a worker lets other counties go first, however many wait in this one. */
const SHARE_MS = 250;
/** One of so many looks begins with those who wrote last: they may still be helped at once, whatever waits before them. */
const NEWEST_EVERY = 4;

/** A parent in whose trace every step is kept (W3C Trace Context 3.2.2.5: the last bit of the flags). */
const KEPT = /-[0-9a-f][13579bdf]$/;

/**
 * Creates the handler of wake-ups: it receives from whoever waits in the county, look after look, and delivers in this
 * process what comes of it.
 *
 * One wake-up keeps one worker busy until a look finds nobody: what somebody says while an earlier message of theirs is
 * being received, no other look can see, for the person is claimed then. Where a look does not see everybody, another
 * worker is woken, of this process or another, and so on until all are busy or nobody waits.
 */
export function createRoute(services: {
  readonly receive: Receive;
  readonly deliveries: Deliveries;
  readonly queues: Pick<Queues, "announceReceive">;
  readonly tally?: Tally;
  readonly tracing?: Tracing | null;
  /** A clock that never goes back, in milliseconds; this process's when left out. */
  readonly elapsedMs?: () => number;
}): (wakeUp: WakeUp) => Promise<void> {
  const { receive, deliveries, queues, tally, tracing = null, elapsedMs = () => performance.now() } = services;
  const counted = async <T extends Pick<ReceivedNext, "outcomes">>(receiving: Promise<T>): Promise<T> => {
    const received = await receiving.catch((error) => {
      tally?.processingFailed();
      throw error;
    });
    tally?.processed(received.outcomes);
    return received;
  };
  /** @returns how many messages took effect */
  const receiveAlone = async (person: Claimed): Promise<number> => {
    const run = async () => {
      const { conversations, outcomes } = await counted(receive.alone(person));
      deliveries.wake(person.jurisdictionId, conversations, person.urgent);
      return outcomes.length;
    };
    return tracing === null ? run() : tracing.step("receive", { parents: person.traces }, run);
  };
  let together = FIRST_TOGETHER;
  const look = async (jurisdictionId: string, order: ClaimOrder): Promise<ReceivedNext> => {
    const choice = { limit: together, order, isApart: isFollowed };
    const begin = elapsedMs();
    const received = await counted(receive.next(jurisdictionId, choice));
    const isLong = elapsedMs() - begin > LONG_MS;
    if (isLong) together = Math.max(1, Math.floor(choice.limit / 2));
    else if (received.isMore) together = Math.min(MOST_TOGETHER, Math.max(together, 2 * choice.limit));
    deliveries.wake(jurisdictionId, received.conversations, received.urgent);
    return received;
  };

  return async ({ jurisdictionId }) => {
    const until = elapsedMs() + SHARE_MS;
    for (let looks = 1; ; looks += 1) {
      const order = looks % NEWEST_EVERY === 0 ? "newest" : "oldest";
      const { apart, isMore, urgent, outcomes } = await look(jurisdictionId, order);
      if (isMore && looks === 1) void queues.announceReceive([{ jurisdictionId, urgent }]);
      let heard = outcomes.length;
      for (const person of apart) heard += await receiveAlone(person);
      if (heard === 0 && !isMore) return;
      if (elapsedMs() < until) continue;
      await queues.announceReceive([{ jurisdictionId, urgent }]);
      return;
    }
  };
}

/** Whose messages are followed is received from alone, so that all that comes of them is seen in their trace; few are, of many. */
function isFollowed({ traces }: Claimed): boolean {
  return traces.some((parent) => KEPT.test(parent));
}
