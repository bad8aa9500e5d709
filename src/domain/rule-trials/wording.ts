import type { RuleTarget } from "../rules/ruleset.ts";

const MOST_NAMED = 5;

/** The first few of many codes, with the number of the others. */
export function someOf(codes: readonly string[]): string {
  const more = codes.length - MOST_NAMED;
  return `${codes.slice(0, MOST_NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** The target in words: `deputy D001`, `the grid's deputies`. */
export function targetInWords(target: RuleTarget): string {
  switch (target.kind) {
    case "grid":
      return "the grid's deputies";
    case "station":
      return target.code === null ? "the grid's station" : `station ${target.code}`;
    case "office":
      return "the office";
    default:
      return `${target.kind} ${target.code}`;
  }
}
