import type { SenderServices, SendOutcome } from "./channel.ts";

type Wait = Extract<SendOutcome, { outcome: "retry" }>;

/** The pace at which one sender writes to each of its addresses, in this process. */
export type AddressPace = {
  /** Counts a message to an address. @returns null where it may leave now, else how long it is to wait */
  take(address: string): Wait | null;
};

const MINUTE_MS = 60_000;
/** With so many addresses, those that were not written to for a minute are forgotten. */
const MANY = 1000;

/**
 * Creates the pace of a sender: at most so many messages a minute to one address. What is above it waits in the outbox, for a
 * platform throws it away or blocks the sender.
 */
export function createAddressPace({ now }: Pick<SenderServices, "now">, perMinute: number): AddressPace {
  const sent = new Map<string, number[]>();

  const forget = (sinceMs: number): void => {
    for (const [address, times] of sent) if ((times.at(-1) ?? 0) <= sinceMs) sent.delete(address);
  };

  return {
    take(address) {
      const atMs = now().getTime();
      if (sent.size > MANY) forget(atMs - MINUTE_MS);
      const lately = (sent.get(address) ?? []).filter((one) => one > atMs - MINUTE_MS);
      const slow = waitFor(lately, atMs, perMinute);
      if (slow !== null) return slow;
      sent.set(address, [...lately, atMs]);
      return null;
    },
  };
}

/**
 * The wait until one more message may go to an address to which messages went at these times, the earliest first; null where it may go
 * now.
 */
export function waitFor(timesMs: readonly number[], atMs: number, perMinute: number): Wait | null {
  const inMinute = timesMs.filter((one) => one > atMs - MINUTE_MS);
  const [first] = inMinute.slice(-perMinute);
  if (first === undefined || inMinute.length < perMinute) return null;
  const afterMs = Math.max(1, first + MINUTE_MS - atMs);
  return { outcome: "retry", reason: "our own pace to one address", afterMs, scope: "address" };
}
