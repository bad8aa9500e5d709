import type { Condition } from "./condition.ts";

/**
 * The canonical spelling of a condition, so that two of the same spelling mean the same.
 *
 * Neither the order nor the nesting of `and` and `or` counts, nor what is said twice, nor a doubled or carried-out `!`.
 * Conditions that mean the same may still have different spellings: whether one covers another is asked of `reachOf`.
 */
export function canonicalOf(condition: Condition): string {
  return spell(condition, true);
}

const ALWAYS = "always";
const NEVER = "never";

function spell(condition: Condition, positive: boolean): string {
  switch (condition.kind) {
    case "constant":
      return condition.holds === positive ? ALWAYS : NEVER;
    case "not":
      return spell(condition.of, !positive);
    case "all":
    case "any":
      return joined(condition, positive);
    case "is": {
      const codes = [...new Set(condition.oneOf)].map((code) => JSON.stringify(code)).sort();
      return signed(`${condition.variable} in [${codes.join()}]`, positive);
    }
    case "says":
      return signed(`says ${JSON.stringify(condition.word)}`, positive);
    case "contains":
      return signed(`${condition.variable} has ${JSON.stringify(condition.part)}`, positive);
    case "within":
      return signed(`${condition.variable} from ${condition.from} to ${condition.to}`, positive);
    case "photo":
      return signed("photo", positive);
  }
}

type Joined = Extract<Condition, { kind: "all" | "any" }>;

function joined(condition: Joined, positive: boolean): string {
  const isAll = isConjunction(condition, positive);
  const [neutral, final] = isAll ? [ALWAYS, NEVER] : [NEVER, ALWAYS];
  const spelled = condition.of.flatMap((part) => partsOf(part, positive, isAll));
  const parts = [...new Set(spelled)].filter((part) => part !== neutral).sort();
  if (parts.includes(final)) return final;
  if (parts.length <= 1) return parts[0] ?? neutral;
  return `${isAll ? "all" : "any"}(${parts.join(" ; ")})`;
}

/** What stands beside each other in an `and` (or an `or`), with what is nested in it without need. */
function partsOf(condition: Condition, positive: boolean, isAll: boolean): readonly string[] {
  if (condition.kind === "not") return partsOf(condition.of, !positive, isAll);
  const isSame = (condition.kind === "all" || condition.kind === "any") && isConjunction(condition, positive) === isAll;
  return isSame ? condition.of.flatMap((part) => partsOf(part, positive, isAll)) : [spell(condition, positive)];
}

/** De Morgan: the opposite of an `or` is the `and` of the opposites. */
function isConjunction({ kind }: Joined, positive: boolean): boolean {
  return (kind === "all") === positive;
}

function signed(statement: string, positive: boolean): string {
  return positive ? statement : `not ${statement}`;
}
