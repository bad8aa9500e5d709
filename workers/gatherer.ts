import { setTimeout as pause } from "node:timers/promises";

/** A collector of keys that come while the last batch is under way, so that a rush of calls becomes a few bulk ones. */
export type Gatherer<K> = {
  /** Resolves when the batch with these keys has been told. */
  add(keys: readonly K[]): Promise<void>;
  idle(): Promise<void>;
};

/** The pause is so many times as long as telling took, but never longer than anybody would notice. */
const PAUSE_SHARE = 4;
const LONGEST_PAUSE_MS = 50;

/**
 * Creates a collector that tells of the gathered keys in batches.
 * @param tell must not throw
 * @param pauseMs so long at least after a batch the next one waits for more to come, and so much longer as telling takes, where it
 *   is slow because there is much else to do; the first one after a rest does not wait
 */
export function createGatherer<K>(tell: (keys: readonly K[]) => Promise<void>, pauseMs = 0): Gatherer<K> {
  let pending: K[] = [];
  let current: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const flush = (): Promise<void> => {
    const keys = pending;
    pending = [];
    next = null;
    const begin = performance.now();
    const told = tell(keys);
    const rest = () => pause(Math.max(pauseMs, Math.min(LONGEST_PAUSE_MS, PAUSE_SHARE * (performance.now() - begin))));
    current = (pauseMs === 0 ? told : told.then(rest)).finally(() => {
      if (next === null) current = null;
    });
    return told;
  };

  return {
    add(keys) {
      if (keys.length === 0) return Promise.resolve();
      pending.push(...keys);
      if (current === null) return flush();
      next ??= current.then(flush);
      return next;
    },
    async idle() {
      while (current !== null) await (next ?? current);
    },
  };
}
