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
