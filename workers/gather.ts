import { setTimeout as pass } from "node:timers/promises";

/** Collects what comes while the last batch is under way and shortly after it, so that a rush of calls becomes a few bulk ones. */
export type Gatherer<K> = {
  /** Resolves when the batch with these keys has been told. */
  add(keys: readonly K[]): Promise<void>;
  idle(): Promise<void>;
};

/**
 * At least so long passes from the end of one batch to the next: in a rush each would else be about a few keys, and cost
 * the database as much as one about many.
 */
const REST_MS = 10;

/**
 * What comes alone is told at once; what follows within the rest is told together.
 * @param tell must not throw
 */
export function createGatherer<K>(tell: (keys: readonly K[]) => Promise<void>): Gatherer<K> {
  let pending: K[] = [];
  /** Ends when the next batch may begin; null while nothing is under way. */
  let turn: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const flush = (): Promise<void> => {
    const keys = pending;
    pending = [];
    next = null;
    const told = tell(keys);
    turn = told
      .then(() => pass(REST_MS))
      .finally(() => {
        if (next === null) turn = null;
      });
    return told;
  };

  return {
    add(keys) {
      if (keys.length === 0) return Promise.resolve();
      pending.push(...keys);
      if (turn === null) return flush();
      next ??= turn.then(flush);
      return next;
    },
    async idle() {
      while (turn !== null) await (next ?? turn);
    },
  };
}
