/** A drawer of lots from a seed, the same each time: training must give the same weights. */
export type Lots = {
  /** A number of 0 to 1. */
  readonly next: () => number;
  /** One of these. */
  readonly pick: <T>(from: readonly T[]) => T;
};

/** Draws lots of a seed (mulberry32). */
export function lotsOf(seed: number): Lots {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <T>(from: readonly T[]): T => {
    const one = from[Math.floor(next() * from.length)];
    if (one === undefined) throw new Error("there is nothing to choose from");
    return one;
  };
  return { next, pick };
}
