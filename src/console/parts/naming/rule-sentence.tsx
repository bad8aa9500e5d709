import type { Condition } from "../../../domain/rules/condition.ts";
import type { RuleTarget } from "../../../domain/rules/ruleset.ts";
import { useWords } from "../../client/language.tsx";
import { withOpenEnds } from "./open-ends.ts";
import { type NameOf, sayCondition, sayTarget } from "./say-condition.ts";

/**
 * Shows a rule as one plain sentence: 当内容提到「电梯」或「困梯」，且在 东关街道，交给 物业组. A condition or a target alone is shown as its
 * part of the sentence.
 */
export function RuleSentence(props: {
  readonly when?: Condition;
  readonly to?: RuleTarget;
  /** The names of what the rule names by codes: see `useNames`. */
  readonly nameOf: NameOf;
}) {
  const words = useWords();
  const { when, to, nameOf } = props;
  const condition = when === undefined ? null : sayCondition(withOpenEnds(when), words, nameOf);
  const target = to === undefined ? null : sayTarget(to, words, nameOf);
  const said =
    condition !== null && target !== null ? words.ruleSentence.rule(condition, target) : (condition ?? target ?? "");
  return <span className="rule-sentence">{said}</span>;
}
