/** A coalescer of requests of the same moment: one query asks about all of them. */
export type Coalescer<K> = {
  /** Resolves or fails with what is done about this one. */
  join(key: K): Promise<void>;
  /** Resolves when nobody waits for an answer to what is asked. */
  idle(): Promise<void>;
};

type Member<K> = { readonly key: K; resolve(done: Promise<void>): void; reject(error: unknown): void };

/**
 * Creates a coalescer over a query.
 * @param ask about all that came together; says what to do about each
 */
export function createCoalescer<K>(ask: (keys: readonly K[]) => Promise<(key: K) => Promise<void>>): Coalescer<K> {
  let gathering: Member<K>[] = [];
  const asking = new Set<Promise<void>>();

  const part = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    const members = gathering;
    gathering = [];
    try {
      const act = await ask(members.map(({ key }) => key));
      for (const { key, resolve } of members) resolve(act(key));
    } catch (error) {
      for (const { reject } of members) reject(error);
    }
  };

  return {
    join: (key) =>
      new Promise((resolve, reject) => {
        gathering.push({ key, resolve, reject });
        if (gathering.length > 1) return;
        const parted = part().finally(() => asking.delete(parted));
        asking.add(parted);
      }),
    async idle() {
      while (asking.size > 0) await Promise.all(asking);
    },
  };
}
