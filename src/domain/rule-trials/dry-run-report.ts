import type { PastMatter, Ruled } from "./dry-run.ts";

/** One matter that another would have got. */
type Difference = { readonly case: string; readonly from: string; readonly to: string; readonly rule: string };

/** All differences of one kind, with a few of them. */
type DifferenceKind = Omit<Difference, "case"> & { readonly count: number; readonly samples: readonly string[] };

/** The report of a dry run: the effect that a draft would have had on the past (contract.md, `rules dry-run`). */
export type DryRunReport = {
  readonly messages: number;
  /** Matters that somebody else would have got. */
  readonly moved: number;
  /** Matters for which no deputy would have been found, though no rule sends them to the office. */
  readonly nobody: number;
  readonly perRule: Readonly<Record<string, number>>;
  /** At most {@link MOST_DIFFERENCES}; `differencesLeftOut` says how many more there are. */
  readonly differences: readonly Difference[];
  readonly differencesLeftOut: number;
  /** Matters that the set that holds now would give to somebody else. */
  readonly movedAgainstPublished: number;
  /** Kinds of difference, the most frequent first, at most {@link MOST_KINDS}. */
  readonly kinds: readonly DifferenceKind[];
  /** How many matters each would have got, and did get; the largest change first. */
  readonly loads: readonly { readonly who: string; readonly before: number; readonly after: number }[];
  /** Cases for which nobody would have been found, at most {@link MOST_NOBODY}. */
  readonly nobodyCases: readonly string[];
  /** Sealed and urgent matters: rules are not asked about them, and they were not read. */
  readonly leftOut: number;
};

const MOST_DIFFERENCES = 10_000;
const MOST_KINDS = 1_000;
const MOST_NOBODY = 100;
const SAMPLES = 3;

type Kind = Omit<Difference, "case"> & { count: number; readonly samples: string[] };

/** A collector of a draft's decisions; what it keeps does not grow with the number of matters. */
export type DryRunGathering = {
  take(matter: Pick<PastMatter, "case" | "decided">, draft: Ruled, published: Ruled): void;
  leaveOut(count: number): void;
  report(): DryRunReport;
};

/**
 * Creates an empty collector of a draft's decisions.
 * @param rules ids of the draft's rules: those that no message reached are reported with 0
 */
export function gatherDryRun(rules: readonly string[]): DryRunGathering {
  const perRule = new Map([...rules, "otherwise"].map((id) => [id, 0]));
  const loads = new Map<string, { before: number; after: number }>();
  const kinds = new Map<string, Kind>();
  const differences: Difference[] = [];
  const nobodyCases: string[] = [];
  const sums = { messages: 0, moved: 0, nobody: 0, movedAgainstPublished: 0, leftOut: 0 };
  const loadOf = (who: string) => {
    const load = loads.get(who) ?? { before: 0, after: 0 };
    loads.set(who, load);
    return load;
  };
  return {
    take(matter, { to, rule, isNobody }, published) {
      const { case: number, decided } = matter;
      const from = decided.to;
      sums.messages += 1;
      perRule.set(rule, (perRule.get(rule) ?? 0) + 1);
      loadOf(from).before += 1;
      loadOf(to).after += 1;
      if (isNobody) {
        sums.nobody += 1;
        if (nobodyCases.length < MOST_NOBODY) nobodyCases.push(number);
      }
      if (published.to !== to) sums.movedAgainstPublished += 1;
      if (from === to) return;
      sums.moved += 1;
      if (differences.length < MOST_DIFFERENCES) differences.push({ case: number, from, to, rule });
      const key = `${from}\n${to}\n${rule}`;
      const kind = kinds.get(key);
      if (kind !== undefined) {
        kind.count += 1;
        if (kind.samples.length < SAMPLES) kind.samples.push(number);
      } else if (kinds.size < MOST_KINDS) kinds.set(key, { from, to, rule, count: 1, samples: [number] });
    },
    leaveOut(count) {
      sums.leftOut += count;
    },
    report: () => ({
      ...sums,
      perRule: Object.fromEntries(perRule),
      differences,
      differencesLeftOut: sums.moved - differences.length,
      kinds: [...kinds.values()].sort((a, b) => b.count - a.count),
      loads: [...loads]
        .map(([who, load]) => ({ who, ...load }))
        .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.who < b.who ? -1 : 1)),
      nobodyCases,
    }),
  };
}
