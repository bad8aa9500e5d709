import type { Condition } from "./condition.ts";

/**
 * Writes a condition as JSONLogic, which `readCondition` reads as one of the same meaning: no deeper and of no more parts than what
 * it was read from, so that its limits hold. Nothing here needs the tables by which
 * texts are read, so that a page in a browser can use it.
 */
export function writeCondition(condition: Condition): unknown {
  switch (condition.kind) {
    case "constant":
      return condition.holds;
    case "all":
    case "any":
      return writeMany(condition);
    case "not":
      return writeNot(condition.of);
    case "says":
      return { in: [condition.word, { var: "text" }] };
    case "is": {
      const { variable, oneOf } = condition;
      const [only] = oneOf;
      if (only === undefined) return false;
      return oneOf.length === 1 ? { "==": [{ var: variable }, only] } : { in: [{ var: variable }, [...oneOf]] };
    }
    case "contains":
      return { in: [condition.part, { var: condition.variable }] };
    case "within":
      return writeRange(condition);
    case "photo":
      return { var: "hasPhoto" };
  }
}

function writeNot(of: Condition): unknown {
  if (of.kind === "photo") return { "==": [{ var: "hasPhoto" }, false] };
  const written = writeCondition(of);
  const isEquality = typeof written === "object" && written !== null && "==" in written;
  return isEquality && of.kind !== "not" ? { "!=": written["=="] } : { "!": [written] };
}

function writeMany({ kind, of }: Extract<Condition, { kind: "all" | "any" }>): unknown {
  if (of.length === 0) return kind === "all";
  const listed = kind === "any" ? listedNumbers(of) : null;
  if (listed !== null) return listed;
  return { [kind === "all" ? "and" : "or"]: of.map(writeCondition) };
}

/** Single numbers of one variable, which are written as a list. */
function listedNumbers(of: readonly Condition[]): unknown {
  const [first] = of;
  if (first?.kind !== "within") return null;
  const numbers = of.flatMap((one) =>
    one.kind === "within" && one.variable === first.variable && one.from === one.to ? [one.from] : [],
  );
  return numbers.length === of.length ? { in: [{ var: first.variable }, numbers] } : null;
}

function writeRange({ variable, from, to }: Extract<Condition, { kind: "within" }>): unknown {
  const value = { var: variable };
  if (from > to) return false;
  if (from === to) return { "==": [value, from] };
  const [isOpenBelow, isOpenAbove] = [from === Number.NEGATIVE_INFINITY, to === Number.POSITIVE_INFINITY];
  if (isOpenBelow) return isOpenAbove ? true : { "<=": [value, to] };
  return isOpenAbove ? { ">=": [value, from] } : { "<=": [from, value, to] };
}
