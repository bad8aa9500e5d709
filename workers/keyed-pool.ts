/** A pool of work for keys: never two runs at once for the same key, never more than so many in all. */
export type Pool<K> = {
  /**
   * Resolves when a run for `key` has ended that began after this call; calls that come while one is running share the
   * next.
   */
  run(key: K): Promise<void>;
  /** How many runs are under way or wait for their turn. */
  size(): number;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
};

type Entry = { current: Promise<void>; next: Promise<void> | null };

/**
 * Creates a pool of work for keys.
 * @param limit how many runs may be under way at once
 * @param nameOf two keys with the same name are the same thing
 */
export function createPool<K>(limit: number, nameOf: (key: K) => string, work: (key: K) => Promise<void>): Pool<K> {
  const entries = new Map<string, Entry>();
  const turns: (() => void)[] = [];
  let running = 0;

  const withTurn = async (key: K): Promise<void> => {
    if (running >= limit) await new Promise<void>((resolve) => turns.push(resolve));
    else running += 1;
    try {
      await work(key);
    } finally {
      const next = turns.shift();
      if (next) next();
      else running -= 1;
    }
  };

  const start = (name: string, key: K): Promise<void> => {
    const entry: Entry = { current: Promise.resolve(), next: null };
    entry.current = withTurn(key).finally(() => {
      if (entry.next === null) entries.delete(name);
    });
    entries.set(name, entry);
    return entry.current;
  };

  return {
    run(key) {
      const name = nameOf(key);
      const entry = entries.get(name);
      if (entry === undefined) return start(name, key);
      entry.next ??= entry.current.then(
        () => start(name, key),
        () => start(name, key),
      );
      return entry.next;
    },
    size: () => entries.size,
    async idle() {
      while (entries.size > 0) {
        await Promise.allSettled([...entries.values()].map((entry) => entry.next ?? entry.current));
      }
    },
  };
}
