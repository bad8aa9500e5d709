import { findingText } from "./finding-text.ts";
import {
  type FindingCode,
  type FindingKind,
  type FindingSaid,
  type FindingValues,
  kindOfFinding,
} from "./finding-values.ts";

/** A finding about a rule set: its code with its parameters, and the same in one English sentence. */
export type Finding = {
  /** The id of the rule; null when it is about the whole. */
  readonly rule: string | null;
  /** The place in what was read, such as `rules[1].when.and[0].in`; null where the finding is about no place, or the rule tells it. */
  readonly at: string | null;
  readonly kind: FindingKind;
  readonly text: string;
} & FindingSaid;

/** A finding of the check of rules that could be read. */
export function foundOf<C extends FindingCode>(rule: string | null, code: C, values: FindingValues[C]): Finding {
  const kind = kindOfFinding(code);
  const text = findingText(code, values);
  const whole = rule === null && kind === "unknown-target" ? `otherwise: ${text}` : text;
  return { rule, at: null, kind, code, values, text: whole } as Finding;
}

/**
 * A mistake in a rule set that cannot be read.
 * @param at the place; null for the set itself
 */
export function invalidAt<C extends FindingCode>(
  at: string | null,
  code: C,
  values: FindingValues[C],
  rule: string | null = null,
): Finding {
  const text = `${at ?? "the set"}: ${findingText(code, values)}`;
  return { rule, at, kind: "invalid", code, values, text } as Finding;
}
