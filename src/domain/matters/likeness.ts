/** The number of different hashes that runs of signs have. */
export const RUNS = 8_192;
/** The length of a vector that stands for what a text is about. */
export const LENGTH = 24;

/** A model of what texts are about: the vectors of texts about one matter point the same way. */
export type Likeness = { readonly vectors: Float32Array; readonly bias: number };

/** FNV-1a, as the vectors were learned with. */
const SEED = 0x811c9dc5;
const PRIME = 0x01000193;
/** The code that stands for whatever lies between words. */
const APART = 1;

/** The runs of two and three signs of a text, as hashes below {@link RUNS}; without signs between words. */
export function runsOf(text: string): Uint32Array {
  const plain = text.toLowerCase().replace(/[\s\p{P}\p{S}\d]+/gu, "\u0001");
  const found = new Set<number>();
  for (let from = 0; from + 2 <= plain.length; from += 1) {
    let hash = SEED;
    for (let at = from; at < from + 3 && at < plain.length; at += 1) {
      const code = plain.charCodeAt(at);
      if (code === APART) break;
      hash = Math.imul(hash ^ code, PRIME);
      if (at > from) found.add((hash ^ (hash >>> 15)) & (RUNS - 1));
    }
  }
  return Uint32Array.from(found);
}

/** The vector of what a text is about; zeros where it has no run of signs. */
export function vectorOf({ vectors }: Likeness, text: string): Float32Array {
  const runs = runsOf(text);
  const sum = new Float32Array(LENGTH);
  const share = runs.length === 0 ? 0 : 1 / Math.sqrt(runs.length);
  for (const run of runs) {
    for (let at = 0; at < LENGTH; at += 1) sum[at] = (sum[at] ?? 0) + share * (vectors[run * LENGTH + at] ?? 0);
  }
  return sum;
}

/** The log-odds that two texts are about one matter, by their vectors. */
export function likenessOf({ bias }: Likeness, one: Float32Array, other: Float32Array): number {
  let sum = bias;
  for (let at = 0; at < LENGTH; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
