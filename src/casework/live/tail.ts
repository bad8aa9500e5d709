import type { Transaction } from "../../../db/database.ts";

/** The end of a ledger whose rows are numbered when they are written and seen when they are committed, which may be in another order. */
export type Tail<T extends { readonly seq: number }> = {
  /** The rows that were committed since the last time, in any order of their numbers. The first time it only looks where the end is. */
  next(tx: Transaction): Promise<T[]>;
  /** A number up to which nothing can come any more: whoever has heard all of it need ask only for what stands behind. */
  settled(): number;
};

/** The ledger as a tail reads it. */
type Ledger<T> = {
  newest(tx: Transaction): Promise<number>;
  /** Rows with a number above `low`, those of `seen` left out; at most `most`. */
  after(tx: Transaction, low: number, seen: readonly number[], most: number): Promise<T[]>;
};

/** So long a transaction may take between the number of its row and its commit; longer ones are stopped by the database's limits. */
const LOOK_BACK_MS = 60_000;
/** So many rows before the end are looked at in the beginning, for one that is not committed yet. */
const FIRST_LOOK = 500;
const MOST = 2000;

/**
 * Follows the end of a ledger.
 * @param nowMs a clock that never goes back, for how long a number may stay open
 */
export function createTail<T extends { readonly seq: number }>(ledger: Ledger<T>, nowMs: () => number): Tail<T> {
  let low = -1;
  let seen = new Set<number>();
  let tops: { readonly atMs: number; readonly seq: number }[] = [];
  const settle = (): void => {
    const old = tops.findLastIndex(({ atMs }) => nowMs() - atMs > LOOK_BACK_MS);
    if (old < 0) return;
    low = Math.max(low, tops[old]?.seq ?? low);
    tops = tops.slice(old + 1);
    seen = new Set([...seen].filter((seq) => seq > low));
  };
  return {
    async next(tx) {
      const isFirst = low < 0;
      if (isFirst) low = Math.max(0, (await ledger.newest(tx)) - FIRST_LOOK);
      const rows = await ledger.after(tx, low, [...seen], MOST);
      for (const { seq } of rows) seen.add(seq);
      const top = rows.reduce((most, { seq }) => Math.max(most, seq), tops.at(-1)?.seq ?? low);
      if (top > (tops.at(-1)?.seq ?? -1)) tops.push({ atMs: nowMs(), seq: top });
      settle();
      return isFirst ? [] : rows;
    },
    settled: () => Math.max(0, low),
  };
}
