import { canonicalOf } from "../rules/canonical.ts";
import { type Finding, foundOf } from "../rules/finding.ts";
import type { Rule, Ruleset, RuleTarget } from "../rules/ruleset.ts";

/**
 * The findings about rules that repeat an earlier one: needlessly, with the same target, or in contradiction, with
 * another.
 *
 * The earlier one decides, as long as it holds; a rule that is still there when the earlier one has expired is its
 * successor, and no double.
 * @param on rules whose last day was before it are over, YYYY-MM-DD
 */
export function duplicateFindings({ rules }: Ruleset, on: string): Finding[] {
  const earlier = new Map<string, Rule[]>();
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (rule.expires !== null && rule.expires < on) continue;
    const condition = canonicalOf(rule.when);
    const same = earlier.get(condition) ?? [];
    const first = same.find((one) => holdsAsLongAs(one, rule));
    if (first !== undefined) findings.push(doubleOf(rule, first));
    else earlier.set(condition, [...same, rule]);
  }
  return findings;
}

function holdsAsLongAs(earlier: Rule, rule: Rule): boolean {
  return earlier.expires === null || (rule.expires !== null && rule.expires <= earlier.expires);
}

function doubleOf(rule: Rule, { id: first, target }: Rule): Finding {
  const [here, there] = [plain(rule.target), plain(target)];
  return here.kind === there.kind && here.code === there.code
    ? foundOf(rule.id, "again", { first })
    : foundOf(rule.id, "contradicts", { first, there, here });
}

function plain(target: RuleTarget) {
  return { kind: target.kind, code: "code" in target ? target.code : null };
}
