import { type Condition, ruleText } from "./condition.ts";
import type { FindingCode, FindingSaid, FindingValues } from "./finding-values.ts";
import { type CodeVariable, type NumberVariable, VARIABLES } from "./variables.ts";

/**
 * The result of reading a condition: it, or what is wrong, by its code with parameters; `at` is the place, such as
 * `and[1].==`.
 */
export type ReadCondition =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly at: string; readonly wrong: FindingSaid };

const DEEPEST = 12;
const MOST_PARTS = 500;
const LONGEST_WORD = 200;
const MOST_LISTED = 500;

/**
 * Reads a JSONLogic condition over {@link VARIABLES}.
 *
 * There are no patterns and no arithmetic: whatever can be written ends, and quickly. At most 500 parts, 12 deep, and lists
 * of 500 values.
 */
export function readCondition(logic: unknown): ReadCondition {
  const left = { parts: MOST_PARTS };
  return read(logic, "", 0, left);
}

type Budget = { parts: number };

function read(logic: unknown, at: string, depth: number, left: Budget): ReadCondition {
  left.parts -= 1;
  if (left.parts < 0) return wrong(at, "many-parts", { most: MOST_PARTS });
  if (depth > DEEPEST) return wrong(at, "too-deep", { most: DEEPEST });
  if (typeof logic === "boolean") return good({ kind: "constant", holds: logic });
  const operation = onlyEntry(logic);
  if (operation === null) return wrong(at, "one-operation", {});
  const [operator, operand] = operation;
  const here = at === "" ? operator : `${at}.${operator}`;
  const operands = Array.isArray(operand) ? operand : [operand];
  switch (operator) {
    case "and":
    case "or":
      return readMany(operator === "and" ? "all" : "any", operands, here, depth, left);
    case "!":
      return operands.length === 1
        ? negated(read(operands[0], here, depth + 1, left))
        : wrong(here, "one-condition", {});
    case "!!":
      return operands.length === 1 ? read(operands[0], here, depth + 1, left) : wrong(here, "one-condition", {});
    case "var":
      return operands[0] === "hasPhoto" && operands.length === 1
        ? good({ kind: "photo" })
        : wrong(here, "no-statement", { said: spell(operands[0]) });
    case "==":
    case "===":
      return readEquality(operands, here);
    case "!=":
    case "!==":
      return negated(readEquality(operands, here));
    case "<":
    case "<=":
    case ">":
    case ">=":
      return readOrder(operator, operands, here);
    case "in":
      return readMembership(operands, here);
    default:
      return wrong(here, "unknown-operator", { said: spell(operator) });
  }
}

function readMany(
  kind: "all" | "any",
  operands: readonly unknown[],
  at: string,
  depth: number,
  left: Budget,
): ReadCondition {
  if (operands.length === 0) return wrong(at, "no-parts", {});
  const of: Condition[] = [];
  for (const [index, operand] of operands.entries()) {
    const part = read(operand, `${at}[${index}]`, depth + 1, left);
    if (!part.ok) return part;
    of.push(part.condition);
  }
  return good({ kind, of });
}

function readEquality(operands: readonly unknown[], at: string): ReadCondition {
  const pair = variableAndValue(operands);
  if (pair === null) return wrong(at, "one-value", {});
  const { variable, value } = pair;
  switch (typeOf(variable)) {
    case "code":
      return typeof value === "string" || value === null
        ? code(variable as CodeVariable, [value], at)
        : wrong(at, "text-or-null", { variable });
    case "number":
      return isNumber(value)
        ? good({ kind: "within", variable: variable as NumberVariable, from: value, to: value })
        : wrong(at, "number-wanted", { variable });
    case "boolean":
      if (typeof value !== "boolean") return wrong(at, "true-or-false", { variable });
      return good(value ? { kind: "photo" } : { kind: "not", of: { kind: "photo" } });
    case "text":
      return wrong(at, "whole-text", {});
    case null:
      return unknownVariable(variable, at);
  }
}

function readOrder(operator: "<" | "<=" | ">" | ">=", operands: readonly unknown[], at: string): ReadCondition {
  if (operands.length === 3) {
    const [from, middle, to] = operands;
    const variable = variableIn(middle);
    if (!operator.startsWith("<") || variable === null || !isNumber(from) || !isNumber(to)) {
      return wrong(at, "three-operands", {});
    }
    const step = operator === "<" ? 1 : 0;
    return range(variable, Math.floor(from) + step, Math.ceil(to) - step, at);
  }
  const pair = variableAndValue(operands);
  if (pair === null || !isNumber(pair.value)) return wrong(at, "one-number", {});
  const { variable, value, isFlipped } = pair;
  const isUpper = operator.startsWith("<") !== isFlipped;
  const isStrict = operator.length === 1;
  return isUpper
    ? range(variable, Number.NEGATIVE_INFINITY, isStrict ? Math.ceil(value) - 1 : Math.floor(value), at)
    : range(variable, isStrict ? Math.floor(value) + 1 : Math.ceil(value), Number.POSITIVE_INFINITY, at);
}

function readMembership(operands: readonly unknown[], at: string): ReadCondition {
  const [needle, haystack, ...others] = operands;
  if (operands.length !== 2 || others.length > 0) return wrong(at, "two-operands", {});
  const inside = variableIn(haystack);
  if (inside !== null && typeof needle === "string") return readPart(inside, needle, at);
  const variable = variableIn(needle);
  if (variable === null || !Array.isArray(haystack) || haystack.length === 0) {
    return wrong(at, "in-form", {});
  }
  if (haystack.length > MOST_LISTED) return wrong(at, "long-list", { count: haystack.length, most: MOST_LISTED });
  const type = typeOf(variable);
  if (type === null) return unknownVariable(variable, at);
  if (type === "code" && haystack.every((value) => typeof value === "string" || value === null)) {
    return code(variable as CodeVariable, haystack, at);
  }
  if (type === "number" && haystack.every(isNumber)) {
    const of = haystack.map(
      (value): Condition => ({ kind: "within", variable: variable as NumberVariable, from: value, to: value }),
    );
    return good({ kind: "any", of });
  }
  return wrong(at, "wrong-list", { variable });
}

function readPart(variable: string, needle: string, at: string): ReadCondition {
  const word = ruleText(needle);
  if (word === "") return wrong(at, "empty-word", {});
  if (needle.length > LONGEST_WORD) return wrong(at, "long-word", { most: LONGEST_WORD });
  const type = typeOf(variable);
  if (type === "text") return good({ kind: "says", word });
  if (type === "code") return good({ kind: "contains", variable: variable as CodeVariable, part: needle });
  return type === null ? unknownVariable(variable, at) : wrong(at, "no-text", { variable });
}

function code(variable: CodeVariable, oneOf: readonly (string | null)[], at: string): ReadCondition {
  if (oneOf.some((value) => (value?.length ?? 0) > LONGEST_WORD)) {
    return wrong(at, "long-code", { most: LONGEST_WORD });
  }
  return good({ kind: "is", variable, oneOf });
}

function range(variable: string, from: number, to: number, at: string): ReadCondition {
  const type = typeOf(variable);
  if (type === null) return unknownVariable(variable, at);
  if (type !== "number") return wrong(at, "no-order", { variable });
  return good({ kind: "within", variable: variable as NumberVariable, from, to });
}

function variableAndValue(
  operands: readonly unknown[],
): { readonly variable: string; readonly value: unknown; readonly isFlipped: boolean } | null {
  if (operands.length !== 2) return null;
  const [first, second] = operands.map(variableIn);
  if (first != null && second == null) return { variable: first, value: operands[1], isFlipped: false };
  if (second != null && first == null) return { variable: second, value: operands[0], isFlipped: true };
  return null;
}

/** The name in `{"var": name}`, known or not; null for anything else. */
function variableIn(operand: unknown): string | null {
  const [operator, name] = onlyEntry(operand) ?? [];
  if (operator !== "var") return null;
  const only = Array.isArray(name) && name.length === 1 ? name[0] : name;
  return typeof only === "string" ? only : null;
}

function typeOf(variable: string): (typeof VARIABLES)[keyof typeof VARIABLES] | null {
  return Object.hasOwn(VARIABLES, variable) ? VARIABLES[variable as keyof typeof VARIABLES] : null;
}

function unknownVariable(variable: string, at: string): ReadCondition {
  return wrong(at, "unknown-variable", { said: spell(variable) });
}

function onlyEntry(value: unknown): readonly [string, unknown] | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const [only, ...others] = Object.entries(value);
  return only === undefined || others.length > 0 ? null : only;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function negated(read: ReadCondition): ReadCondition {
  return read.ok ? good({ kind: "not", of: read.condition }) : read;
}

function good(condition: Condition): ReadCondition {
  return { ok: true, condition };
}

function wrong<C extends FindingCode>(at: string, code: C, values: FindingValues[C]): ReadCondition {
  return { ok: false, at, wrong: { code, values } as FindingSaid };
}

/** What somebody wrote, short enough to be shown back; how deep it is does not matter. */
function spell(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return JSON.stringify(typeof value === "string" ? value.slice(0, 40) : (value ?? null));
}
