/**
 * A function that coalesces calls of the same moment into one query: whoever asks before the event loop takes its next turn
 * shares one statement.
 *
 * @param answer answers all of these at once, in their order
 */
export function coalesce<K, V>(answer: (keys: readonly K[]) => Promise<readonly V[]>): (key: K) => Promise<V> {
  let asked: { key: K; resolve(value: V): void; reject(error: unknown): void }[] = [];
  const ask = async (): Promise<void> => {
    const all = asked;
    asked = [];
    try {
      const values = await answer(all.map(({ key }) => key));
      for (const [index, value] of values.entries()) all[index]?.resolve(value);
    } catch (error) {
      for (const one of all) one.reject(error);
    }
  };
  return (key) =>
    new Promise((resolve, reject) => {
      if (asked.length === 0) setImmediate(() => void ask());
      asked.push({ key, resolve, reject });
    });
}

/** A query that several works which share a transaction ask together, as late as can be: what it locks is locked until the commit. */
export type LastQuery<K, V> = {
  /** Resolves when as many wait here as are at work: each asks for one thing at a time. */
  ask(key: K): Promise<V>;
  /** Counts one more as at work. */
  begin(): void;
  /** Counts one as ended. */
  end(): void;
};

/**
 * Creates a query that waits for all who are at work.
 * @param answer answers all of these at once, in their order
 */
export function lastQuery<K, V>(answer: (keys: readonly K[]) => Promise<readonly V[]>): LastQuery<K, V> {
  const coalesced = coalesce(answer);
  let atWork = 0;
  const waiting: (() => void)[] = [];
  const look = () => {
    if (waiting.length < atWork) return;
    for (const goOn of waiting.splice(0)) goOn();
  };
  return {
    ask(key) {
      return new Promise((resolve) => {
        waiting.push(() => resolve(coalesced(key)));
        look();
      });
    },
    begin() {
      atWork += 1;
    },
    end() {
      atWork -= 1;
      look();
    },
  };
}
