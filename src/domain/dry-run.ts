import { type Decision, type DeputyFacts, type RoutingFacts, route, type TargetFacts, wayOf } from "./routing.ts";
import type { RuleFacts } from "./rule-condition.ts";
import type { CompiledRuleset } from "./rule-index.ts";
import type { RuleTarget } from "./ruleset.ts";

/** A matter of the past, as everything was when it was decided. */
export type PastMatter = {
  readonly case: string;
  /** What rules look at. */
  readonly facts: RuleFacts;
  /** The facts of the decision that was made. */
  readonly routing: RoutingFacts;
  /** Who got it then: a deputy's code, `unit:CODE` or `office`. */
  readonly from: string;
};

/** The people whom a target named at that time, with the name of the group, station or unit; and who stood in for them. */
export type NamedThen = {
  readonly deputies: readonly DeputyFacts[];
  readonly substitutes: readonly DeputyFacts[];
  readonly name: string | null;
};

export type Ruling = { readonly version: number; readonly rules: CompiledRuleset };

/** Who would have got a matter, and by which rule; the id, or `otherwise`. */
export type Verdict = { readonly to: string; readonly rule: string; readonly isNobody: boolean };

/** What the rules of a set, or with null those that hold without one, would have made of a matter. */
export function decideThen(
  ruling: Ruling | null,
  matter: PastMatter,
  named: (target: RuleTarget) => NamedThen,
): Verdict {
  const { target: _target, byHand: _byHand, ...before } = matter.routing;
  if (ruling === null) return verdictOf(route({ ...before, target: null }));
  const { version, rules } = ruling;
  const rule = rules.firstMatch(matter.facts, before.on);
  const target = rule?.target ?? rules.ruleset.otherwise;
  const { deputies, substitutes, name } = named(target);
  const { text: _text, ...others } = matter.facts;
  const facts: TargetFacts = {
    ...{ version, target, deputies, name },
    ruleset: rules.ruleset.name,
    rule: rule?.id ?? null,
    reason: null,
    message: { ...others, words: [] },
  };
  const known = [...(before.substitutes ?? []), ...substitutes];
  return verdictOf(route({ ...before, target: facts, substitutes: known }));
}

/** Where a decision sent a matter: a deputy's code, `unit:CODE` or `office`. */
export function destinationOf({ chosen, facts }: Pick<Decision, "chosen" | "facts">): string {
  if (chosen.kind === "deputy") return chosen.deputy;
  const target = facts.byHand == null ? facts.target?.target : null;
  return target?.kind === "unit" ? `unit:${target.code}` : "office";
}

function verdictOf(decision: Decision): Verdict {
  const { chosen, rule } = decision;
  return { to: destinationOf(decision), rule, isNobody: chosen.kind === "office" && wayOf(decision) === "office" };
}
