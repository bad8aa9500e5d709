/** A function that does work when it is its turn: no more than `most` at once, the others wait in order. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Creates turns, so that what anybody may ask for never takes the connections that messages need. */
export function createTurns(most: number): InTurn {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free === 0) await new Promise<void>((next) => waiting.push(next));
    else free -= 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
