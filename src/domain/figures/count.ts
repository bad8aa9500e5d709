import type { CaseFacts, Facet } from "./facts.ts";
import type { Figure } from "./figure.ts";

/** The number of cases that are alike in the facts of one facet. */
export type Tally = { readonly facet: Facet; readonly facts: CaseFacts; readonly count: number };

/** The value of a figure: of how many cases how many, or within how many working days; null where there is nothing to say it of. */
export type Counted = { readonly value: number | null; readonly of: number };

/** The number of cases below which a figure by deputy or grid is shown to the office and auditors alone. */
export const FEWEST_SHOWN = 5;

/** Counts one figure from tallies, of which those of other facets are left alone. */
export function countFigure(figure: Figure, tallies: readonly Tally[]): Counted {
  const among = tallies.filter(({ facet, facts }) => facet === figure.facet && figure.among(facts));
  const of = sum(among);
  if (figure.unit === "cases") return { value: sum(among.filter(({ facts }) => figure.counts(facts))), of };
  return { value: of === 0 ? null : daysWithin(figure.share, figure.days, among, of), of };
}

/** The least number of days within which at least this share of the cases lies. */
function daysWithin(share: number, daysOf: (facts: CaseFacts) => number, among: readonly Tally[], of: number): number {
  const sorted = among.map(({ facts, count }) => ({ days: daysOf(facts), count })).toSorted((a, b) => a.days - b.days);
  let sofar = 0;
  for (const { days, count } of sorted) {
    sofar += count;
    if (sofar >= share * of) return days;
  }
  return sorted.at(-1)?.days ?? 0;
}

function sum(tallies: readonly Tally[]): number {
  return tallies.reduce((all, { count }) => all + count, 0);
}
