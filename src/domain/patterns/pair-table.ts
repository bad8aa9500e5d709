import { pairOf } from "./openings.ts";

/** The table has at least so many slots for each pair. */
const SPARSE = 4;
/** Spreads neighbouring numbers over a table: 2^32 divided by the golden ratio. */
const SPREAD = 0x9e3779b1;

/** A table that gives each of some pairs of UTF-16 units its number, from 1; 0 is that of every other pair. */
export class PairTable {
  readonly #keys: Int32Array;
  readonly #numbers: Int32Array;
  readonly #shift: number;

  /** @param pairs each once, as `pairOf` writes them; the first is number 1 */
  constructor(pairs: Iterable<number>) {
    const all = [...pairs];
    const bits = Math.max(4, Math.ceil(Math.log2(all.length * SPARSE + 1)));
    this.#shift = 32 - bits;
    this.#keys = new Int32Array(2 ** bits);
    this.#numbers = new Int32Array(2 ** bits);
    for (const [index, pair] of all.entries()) {
      const slot = this.#slotOf(pair | 0);
      this.#keys[slot] = pair | 0;
      this.#numbers[slot] = index + 1;
    }
  }

  /** The number of a pair. */
  numberOf(first: number, second: number): number {
    return this.#numbers[this.#slotOf(pairOf(first, second) | 0)] ?? 0;
  }

  /** Where a pair stands, or the free slot in which it would. */
  #slotOf(key: number): number {
    const last = this.#keys.length - 1;
    let slot = Math.imul(key, SPREAD) >>> this.#shift;
    while (this.#numbers[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & last;
    return slot;
  }
}
