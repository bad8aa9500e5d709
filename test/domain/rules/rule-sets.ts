/** What a rule does; written like this, an object that holds it is not taken for a promise. */
const THEN = "then";

/** A rule as an office writes it. */
export function rule(id: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id,
    when: { in: ["电梯", { var: "text" }] },
    [THEN]: { assign: { group: "property" } },
    reason: "sector group handles lifts",
    owner: "office",
    ...more,
  };
}

/** A rule set as an office writes it, with one rule when none are given. */
export function ruleset(name = "2026 rules", rules: readonly unknown[] = [rule("lifts")]): Record<string, unknown> {
  return { name, rules, otherwise: { assign: { grid: true } } };
}
