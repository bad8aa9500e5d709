/** A place in a text or in its abstract form that made a feature; signs count from 1, for a mark stands before the first. */
type Span = { readonly isAbstract: boolean; readonly from: number; readonly to: number };

const FIRST_ROOM = 1024;
/** The table has at least so many slots for each feature that could come. */
const SPARSE = 2;
/** A span in one number: the form, the beginning, the length. */
const LENGTH_BITS = 5;
const ABSTRACT_BIT = 1 << 30;

/**
 * A notebook of the features of one text after the other: each hash once, in the order in which it came.
 *
 * Its arrays are used again for each text and grow with the longest, which `prepare` bounds.
 */
export class Notes {
  #hashes = new Int32Array(FIRST_ROOM);
  #spans = new Int32Array(FIRST_ROOM);
  /** Where a hash was noted, from 1; 0 is a free slot. */
  #slots = new Int32Array(FIRST_ROOM * SPARSE);
  #last = 0;
  #count = 0;

  /** Begins with another text. @param most at most so many features come */
  begin(most: number): void {
    if (most > this.#hashes.length) {
      const room = powerOfTwo(most);
      this.#hashes = new Int32Array(room);
      this.#spans = new Int32Array(room);
      this.#slots = new Int32Array(room * SPARSE);
    }
    const size = powerOfTwo(most * SPARSE);
    this.#slots.fill(0, 0, size);
    this.#last = size - 1;
    this.#count = 0;
  }

  /** Notes a hash, unless it was. */
  add(hash: number, isAbstract: boolean, from: number, to: number): void {
    const slots = this.#slots;
    const hashes = this.#hashes;
    const last = this.#last;
    let slot = hash & last;
    for (let at = slots[slot] ?? 0; at !== 0; at = slots[slot] ?? 0) {
      if (hashes[at - 1] === hash) return;
      slot = (slot + 1) & last;
    }
    hashes[this.#count] = hash;
    this.#spans[this.#count] = (isAbstract ? ABSTRACT_BIT : 0) | (from << LENGTH_BITS) | (to - from);
    this.#count += 1;
    slots[slot] = this.#count;
  }

  /** The hashes that were noted; good until another text begins. */
  hashes(): Int32Array {
    return this.#hashes.subarray(0, this.#count);
  }

  /** The places that made them, each in one number: see {@link spanOf}. */
  spans(): Int32Array {
    return this.#spans.slice(0, this.#count);
  }
}

/** The place that a number of {@link Notes.spans} stands for. */
export function spanOf(packed: number): Span {
  const from = (packed & ~ABSTRACT_BIT) >>> LENGTH_BITS;
  return { isAbstract: (packed & ABSTRACT_BIT) !== 0, from, to: from + (packed & ((1 << LENGTH_BITS) - 1)) };
}

function powerOfTwo(atLeast: number): number {
  return 2 ** Math.ceil(Math.log2(atLeast));
}
