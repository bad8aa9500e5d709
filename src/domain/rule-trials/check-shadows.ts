import { addDays } from "../calendar/days.ts";
import type { CompiledRuleset } from "../rules/compile.ts";
import { type Finding, foundOf } from "../rules/finding.ts";
import { someOf } from "../rules/finding-values.ts";
import { type Reach, type RuleGrid, reachOf, type SharedTries } from "../rules/reach.ts";

/** Messages tried for all rules together: some seconds, where thousands of rules are tangled. */
const MOST_TRIES = 50_000;

/**
 * The findings about rules that no message can ever reach, because of those before them or of their own condition.
 *
 * A rule that is covered only until those before it expire is none of them.
 * @param world.on the first day that counts, YYYY-MM-DD
 * @param except ids of rules that are not asked about; all that have expired are among them
 */
export function shadowFindings(
  compiled: CompiledRuleset,
  world: { readonly grids: readonly RuleGrid[]; readonly categories: readonly string[]; readonly on: string },
  except: ReadonlySet<string>,
): Finding[] {
  const shared: SharedTries = { left: MOST_TRIES };
  const expiries = new Map(compiled.ruleset.rules.map((rule) => [rule.id, rule.expires]));
  return compiled.ruleset.rules.flatMap((rule): Finding[] => {
    if (except.has(rule.id)) return [];
    const by = new Set<string>();
    let isProven = true;
    for (let on: string | null = world.on; on !== null && (rule.expires === null || on <= rule.expires); ) {
      const reach: Reach = reachOf(compiled, rule, world.grids, on, { categories: world.categories, shared });
      if (reach.reached) return [];
      for (const id of reach.by) by.add(id);
      isProven &&= reach.isProven;
      on = dayAfterFirst(reach.by.map((id) => expiries.get(id) ?? null));
    }
    return [
      by.size === 0
        ? foundOf(rule.id, "impossible", { isProven })
        : foundOf(rule.id, "covered", { by: someOf([...by]), isProven }),
    ];
  });
}

/** The day on which the first of those that cover a rule is over; null when none ever is. */
function dayAfterFirst(expiries: readonly (string | null)[]): string | null {
  const [first] = expiries.filter((day) => day !== null).sort();
  return first === undefined ? null : addDays(first, 1);
}
