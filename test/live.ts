import type { Inbox } from "../src/casework/inbox/accept.ts";
import { accountsThatStayConnected } from "../src/casework/inbox/connected.ts";
import type { Runtime } from "../src/casework/runtime/runtime.ts";
import type { Channel } from "../src/channels/channel.ts";
import { type Live, startLive } from "../workers/live.ts";

/** The live connections of a test's service. */
export type TestLive = Live & {
  /** Lets the next messages that come fail to be stored. */
  failNext(count: number): void;
  /** Starts another process, as far as live connections go. */
  another(): Live;
};

/** Quick, and with a lease that a slow machine renews in time. */
const TIMES = { leaseMs: 4000, renewMs: 150, firstPauseMs: 20, longestPauseMs: 300 };

/** Stays connected as a service does; where no channel wants that, it does nothing. */
export function openLive(
  { database, accounts, log }: Runtime,
  inbox: Pick<Inbox, "accept">,
  channels: readonly Channel[],
): TestLive {
  const live = channels.filter((channel) => channel.live !== undefined);
  let failing = 0;
  const failingInbox: Pick<Inbox, "accept"> = {
    async accept(account, messages, arrival) {
      failing -= 1;
      if (failing >= 0) throw new Error("nothing is stored now");
      return inbox.accept(account, messages, arrival);
    },
  };
  const start = () =>
    startLive({
      ...{ database, accounts, log, inbox: failingInbox, times: TIMES, random: () => 0 },
      list: () => accountsThatStayConnected(database, live),
    });
  const first = live.length === 0 ? { close: async () => undefined } : start();
  return {
    close: first.close,
    another: start,
    failNext: (count) => {
      failing = count;
    },
  };
}
