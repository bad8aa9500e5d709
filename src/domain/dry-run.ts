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

/**
 * What the rules of sets, null being those that hold without one, would have made of a matter, in their order.
 *
 * Sets that name the same target are decided once: who of those named gets it does not depend on the rule.
 */
export function decideThen(
  rulings: readonly (Ruling | null)[],
  matter: PastMatter,
  named: (target: RuleTarget) => NamedThen,
): Verdict[] {
  const decided: { readonly target: RuleTarget; readonly verdict: Omit<Verdict, "rule"> }[] = [];
  return rulings.map((ruling) => {
    const rule = ruling?.rules.firstMatch(matter.facts, matter.routing.on) ?? null;
    const target = rule?.target ?? ruling?.rules.ruleset.otherwise ?? THE_PLACE;
    const known = decided.find((one) => isSame(one.target, target));
    const verdict = known?.verdict ?? sendTo(target, matter, named(target));
    if (known === undefined) decided.push({ target, verdict });
    return { ...verdict, rule: rule?.id ?? "otherwise" };
  });
}

/** The target of a county that has published no rules. */
const THE_PLACE: RuleTarget = { kind: "grid" };

function isSame(one: RuleTarget, other: RuleTarget): boolean {
  return one.kind === other.kind && ("code" in one ? one.code : null) === ("code" in other ? other.code : null);
}

function sendTo(target: RuleTarget, { facts, routing }: PastMatter, named: NamedThen): Omit<Verdict, "rule"> {
  const { text: _text, ...message } = facts;
  const asked: TargetFacts = {
    ...{ version: 0, ruleset: "", rule: null, reason: null, target },
    ...{ deputies: named.deputies, name: named.name, message: { ...message, words: [] } },
  };
  const substitutes = [...(routing.substitutes ?? []), ...named.substitutes];
  const decision = route({ ...routing, byHand: null, target: asked, substitutes });
  const isNobody = decision.chosen.kind === "office" && wayOf(decision) === "office";
  return { to: destinationOf(decision), isNobody };
}

/** Where a decision sent a matter: a deputy's code, `unit:CODE` or `office`. */
export function destinationOf({ chosen, facts }: Pick<Decision, "chosen" | "facts">): string {
  if (chosen.kind === "deputy") return chosen.deputy;
  const target = facts.byHand == null ? facts.target?.target : null;
  return target?.kind === "unit" ? `unit:${target.code}` : "office";
}
