import type { SenderServices, SendOutcome } from "./channel.ts";

/** The pace at which one sender writes to each of its addresses, in this process. */
export type AddressPace = {
  /** Counts a message to an address. @returns null where it may leave now, else how long it is to wait */
  take(address: string): Extract<SendOutcome, { outcome: "retry" }> | null;
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
      const [first] = lately;
      if (first !== undefined && lately.length >= perMinute) {
        const afterMs = Math.max(1, first + MINUTE_MS - atMs);
        return { outcome: "retry", reason: "our own pace to one address", afterMs, scope: "address" };
      }
      sent.set(address, [...lately, atMs]);
      return null;
    },
  };
}
