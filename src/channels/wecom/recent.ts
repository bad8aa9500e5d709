import { createHash, randomUUID } from "node:crypto";
import { waitFor } from "../address-pace.ts";
import type { SenderServices, SendOutcome } from "../channel.ts";

/** A message that was called for of late: its row's key, and what it says. */
type Sent = {
  readonly id: string;
  readonly atMs: number;
  readonly key: string;
  readonly digest: string;
  /** How many marks tell it from others that say the same. */
  readonly marks: number;
};

/** The memory of what was sent to each member of late, shared by all processes. */
export type Recent = {
  /**
   * Counts a message to a member before its call.
   *
   * @param said what it says, where the platform would take another one that says the same for its repetition
   * @returns how many marks it needs to be another one, the same in every try of it; or how long it is to wait
   */
  take(
    member: string,
    key: string,
    said: string | null,
  ): Promise<{ readonly ok: true; readonly marks: number } | { readonly ok: false; readonly outcome: SendOutcome }>;
};

/**
 * Creates the memory of what was sent of late.
 *
 * The platform drops without a word what is above thirty a minute to one member, and, within the time in which it recognises
 * repetitions, what says the same as something before. Messages to one member are called for one after the other, whichever process
 * calls; what is read of the others is at most one call old.
 */
export function createRecent(
  { store, now }: Pick<SenderServices, "store" | "now">,
  rules: { readonly account: string; readonly perMinute: number; readonly memoryMs: number },
): Recent {
  const here = new Map<string, readonly Sent[]>();
  const keyOf = (member: string) =>
    `wecom-recent-${createHash("sha256").update(`${rules.account}\n${member}`).digest("hex").slice(0, 32)}`;

  /** A store that is away costs no message: this process counts alone then. */
  const others = async (member: string): Promise<readonly Sent[]> => {
    const stored = await store.get(keyOf(member)).catch(() => null);
    return stored === null ? [] : JSON.parse(stored);
  };

  return {
    async take(member, key, said) {
      const shared = await others(member);
      // From here to the count nothing is waited for, so that calls at the same time count one another.
      const atMs = now().getTime();
      const known = new Map([...shared, ...(here.get(member) ?? [])].map((one) => [one.id, one]));
      const lately = [...known.values()]
        .filter((one) => one.atMs > atMs - rules.memoryMs)
        .toSorted((a, b) => a.atMs - b.atMs);
      const slow = waitFor(
        lately.map((one) => one.atMs),
        atMs,
        rules.perMinute,
      );
      if (slow !== null) return { ok: false, outcome: slow };
      const digest = said === null ? key : createHash("sha256").update(said).digest("hex").slice(0, 16);
      const alike = lately.filter((one) => one.digest === digest);
      const before = alike.find((one) => one.key === key);
      const marks = before?.marks ?? alike.reduce((most, one) => Math.max(most, one.marks + 1), 0);
      const all = [...lately, { id: randomUUID().slice(0, 13), atMs, key, digest, marks }];
      here.set(member, all);
      await store.set(keyOf(member), JSON.stringify(all), rules.memoryMs).catch(() => undefined);
      return { ok: true, marks };
    },
  };
}
