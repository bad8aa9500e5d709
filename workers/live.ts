import type { Logger } from "pino";
import type { Database } from "../db/database.ts";
import type { Inbox } from "../src/casework/inbox/accept.ts";
import type { ConnectedAccount } from "../src/casework/inbox/connected.ts";
import type { Accounts } from "../src/casework/runtime/accounts.ts";
import type { Tally } from "../src/observe/watch.ts";
import { keepConnected, type LiveTimes } from "./live-account.ts";
import { every } from "./periodic.ts";

const LOOK_MS = 5000;
/** Three renewals may fail before another process takes over; the pauses between tries to connect grow from the first to the longest. */
const TIMES: LiveTimes = { leaseMs: 15_000, renewMs: 5000, firstPauseMs: 1000, longestPauseMs: 60_000 };

/** The live connections of this process. */
export type Live = {
  /** Closes those that this process holds and gives their leases back. */
  close(): Promise<void>;
};

/**
 * Starts the worker that stays connected to platforms which we call: of all processes one holds the connection of an account, which
 * a lease decides. What comes is stored before its platform is told.
 * @param services.list the accounts that stay connected; asked again and again, for accounts come and go
 * @param services.times the service's own when left out
 */
export function startLive(services: {
  readonly database: Database;
  readonly accounts: Accounts;
  readonly list: () => Promise<readonly ConnectedAccount[]>;
  readonly inbox: Pick<Inbox, "accept">;
  readonly log: Logger;
  readonly random?: () => number;
  readonly count?: Tally["connected"];
  readonly times?: LiveTimes;
}): Live {
  const { list, log, times = TIMES, random = Math.random, ...rest } = services;
  const kept = new Map<string, ReturnType<typeof keepConnected>>();

  const look = async (): Promise<void> => {
    const wanted = new Map((await list()).map((one) => [one.id, one]));
    for (const [id, keeper] of kept) {
      if (wanted.has(id)) continue;
      kept.delete(id);
      await keeper.close();
    }
    for (const [id, account] of wanted) {
      if (!kept.has(id)) kept.set(id, keepConnected({ ...rest, log, times, random }, account));
    }
  };
  const looking = every(Math.min(LOOK_MS, times.renewMs), "looking for accounts that stay connected", log, look);
  return {
    async close() {
      await looking.stop();
      await Promise.all([...kept.values()].map((keeper) => keeper.close()));
    },
  };
}
