import { type CompiledRuleset, compileRuleset } from "../src/domain/rules/compile.ts";
import { readRuleset } from "../src/domain/rules/ruleset.ts";

/** The contract's name for what a rule does; as a literal key it would look like a promise. */
const THEN = "then";

/** A rule as an office writes it. */
export function writtenRule(
  id: string,
  when: unknown,
  assign: unknown,
  more: { readonly expires?: string } = {},
): Record<string, unknown> {
  return { id, when, [THEN]: { assign }, reason: "it was agreed", owner: "office", ...more };
}

/** A rule set as an office writes it; what no rule takes goes to the grid where nothing else is said. */
export function writtenSet(rules: readonly unknown[], otherwise: unknown = { grid: true }): Record<string, unknown> {
  return { name: "2026 rules", rules, otherwise: { assign: otherwise } };
}

/** A written set, read and compiled. */
export function compiledSet(rules: readonly unknown[], otherwise?: unknown): CompiledRuleset {
  const read = readRuleset(writtenSet(rules, otherwise));
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return compileRuleset(read.ruleset);
}
