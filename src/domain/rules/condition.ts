import { normalise } from "../text/words.ts";
import type { CodeVariable, NumberVariable } from "./variables.ts";

/** The facts of a message that a rule may test; the names are those that JSONLogic's `var` knows. */
export type RuleFacts = {
  /** As texts are matched: see {@link ruleText}. */
  readonly text: string;
  readonly category: string | null;
  readonly channel: string;
  readonly language: string;
  /** 0 to 23, in the county's time zone. */
  readonly hour: number;
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly hasPhoto: boolean;
  readonly grid: {
    readonly code: string;
    readonly township: string;
    readonly community: string;
    readonly station: string | null;
  } | null;
  readonly resident: { readonly openCases: number };
};

/**
 * A condition after it was read: the meaning of its JSONLogic, with the type of every operand known.
 *
 * Words are normalised as texts are matched; a range includes both its ends and is infinite where it is open.
 */
export type Condition =
  | { readonly kind: "constant"; readonly holds: boolean }
  | { readonly kind: "all" | "any"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "says"; readonly word: string }
  | { readonly kind: "is"; readonly variable: CodeVariable; readonly oneOf: readonly (string | null)[] }
  | { readonly kind: "contains"; readonly variable: CodeVariable; readonly part: string }
  | { readonly kind: "within"; readonly variable: NumberVariable; readonly from: number; readonly to: number }
  | { readonly kind: "photo" };

/** A text in the form in which rules look for words: half width, simplified, small letters. */
export function ruleText(text: string): string {
  return normalise(text).toLowerCase();
}

/** Whether a condition holds for these facts. */
export function holds(condition: Condition, facts: RuleFacts): boolean {
  switch (condition.kind) {
    case "constant":
      return condition.holds;
    case "all":
      return condition.of.every((part) => holds(part, facts));
    case "any":
      return condition.of.some((part) => holds(part, facts));
    case "not":
      return !holds(condition.of, facts);
    case "says":
      return facts.text.includes(condition.word);
    case "is":
      return condition.oneOf.includes(codeOf(facts, condition.variable));
    case "contains":
      return codeOf(facts, condition.variable)?.includes(condition.part) === true;
    case "within": {
      const value = numberOf(facts, condition.variable);
      return value >= condition.from && value <= condition.to;
    }
    case "photo":
      return facts.hasPhoto;
  }
}

/** The value of a code variable; null where there is no grid, station or category. */
export function codeOf(facts: RuleFacts, variable: CodeVariable): string | null {
  switch (variable) {
    case "category":
    case "channel":
    case "language":
      return facts[variable];
    case "grid.code":
      return facts.grid?.code ?? null;
    case "grid.township":
      return facts.grid?.township ?? null;
    case "grid.community":
      return facts.grid?.community ?? null;
    case "grid.station":
      return facts.grid?.station ?? null;
  }
}

function numberOf(facts: RuleFacts, variable: NumberVariable): number {
  return variable === "resident.openCases" ? facts.resident.openCases : facts[variable];
}
