/** Runs work for things that may share a run: whatever comes while every turn is taken waits, and goes together. */
export type BatchRunner<K> = {
  /** Resolves when a run with this key has ended. */
  run(key: K): Promise<void>;
};

type Waiting<K> = { readonly key: K; readonly isAlone: boolean; resolve(): void; reject(error: unknown): void };

/**
 * @param rules.limit how many runs may be under way at once
 * @param rules.size how many keys share one run at most
 * @param rules.groupOf only keys of the same group share a run
 * @param rules.isFirst whether a key goes before all that wait
 * @param work gives back the keys that need a run of their own, which it must not do for one alone
 */
export function createBatchRunner<K>(
  rules: {
    readonly limit: number;
    readonly size: number;
    readonly groupOf: (key: K) => string;
    readonly isFirst: (key: K) => boolean;
  },
  work: (keys: readonly K[]) => Promise<readonly K[]>,
): BatchRunner<K> {
  const { limit, size, groupOf, isFirst } = rules;
  const waiting: Waiting<K>[] = [];
  let running = 0;
  let isAbout = false;

  /** The one whose turn it is, with as many as may go along. */
  const takeLease = (): Waiting<K>[] => {
    const [first] = waiting;
    if (first === undefined) return [];
    const group = groupOf(first.key);
    const goesAlong = (one: Waiting<K>) =>
      one === first || (!first.isAlone && !one.isAlone && groupOf(one.key) === group);
    const turn = waiting.filter(goesAlong).slice(0, size);
    const taken = new Set(turn);
    waiting.splice(0, waiting.length, ...waiting.filter((one) => !taken.has(one)));
    return turn;
  };
  const runTurn = async (turn: readonly Waiting<K>[]): Promise<void> => {
    try {
      const apart = new Set(await work(turn.map(({ key }) => key)));
      waiting.unshift(...turn.filter(({ key }) => apart.has(key)).map((one) => ({ ...one, isAlone: true })));
      for (const one of turn) if (!apart.has(one.key)) one.resolve();
    } catch (error) {
      for (const one of turn) one.reject(error);
    } finally {
      running -= 1;
      giveTurns();
    }
  };
  const giveTurns = (): void => {
    isAbout = false;
    while (running < limit && waiting.length > 0) {
      running += 1;
      void runTurn(takeLease());
    }
  };

  return {
    run: (key) =>
      new Promise((resolve, reject) => {
        const one = { key, isAlone: false, resolve, reject };
        const behind = isFirst(key) ? waiting.findIndex((other) => !isFirst(other.key)) : -1;
        waiting.splice(behind === -1 ? waiting.length : behind, 0, one);
        // Those that come in the same moment go together.
        if (!isAbout) setImmediate(giveTurns);
        isAbout = true;
      }),
  };
}
