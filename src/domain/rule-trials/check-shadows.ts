import { addDays } from "../calendar/days.ts";
import type { CompiledRuleset } from "../rules/compile.ts";
import { type Reach, type RuleGrid, reachOf, type SharedTries } from "../rules/reach.ts";
import type { Finding, Rule } from "../rules/ruleset.ts";
import { someOf } from "./wording.ts";

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
    return [shadowed(rule, [...by], isProven)];
  });
}

/** The day on which the first of those that cover a rule is over; null when none ever is. */
function dayAfterFirst(expiries: readonly (string | null)[]): string | null {
  const [first] = expiries.filter((day) => day !== null).sort();
  return first === undefined ? null : addDays(first, 1);
}

function shadowed(rule: Rule, by: readonly string[], isProven: boolean): Finding {
  if (by.length === 0) {
    const text = isProven
      ? "no message can meet its condition in this county (proven)"
      : "no message was found that meets its condition (searched, not proven)";
    return { rule: rule.id, kind: "shadowed", text };
  }
  const names = someOf(by);
  const text = isProven
    ? `nothing ever reaches it (proven): before it ${names} ${by.length === 1 ? "takes" : "take"} all that it could`
    : `no message was found that reaches it (searched, not proven): before it, ${names} took each that was tried`;
  return { rule: rule.id, kind: "shadowed", text };
}
