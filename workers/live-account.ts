import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { Database } from "../db/database.ts";
import { dropLease, takeLease } from "../src/casework/county/lease.ts";
import type { Inbox } from "../src/casework/inbox/accept.ts";
import type { ConnectedAccount } from "../src/casework/inbox/connected.ts";
import type { Accounts, FoundAccount } from "../src/casework/runtime/accounts.ts";
import type { Tally } from "../src/observe/watch.ts";
import { withTimeout } from "../src/with-timeout.ts";
import { every } from "./periodic.ts";

/** The times of live connections. A lease ends by itself after `leaseMs`; it is renewed every `renewMs`. */
export type LiveTimes = {
  readonly leaseMs: number;
  readonly renewMs: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
};

type Services = {
  readonly database: Database;
  readonly accounts: Accounts;
  readonly inbox: Pick<Inbox, "accept">;
  readonly log: Logger;
  readonly random: () => number;
  readonly count?: Tally["connected"];
  readonly times: LiveTimes;
};

/** What a connection was opened with, and what ends it. */
type Held = { readonly secrets: string; readonly ending: AbortController; readonly ended: Promise<void> };

/**
 * Keeps one account connected while this process has its lease, until it is closed.
 *
 * A process that cannot renew its lease closes before the lease is over, so that no two hold the connection for long; what both may
 * have heard meanwhile is one message, by its key.
 */
export function keepConnected(services: Services, account: ConnectedAccount): { close(): Promise<void> } {
  const { database, accounts, log, count, times } = services;
  const { jurisdictionId, id, channel, name } = account;
  const lease = { name: `live:${id}`, holder: randomBytes(16) };
  let held: Held | null = null;
  let deadline: NodeJS.Timeout | undefined;

  const letGo = (why: string): void => {
    clearTimeout(deadline);
    held?.ending.abort(why);
  };
  const hold = (found: FoundAccount, secrets: string): Held => {
    const ending = new AbortController();
    const ended = holdOn(services, { account, found }, ending.signal).finally(() => {
      if (held?.ending === ending) held = null;
    });
    return { secrets, ending, ended };
  };
  /** Takes or renews the lease; null where nobody knows whether it was. */
  const renew = (): Promise<boolean | null> =>
    withTimeout(times.renewMs, takeLease(database, jurisdictionId, { ...lease, ms: times.leaseMs })).catch(() => null);

  const beat = async (): Promise<void> => {
    const startedAt = performance.now();
    const isOurs = await renew();
    if (isOurs === false) letGo("another process has taken over");
    if (isOurs !== true) return;
    clearTimeout(deadline);
    const leftMs = times.leaseMs - times.renewMs / 2 - (performance.now() - startedAt);
    deadline = setTimeout(() => letGo("the lease could not be renewed"), Math.max(0, leftMs));
    const found = await accounts.byId(jurisdictionId, id);
    const secrets = found === null ? "" : JSON.stringify([found.account.settings, found.account.secrets]);
    if (held !== null && held.secrets !== secrets) letGo("the account was changed");
    await (held?.ending.signal.aborted === true ? held.ended : undefined);
    if (held === null && found?.live !== undefined) held = hold(found, secrets);
  };

  count?.(channel, name, false);
  const beating = every(times.renewMs, "keeping an account connected", log, beat);
  return {
    async close() {
      await beating.stop();
      letGo("this process ends");
      await held?.ended;
      count?.(channel, name, null);
      await withTimeout(times.renewMs, dropLease(database, jurisdictionId, lease)).catch(() => undefined);
    },
  };
}

/** Connects again and again until it is told to end; each time after a pause that grows while connections do not last. */
async function holdOn(
  { inbox, log, random, count, times }: Services,
  { account: { channel, name }, found }: { readonly account: ConnectedAccount; readonly found: FoundAccount },
  signal: AbortSignal,
): Promise<void> {
  const ended = new Promise<string>((resolve) => {
    signal.addEventListener("abort", () => resolve(String(signal.reason)), { once: true });
  });
  const hand: Parameters<NonNullable<FoundAccount["live"]>>[0] = async (messages) => {
    try {
      await inbox.accept(found.account, messages);
    } catch (error) {
      log.error({ err: error, channel, account: name }, "messages could not be stored");
      throw error;
    }
  };
  for (let failures = 0; !signal.aborted; ) {
    const openedAt = performance.now();
    try {
      const connection = await found.live?.(hand);
      if (connection === undefined) return;
      count?.(channel, name, true);
      log.info({ channel, account: name }, "an account is connected");
      const reason = await Promise.race([connection.closed, ended]);
      await connection.close();
      log.info({ channel, account: name, reason }, "an account's connection ended");
    } catch (error) {
      const reason = error instanceof Error ? error.message : "unknown";
      log.warn({ channel, account: name, reason }, "an account could not be connected");
    }
    count?.(channel, name, false);
    failures = performance.now() - openedAt > times.longestPauseMs ? 1 : failures + 1;
    if (!signal.aborted)
      await pause(pauseAfter(failures, random(), times), undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/**
 * The pause before the next try to connect, in milliseconds: doubling from the first to the longest, with up to a quarter less, for
 * all accounts lose their connections at once when their platform goes.
 * @param failures how many connections in a row did not last, from 1
 * @param random 0 to 1
 */
export function pauseAfter(
  failures: number,
  random: number,
  times: Pick<LiveTimes, "firstPauseMs" | "longestPauseMs">,
): number {
  const pauseMs = Math.min(times.longestPauseMs, times.firstPauseMs * 2 ** Math.min(failures - 1, 20));
  return Math.max(times.firstPauseMs, Math.round(pauseMs * (1 - random / 4)));
}
