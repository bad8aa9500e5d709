import { type Condition, ruleText } from "./condition.ts";
import { type CodeVariable, type NumberVariable, VARIABLES } from "./variables.ts";

/**
 * The result of reading a condition: it, or one plain sentence about what is wrong; `at` is the place, such as
 * `and[1].==`.
 */
export type ReadCondition =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly at: string; readonly reason: string };

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
  if (left.parts < 0) return wrong(at, `has more than ${MOST_PARTS} parts`);
  if (depth > DEEPEST) return wrong(at, `is nested more than ${DEEPEST} deep`);
  if (typeof logic === "boolean") return good({ kind: "constant", holds: logic });
  const operation = onlyEntry(logic);
  if (operation === null) return wrong(at, 'must be one operation, such as {"in": ["电梯", {"var": "text"}]}');
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
        : wrong(here, "takes one condition");
    case "!!":
      return operands.length === 1 ? read(operands[0], here, depth + 1, left) : wrong(here, "takes one condition");
    case "var":
      return operands[0] === "hasPhoto" && operands.length === 1
        ? good({ kind: "photo" })
        : wrong(here, `${spell(operands[0])} is no statement by itself: only hasPhoto is`);
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
      return wrong(
        here,
        `${spell(operator)} is not understood: there are and, or, !, ==, !=, <, <=, >, >=, in and var`,
      );
  }
}

function readMany(
  kind: "all" | "any",
  operands: readonly unknown[],
  at: string,
  depth: number,
  left: Budget,
): ReadCondition {
  if (operands.length === 0) return wrong(at, "needs at least one condition");
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
  if (pair === null) return wrong(at, "compares one variable with one value");
  const { variable, value } = pair;
  switch (typeOf(variable)) {
    case "code":
      return typeof value === "string" || value === null
        ? code(variable as CodeVariable, [value], at)
        : wrong(at, `${variable} is compared with a text or null`);
    case "number":
      return isNumber(value)
        ? good({ kind: "within", variable: variable as NumberVariable, from: value, to: value })
        : wrong(at, `${variable} is compared with a number`);
    case "boolean":
      if (typeof value !== "boolean") return wrong(at, `${variable} is compared with true or false`);
      return good(value ? { kind: "photo" } : { kind: "not", of: { kind: "photo" } });
    case "text":
      return wrong(at, 'the whole text is never compared: look for a word with {"in": ["电梯", {"var": "text"}]}');
    case null:
      return unknownVariable(variable, at);
  }
}

function readOrder(operator: "<" | "<=" | ">" | ">=", operands: readonly unknown[], at: string): ReadCondition {
  if (operands.length === 3) {
    const [from, middle, to] = operands;
    const variable = variableIn(middle);
    if (!operator.startsWith("<") || variable === null || !isNumber(from) || !isNumber(to)) {
      return wrong(at, 'with three operands is a range: {"<=": [8, {"var": "hour"}, 18]}');
    }
    const step = operator === "<" ? 1 : 0;
    return range(variable, Math.floor(from) + step, Math.ceil(to) - step, at);
  }
  const pair = variableAndValue(operands);
  if (pair === null || !isNumber(pair.value)) return wrong(at, "compares one variable with one number");
  const { variable, value, isFlipped } = pair;
  const isUpper = operator.startsWith("<") !== isFlipped;
  const isStrict = operator.length === 1;
  return isUpper
    ? range(variable, Number.NEGATIVE_INFINITY, isStrict ? Math.ceil(value) - 1 : Math.floor(value), at)
    : range(variable, isStrict ? Math.floor(value) + 1 : Math.ceil(value), Number.POSITIVE_INFINITY, at);
}

function readMembership(operands: readonly unknown[], at: string): ReadCondition {
  const [needle, haystack, ...others] = operands;
  if (operands.length !== 2 || others.length > 0) return wrong(at, "takes two operands");
  const inside = variableIn(haystack);
  if (inside !== null && typeof needle === "string") return readPart(inside, needle, at);
  const variable = variableIn(needle);
  if (variable === null || !Array.isArray(haystack) || haystack.length === 0) {
    return wrong(at, 'is either {"in": ["word", {"var": "text"}]} or {"in": [{"var": "category"}, ["a", "b"]]}');
  }
  if (haystack.length > MOST_LISTED)
    return wrong(at, `lists ${haystack.length} values, at most ${MOST_LISTED} are taken`);
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
  return wrong(at, `the list must hold what ${variable} holds`);
}

function readPart(variable: string, needle: string, at: string): ReadCondition {
  const word = ruleText(needle);
  if (word === "") return wrong(at, "looks for an empty word, which every text has");
  if (needle.length > LONGEST_WORD) return wrong(at, `looks for a word of more than ${LONGEST_WORD} characters`);
  const type = typeOf(variable);
  if (type === "text") return good({ kind: "says", word });
  if (type === "code") return good({ kind: "contains", variable: variable as CodeVariable, part: needle });
  return type === null ? unknownVariable(variable, at) : wrong(at, `${variable} holds no text`);
}

function code(variable: CodeVariable, oneOf: readonly (string | null)[], at: string): ReadCondition {
  if (oneOf.some((value) => (value?.length ?? 0) > LONGEST_WORD)) {
    return wrong(at, `names a code of more than ${LONGEST_WORD} characters`);
  }
  return good({ kind: "is", variable, oneOf });
}

function range(variable: string, from: number, to: number, at: string): ReadCondition {
  const type = typeOf(variable);
  if (type === null) return unknownVariable(variable, at);
  if (type !== "number") return wrong(at, `${variable} has no order: only numbers have`);
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
  return wrong(at, `there is no variable ${spell(variable)}: there are ${Object.keys(VARIABLES).join(", ")}`);
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

function wrong(at: string, reason: string): ReadCondition {
  return { ok: false, at, reason };
}

/** What somebody wrote, short enough to be shown back; how deep it is does not matter. */
function spell(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return JSON.stringify(typeof value === "string" ? value.slice(0, 40) : (value ?? null));
}
