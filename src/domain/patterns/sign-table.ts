import { type Openings, signsOf } from "./openings.ts";
import { PairTable } from "./pair-table.ts";
import { MOST_NUMBERS, numberUnit, unitNumber } from "./units.ts";

/** A number has a bit for each of so many patterns. */
const BITS = 32;
const UNKNOWN: Openings = { alone: new Set(), pairs: new Set() };

/**
 * A table of the signs that texts must have for some patterns to match: a set of patterns is a row of numbers with a bit for each of
 * them.
 */
export class SignTable {
  /** How many numbers a row has. */
  readonly words: number;
  /** The patterns that may begin with any sign, by their places, and as a row. */
  readonly unknown: readonly number[];
  readonly #anywhere: Int32Array;
  /** By the number of each unit that begins a match, from 1, the row of those that begin with it whatever follows; 0 of other units. */
  readonly #firsts = new Uint16Array(MOST_NUMBERS);
  readonly #alone: Int32Array;
  /** The rows of those that begin with two units. */
  readonly #pairs: PairTable;
  readonly #together: Int32Array;
  /** By the number of each unit that some need, from 1, the row of those; and the row of those of which it is not known what they need. */
  readonly #needs = new Uint16Array(MOST_NUMBERS);
  readonly #needing: Int32Array;
  readonly #needless: Int32Array;

  constructor(patterns: readonly RegExp[]) {
    const signs = patterns.map(signsOf);
    this.words = Math.ceil(patterns.length / BITS);
    this.unknown = signs.flatMap(({ openings }, index) => (openings === null ? [index] : []));
    this.#anywhere = new Int32Array(this.words);
    for (const index of this.unknown) this.add(this.#anywhere, 0, index);

    const openings = signs.map((one) => one.openings ?? UNKNOWN);
    const pairs = [...new Set(openings.flatMap((one) => [...one.pairs]))];
    const firsts = new Set([...openings.flatMap(({ alone }) => [...alone]), ...pairs.map((pair) => pair >>> 16)]);
    for (const [index, unit] of [...firsts].entries()) this.#firsts[numberUnit(unit)] = index + 1;
    this.#alone = new Int32Array((firsts.size + 1) * this.words);
    this.#pairs = new PairTable(pairs);
    this.#together = new Int32Array((pairs.length + 1) * this.words);
    for (const [index, one] of openings.entries()) {
      for (const unit of one.alone) this.add(this.#alone, this.#firsts[unitNumber(unit)] ?? 0, index);
      for (const pair of one.pairs) this.add(this.#together, this.#pairs.numberOf(pair >>> 16, pair & 0xffff), index);
    }

    const needed = new Set(signs.flatMap(({ needs }) => [...(needs ?? [])]));
    for (const [index, unit] of [...needed].entries()) this.#needs[numberUnit(unit)] = index + 1;
    this.#needing = new Int32Array((needed.size + 1) * this.words);
    this.#needless = new Int32Array(this.words);
    for (const [index, { needs }] of signs.entries()) {
      if (needs === null) this.add(this.#needless, 0, index);
      for (const unit of needs ?? []) this.add(this.#needing, this.#needs[unitNumber(unit)] ?? 0, index);
    }
  }

  /** Makes a row that of the patterns for which a text has what they need. */
  readyIn(text: string, ready: Int32Array): void {
    ready.set(this.#needless);
    for (let at = 0; at < text.length; at += 1) {
      const row = this.#needs[unitNumber(text.charCodeAt(at))] ?? 0;
      if (row !== 0) this.#join(ready, this.#needing, row);
    }
  }

  /** Makes a row that of the patterns that may begin somewhere in a text. */
  beginningIn(text: string, found: Int32Array): void {
    found.set(this.#anywhere);
    for (let at = 0; at < text.length; at += 1) {
      const first = this.#firsts[unitNumber(text.charCodeAt(at))] ?? 0;
      if (first === 0) continue;
      this.#join(found, this.#alone, first);
      const pair = this.#pairAt(text, at);
      if (pair !== 0) this.#join(found, this.#together, pair);
    }
  }

  /** Makes a row that of the patterns that may begin at a place of a text, beside those that may begin with any sign. */
  beginningAt(text: string, at: number, found: Int32Array): boolean {
    const first = this.#firsts[unitNumber(text.charCodeAt(at))] ?? 0;
    if (first === 0) return false;
    const pair = this.#pairAt(text, at);
    for (let word = 0; word < this.words; word += 1) {
      found[word] = (this.#alone[first * this.words + word] ?? 0) | (this.#together[pair * this.words + word] ?? 0);
    }
    return true;
  }

  /** Adds a pattern to a row. */
  add(rows: Int32Array, row: number, index: number): void {
    const at = row * this.words + (index >>> 5);
    rows[at] = (rows[at] ?? 0) | (1 << index);
  }

  /** The number of the pair that begins at a place; behind the last sign stands none. */
  #pairAt(text: string, at: number): number {
    return at + 1 < text.length ? this.#pairs.numberOf(text.charCodeAt(at), text.charCodeAt(at + 1)) : 0;
  }

  #join(found: Int32Array, rows: Int32Array, row: number): void {
    for (let word = 0; word < this.words; word += 1) {
      found[word] = (found[word] ?? 0) | (rows[row * this.words + word] ?? 0);
    }
  }
}
