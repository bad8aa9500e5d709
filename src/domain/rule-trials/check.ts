import type { CompiledRuleset } from "../rules/compile.ts";
import { type Finding, foundOf } from "../rules/finding.ts";
import { someOf } from "../rules/finding-values.ts";
import { duplicateFindings } from "./check-duplicates.ts";
import { overloadFindings, type PastMatters } from "./check-load.ts";
import { loopFindings } from "./check-loops.ts";
import { shadowFindings } from "./check-shadows.ts";
import { expiredFindings, targetFindings } from "./check-targets.ts";
import { type CountySnapshot, countyOf } from "./county-snapshot.ts";
import { type Gap, gapsOf } from "./gaps.ts";

/** The share of all matters that one person may get, where neither the county nor whoever asks says otherwise. */
export const MOST_SHARE = 0.2;

/**
 * Checks a rule set in a county: all findings, in the order of the kinds; empty when nothing is wrong.
 *
 * @param past the matters of the last 90 days, counted with the same compiled set on the day of the snapshot
 * @param options.mostShare what one person may get of them, 0 to 1
 */
export function checkRuleset(
  compiled: CompiledRuleset,
  snapshot: CountySnapshot,
  past: PastMatters,
  { mostShare = MOST_SHARE }: { readonly mostShare?: number } = {},
): Finding[] {
  const { ruleset } = compiled;
  const county = countyOf(snapshot);
  const expired = expiredFindings(ruleset, snapshot.on);
  const duplicates = duplicateFindings(ruleset, snapshot.on);
  const told = new Set([...expired, ...duplicates].flatMap(({ rule }) => rule ?? []));
  return [
    ...targetFindings(county, ruleset),
    ...expired,
    ...shadowFindings(compiled, snapshot, told),
    ...duplicates,
    ...loopFindings(snapshot.handovers, snapshot.on),
    ...overloadFindings(county, past, mostShare),
    ...gapsOf(county, compiled).map(gapFinding),
  ];
}

function gapFinding({ rules, grids, isCounted, example }: Gap): Finding {
  const where = { grids: someOf(grids), isCounted };
  if (rules === "plain") return foundOf(null, "gap", where);
  const [only = null] = rules.length === 1 ? rules : [];
  const { text, category } = example;
  const named = someOf(only === null ? rules : []);
  return foundOf(only, "gap-of-rules", { rules: named, ...where, example: { text, category } });
}
