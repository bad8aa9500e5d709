import { canonicalOf } from "../rules/canonical.ts";
import type { Finding, Rule, Ruleset } from "../rules/ruleset.ts";
import { targetInWords } from "./wording.ts";

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

function doubleOf(rule: Rule, first: Rule): Finding {
  const here = targetInWords(rule.target);
  const there = targetInWords(first.target);
  const text =
    here === there
      ? `it says again what ${first.id} says before it: one of the two is enough`
      : `it contradicts ${first.id}, which has the same condition and comes first: that one gives to ${there}, and nothing ever reaches ${here} by this one`;
  return { rule: rule.id, kind: "duplicate", text };
}
