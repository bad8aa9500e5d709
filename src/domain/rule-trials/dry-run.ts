import type { DeputyFacts } from "../routing/nearness.ts";
import { type Decision, type RoutingFacts, route, type TargetFacts, wayOf } from "../routing/route.ts";
import type { CompiledRuleset } from "../rules/compile.ts";
import type { RuleFacts } from "../rules/condition.ts";
import type { RuleTarget } from "../rules/ruleset.ts";

/** A past matter, with all facts as they were when it was decided. */
export type PastMatter = {
  readonly case: string;
  /** What rules look at. */
  readonly facts: RuleFacts;
  /** The day of the decision, YYYY-MM-DD. */
  readonly on: string;
  /** What was decided then. */
  readonly decided: {
    /** Whom the rules that held then named: the place where there were none; null where a person decided instead. */
    readonly target: RuleTarget | null;
    /** Who got it: a deputy's code, `unit:CODE` or `office`. */
    readonly to: string;
    /** The id of the rule by which, `otherwise`, or the way where there was none. */
    readonly rule: string;
    /** Nobody was found, though the office was not meant. */
    readonly isNobody: boolean;
  };
};

/**
 * The people whom a target named at that time, with the name of the group, station or unit, and with those who stood in
 * for them.
 */
export type NamedThen = {
  readonly deputies: readonly DeputyFacts[];
  readonly substitutes: readonly DeputyFacts[];
  readonly name: string | null;
};

/** A version of a rule set that a dry run asks, compiled. */
export type Ruling = { readonly version: number; readonly rules: CompiledRuleset };

/** The receiver of a past matter under a rule set, and the rule by which; its id, or `otherwise`. */
export type Ruled = { readonly to: string; readonly rule: string; readonly isNobody: boolean };

/** The answer of a rule set about a past matter, before it is known who gets it. */
export type AskedThen = {
  /** The id of the rule, or `otherwise`. */
  readonly rule: string;
  readonly target: RuleTarget;
  /** Null where the rules of that time named the same: what was decided then would be decided again. */
  readonly named: NamedThen | null;
};

/**
 * Asks a rule set, null for the rules that apply without one, about a matter of the past.
 * @param named asked only for a target that nobody was asked for then
 */
export function askThen(
  ruling: Ruling | null,
  { facts, on, decided }: PastMatter,
  named: (target: RuleTarget) => NamedThen,
): AskedThen {
  const rule = ruling?.rules.firstMatch(facts, on) ?? null;
  const target = rule?.target ?? ruling?.rules.ruleset.otherwise ?? THE_PLACE;
  const isAsThen = decided.target !== null && isSameTarget(decided.target, target);
  return { rule: rule?.id ?? "otherwise", target, named: isAsThen ? null : named(target) };
}

/**
 * The receiver of a past matter under a rule set's answer.
 * @param routing the facts of the decision that was made; needed only where somebody else is named
 */
export function ruledThen({ rule, target, named }: AskedThen, matter: PastMatter, routing: RoutingFacts | null): Ruled {
  if (named === null) return { to: matter.decided.to, rule, isNobody: matter.decided.isNobody };
  if (routing === null) throw new Error("the facts of a decision are missing");
  const { text: _text, ...message } = matter.facts;
  const asked: TargetFacts = {
    ...{ version: 0, ruleset: "", rule: null, reason: null, target },
    ...{ deputies: named.deputies, name: named.name, message: { ...message, words: [] } },
  };
  const substitutes = [...(routing.substitutes ?? []), ...named.substitutes];
  const decision = route({ ...routing, byHand: null, target: asked, substitutes });
  return { to: destinationOf(decision.chosen, target), rule, isNobody: isNobody(decision) };
}

/** The target of a county that has published no rules. */
export const THE_PLACE: RuleTarget = { kind: "grid" };

/** Whether two targets name the same receiver. */
export function isSameTarget(one: RuleTarget, other: RuleTarget): boolean {
  return one.kind === other.kind && ("code" in one ? one.code : null) === ("code" in other ? other.code : null);
}

/** Whether the office got a matter only because nobody else was there. */
export function isNobody({ chosen, way, rule }: Pick<Decision, "chosen" | "way" | "rule">): boolean {
  return chosen.kind === "office" && wayOf({ way, rule }) === "office";
}

/** The destination of a decision: a deputy's code, `unit:CODE` or `office`. */
export function destinationOf(chosen: Decision["chosen"], target: RuleTarget | null): string {
  if (chosen.kind === "deputy") return chosen.deputy;
  return target?.kind === "unit" ? `unit:${target.code}` : "office";
}
