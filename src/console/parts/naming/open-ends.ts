import type { Condition } from "../../../domain/rules/condition.ts";

/** Gives the ranges of a condition their open ends back: JSON knows no infinity, and the API's answers hold null there. */
export function withOpenEnds(condition: Condition): Condition {
  switch (condition.kind) {
    case "all":
    case "any":
      return { ...condition, of: condition.of.map(withOpenEnds) };
    case "not":
      return { ...condition, of: withOpenEnds(condition.of) };
    case "within": {
      const { from, to }: { readonly from: number | null; readonly to: number | null } = condition;
      return { ...condition, from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY };
    }
    default:
      return condition;
  }
}
