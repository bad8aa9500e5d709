import { isInOffice } from "../routing/nearness.ts";
import type { CompiledRuleset } from "../rules/compile.ts";
import type { RuleFacts } from "../rules/condition.ts";
import { type Finding, foundOf } from "../rules/finding.ts";
import type { RuleTarget } from "../rules/ruleset.ts";
import type { County } from "./county-snapshot.ts";
import { takerOf } from "./taker.ts";

/** The counts of past matters that each rule would take from each grid; counted one by one, so that no list of them is held. */
export type PastMatters = {
  /** Counts one matter as the rules would be asked about it. */
  add(facts: RuleFacts): void;
  readonly total: () => number;
  readonly taken: () => Iterable<Taken>;
};

type Taken = {
  /** Null is `otherwise`. */
  readonly rule: string | null;
  readonly target: RuleTarget;
  /** The code; null for a matter of no grid. */
  readonly grid: string | null;
  count: number;
};

/** Fewer matters are no burden to anybody, whatever share they are. */
const FEW_MATTERS = 20;
/** In a small county everybody has a large share: only what is so much more than an equal one counts. */
const UNEVEN = 1.5;
/** So many times one rule and grid are divided among those who are equally near. */
const PORTIONS = 50;

/**
 * An empty count of past matters.
 * @param on the day whose rules hold, YYYY-MM-DD
 */
export function countMatters(compiled: CompiledRuleset, on: string): PastMatters {
  const taken = new Map<string, Taken>();
  let total = 0;
  return {
    add(facts) {
      total += 1;
      const rule = compiled.firstMatch(facts, on);
      const grid = facts.grid?.code ?? null;
      const key = `${rule?.id ?? ""} ${grid ?? ""}`;
      const known = taken.get(key);
      if (known !== undefined) known.count += 1;
      else
        taken.set(key, { rule: rule?.id ?? null, target: rule?.target ?? compiled.ruleset.otherwise, grid, count: 1 });
    },
    total: () => total,
    taken: () => taken.values(),
  };
}

/**
 * The findings about people to whom the rules would send too much of what came in the past, were it to come again with
 * everybody there.
 *
 * Routing is asked for each; of those who are equally near, whoever has fewest gets the next, as in life. Twenty matters
 * are needed, and one and a half times an equal share of all deputies in office.
 * @param mostShare of all matters, 0 to 1
 */
export function overloadFindings(county: County, past: PastMatters, mostShare: number): Finding[] {
  const loads = loadsOf(county, past);
  const total = past.total();
  const inOffice = county.deputies.filter((deputy) => isInOffice(deputy, county.on)).length;
  const limit = Math.max(mostShare, UNEVEN / inOffice);
  return [...loads].flatMap(([deputy, byRule]): Finding[] => {
    const parts = [...byRule].sort(([, a], [, b]) => b - a);
    const count = parts.reduce((sum, [, part]) => sum + part, 0);
    if (count < FEW_MATTERS || count / total <= limit) return [];
    const [main] = parts;
    const name = county.deputyByCode.get(deputy)?.name ?? "";
    const ways = parts.slice(0, 3).map(([rule, part]) => ({ rule, count: part }));
    const rule = main !== undefined && main[1] > count / 2 ? main[0] : null;
    const shares = { share: percent(count / total), most: percent(limit) };
    return [foundOf(rule, "overload", { deputy, name, count, total, ...shares, ways })];
  });
}

/** What each deputy would get, by rule; the office's queue is nobody's burden here. */
function loadsOf(county: County, past: PastMatters): Map<string, Map<string | null, number>> {
  const loads = new Map<string, Map<string | null, number>>();
  const openCases = new Map<string, number>();
  for (const { rule, target, grid, count } of past.taken()) {
    const place = grid === null ? null : (county.gridByCode.get(grid) ?? null);
    const portion = Math.ceil(count / PORTIONS);
    for (let left = count; left > 0; left -= portion) {
      const taker = takerOf(county, target, place, { away: NOBODY, openCases });
      if (taker === null) break;
      const { deputy } = taker;
      const got = Math.min(portion, left);
      const byRule = loads.get(deputy) ?? new Map<string | null, number>();
      loads.set(deputy, byRule.set(rule, (byRule.get(rule) ?? 0) + got));
      openCases.set(deputy, (openCases.get(deputy) ?? 0) + got);
    }
  }
  return loads;
}

const NOBODY: ReadonlySet<string> = new Set();

function percent(share: number): number {
  return Math.round(share * 100);
}
