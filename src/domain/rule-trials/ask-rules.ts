import type { CompiledRuleset } from "../rules/compile.ts";
import { type Condition, holds, type RuleFacts } from "../rules/condition.ts";
import type { Rule } from "../rules/ruleset.ts";

/** The answer of one rule to a message: it holds, or the first part that failed; null for one that expired. */
export type AskedRule = {
  readonly rule: string;
  /** From 1. */
  readonly order: number;
  readonly holds: boolean;
  readonly failed: Condition | null;
};

/**
 * Asks the rules of a set about a message one after the other, until one holds; what decides is the same as `firstMatch`.
 * @param on YYYY-MM-DD: a rule that has expired by then does not hold
 */
export function askEachRule(
  { ruleset }: CompiledRuleset,
  facts: RuleFacts,
  on: string,
): { readonly asked: readonly AskedRule[]; readonly rule: Rule | null } {
  const asked: AskedRule[] = [];
  for (const [index, rule] of ruleset.rules.entries()) {
    const told = { rule: rule.id, order: index + 1 };
    if (rule.expires !== null && rule.expires < on) {
      asked.push({ ...told, holds: false, failed: null });
      continue;
    }
    const failed = firstFailed(rule.when, facts);
    asked.push({ ...told, holds: failed === null, failed });
    if (failed === null) return { asked, rule };
  }
  return { asked, rule: null };
}

/** The first part of a condition for which it does not hold; null where it holds. */
function firstFailed(condition: Condition, facts: RuleFacts): Condition | null {
  if (holds(condition, facts)) return null;
  if (condition.kind !== "all") return condition;
  const part = condition.of.find((one) => !holds(one, facts));
  return part === undefined ? condition : firstFailed(part, facts);
}
