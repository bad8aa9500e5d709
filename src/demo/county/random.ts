/** A source of pseudorandom numbers, the same for the same seed on every machine. */
export type Random = {
  /** 0 up to, not including, 1. */
  number(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  shuffled<T>(items: readonly T[]): T[];
};

/** A pseudorandom source by Mulberry32, whose 32 bits of state are plenty for a practice county. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const number = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (least: number, most: number): number => least + Math.floor(number() * (most - least + 1));
  return {
    number,
    whole,
    pick: (from) => from[whole(0, from.length - 1)] ?? from[0],
    shuffled: (items) => {
      const drawn = items.map((item) => ({ item, lot: number() }));
      return drawn.sort((a, b) => a.lot - b.lot).map(({ item }) => item);
    },
  };
}
