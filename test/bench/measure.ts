/** What a benchmark may choose by: the short form only shows that it still runs. */
export type Effort = { readonly short: boolean };

/** A measured quantity; `digits` after the point when it is printed. */
export type Figure = { readonly value: number; readonly unit: string; readonly digits?: number };

/** What quality.md asks for: of the ratio, or, where there is no reference, of our own figure. */
export type Target =
  | { readonly atLeast: number; readonly unit?: string }
  | { readonly atMost: number; readonly unit?: string };

/** One printed line and what it rests on. */
export type Line = {
  readonly name: string;
  readonly ours: Figure;
  /** Null where the target is an absolute one. */
  readonly reference: Figure | null;
  readonly ratio: number | null;
  readonly target: Target;
  /** Every single measurement, for `bench/results.json`. */
  readonly samples: unknown;
};

/** The middle of some numbers; of an even count the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new RangeError("no values to take the median of");
  return (low + high) / 2;
}

/** The smallest value that at least this share of all values does not exceed. @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new RangeError("no values to take a percentile of");
  return value;
}

/** Runs `ours` and `reference` in turn, so that what else the machine does falls on both alike. */
export async function inPairs<A, B>(
  pairs: number,
  ours: () => Promise<A>,
  reference: () => Promise<B>,
): Promise<{ readonly ours: A; readonly reference: B }[]> {
  const measured: { ours: A; reference: B }[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    measured.push({ ours: await ours(), reference: await reference() });
  }
  return measured;
}

/** A line over paired measurements: medians on either side, and the median of the ratios of the pairs. */
export function pairedLine(
  name: string,
  pairs: readonly { readonly ours: number; readonly reference: number }[],
  as: { readonly unit: string; readonly digits?: number; readonly target: Target; readonly samples?: unknown },
): Line {
  const figure = (values: readonly number[]): Figure => ({
    value: median(values),
    unit: as.unit,
    ...(as.digits === undefined ? {} : { digits: as.digits }),
  });
  return {
    name,
    ours: figure(pairs.map((pair) => pair.ours)),
    reference: figure(pairs.map((pair) => pair.reference)),
    ratio: median(pairs.map((pair) => pair.ours / pair.reference)),
    target: as.target,
    samples: as.samples ?? pairs,
  };
}

/** Whether a line reaches its target. */
export function holds({ ours, ratio, target }: Line): boolean {
  const measured = ratio ?? ours.value;
  return "atLeast" in target ? measured >= target.atLeast : measured <= target.atMost;
}
