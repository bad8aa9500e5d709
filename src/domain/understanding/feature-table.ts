const FIRST_BITS = 16;
const FIRSTS = 2 ** FIRST_BITS;

/**
 * A table that finds the row of a feature at once: hashes are spread evenly, so that few of them have the same first half. `from` says
 * where those of each half begin among all, which ascend; together they are small enough to stay near the processor.
 */
export type FeatureTable = { readonly hashes: Int32Array; readonly from: Uint16Array | Uint32Array };

/** Makes the table of features. @param hashes each once, ascending; their place is their row */
export function tableOf(hashes: Uint32Array): FeatureTable {
  const from = hashes.length < FIRSTS ? new Uint16Array(FIRSTS + 1) : new Uint32Array(FIRSTS + 1);
  let row = 0;
  for (let first = 0; first <= FIRSTS; first += 1) {
    while (row < hashes.length && (hashes[row] ?? 0) >>> FIRST_BITS < first) row += 1;
    from[first] = row;
  }
  return { hashes: new Int32Array(hashes.buffer, hashes.byteOffset, hashes.length), from };
}

/** The row of a feature; -1 of one that is not known. @param hash as a whole number of 32 bits with its sign */
export function rowOf({ hashes, from }: FeatureTable, hash: number): number {
  const first = hash >>> FIRST_BITS;
  const end = from[first + 1] ?? 0;
  for (let row = from[first] ?? 0; row < end; row += 1) if (hashes[row] === hash) return row;
  return -1;
}

/** Room for the rows of the text at hand; grows with the longest, and is used again for each. */
let room = new Int32Array(1024);

/** The rows of those of some features that are known, in their order; good until it is called again. */
export function rowsOf(table: FeatureTable, features: Int32Array): Int32Array {
  if (features.length > room.length) room = new Int32Array(features.length * 2);
  let count = 0;
  for (let index = 0; index < features.length; index += 1) {
    const row = rowOf(table, features[index] ?? 0);
    room[count] = row;
    if (row >= 0) count += 1;
  }
  return room.subarray(0, count);
}
