import type { Condition } from "../../domain/rules/condition.ts";
import type { CodeVariable, NumberVariable } from "../../domain/rules/variables.ts";

/** A span of numbers as it is clicked; null is open. */
export type Span = readonly [from: number | null, to: number | null];

/** A line of the clicking editor: a fact of the message, how it is asked, and for what. */
export type Line = { readonly id?: string } & (
  | { readonly field: "text"; readonly operator: "any" | "all" | "none"; readonly value: readonly string[] }
  | { readonly field: CodeVariable; readonly operator: "is" | "is-not"; readonly value: readonly string[] }
  | { readonly field: CodeVariable; readonly operator: "unknown" | "known"; readonly value: null }
  | { readonly field: CodeVariable; readonly operator: "contains" | "contains-not"; readonly value: string }
  | { readonly field: "weekday"; readonly operator: "is" | "is-not"; readonly value: readonly number[] }
  | {
      readonly field: Exclude<NumberVariable, "weekday">;
      readonly operator: "within" | "not-within";
      readonly value: Span;
    }
  | { readonly field: "hasPhoto"; readonly operator: "yes" | "no"; readonly value: null }
);

/** A group of the clicking editor: all of it holds, any of it, or none. */
export type Query = {
  readonly id?: string;
  readonly combinator: "all" | "any" | "none";
  readonly rules: readonly (Query | Line)[];
};

/** So deep groups are shown for clicking; deeper ones are kept as they are written. */
const DEEPEST = 3;
const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** Whether a part of a query is a group. */
export function isGroup(part: Query | Line): part is Query {
  return "combinator" in part;
}

/** Turns a condition into what can be clicked; null for what cannot, such as one that always holds, or is more than three groups deep. */
export function toQuery(condition: Condition): Query | null {
  const part = partOf(condition);
  if (part === null) return null;
  const query: Query = isGroup(part) ? part : { combinator: "all", rules: [part] };
  return depthOf(query) > DEEPEST ? null : query;
}

/** Turns what was clicked into a condition of the same meaning; null while something of it is not filled in. */
export function fromQuery(query: Query): Condition | null {
  const of: Condition[] = [];
  for (const part of query.rules) {
    const read = isGroup(part) ? fromQuery(part) : fromLine(part);
    if (read === null) return null;
    of.push(read);
  }
  const [only] = of;
  if (only === undefined) return null;
  if (query.combinator === "none") return { kind: "not", of: of.length === 1 ? only : { kind: "any", of } };
  return of.length === 1 ? only : { kind: query.combinator, of };
}

function depthOf({ rules }: Query): number {
  return 1 + Math.max(0, ...rules.map((part) => (isGroup(part) ? depthOf(part) : 0)));
}

function partOf(condition: Condition): Query | Line | null {
  switch (condition.kind) {
    case "constant":
      return null;
    case "all":
    case "any":
      return partOfMany(condition);
    case "not":
      return negated(condition.of);
    case "says":
      return { field: "text", operator: "any", value: [condition.word] };
    case "is":
      return partOfCodes(condition);
    case "contains":
      return { field: condition.variable, operator: "contains", value: condition.part };
    case "within":
      return partOfRange(condition);
    case "photo":
      return { field: "hasPhoto", operator: "yes", value: null };
  }
}

function partOfMany({ kind, of }: Extract<Condition, { kind: "all" | "any" }>): Query | Line | null {
  if (of.length === 0) return null;
  const words = of.flatMap((one) => (one.kind === "says" ? [one.word] : []));
  if (words.length === of.length) return { field: "text", operator: kind, value: [...new Set(words)] };
  if (kind === "any") {
    const days = of.flatMap((one) =>
      one.kind === "within" && one.variable === "weekday" && one.from === one.to && WEEK.includes(one.from)
        ? [one.from]
        : [],
    );
    if (days.length === of.length) return { field: "weekday", operator: "is", value: [...new Set(days)] };
  }
  const rules = of.map(partOf);
  return rules.every((part) => part !== null) ? { combinator: kind, rules } : null;
}

/** The opposite of each operator that has one of its own. */
const OPPOSITE: Readonly<Record<string, string>> = {
  any: "none",
  none: "any",
  is: "is-not",
  "is-not": "is",
  unknown: "known",
  known: "unknown",
  contains: "contains-not",
  "contains-not": "contains",
  within: "not-within",
  "not-within": "within",
  yes: "no",
  no: "yes",
};

function negated(of: Condition): Query | Line | null {
  const part = partOf(of);
  if (part === null) return null;
  if (isGroup(part)) {
    if (part.combinator === "any") return { ...part, combinator: "none" };
    return { combinator: "none", rules: [part] };
  }
  const operator = OPPOSITE[part.operator];
  return operator === undefined ? { combinator: "none", rules: [part] } : ({ ...part, operator } as Line);
}

/** A code that may also be unknown is two lines. */
function partOfCodes({ variable, oneOf }: Extract<Condition, { kind: "is" }>): Query | Line | null {
  const codes = oneOf.filter((code) => code !== null);
  const unknown: Line = { field: variable, operator: "unknown", value: null };
  // What is an empty code cannot be shown as a chip.
  if (oneOf.length === 0 || codes.includes("")) return null;
  if (codes.length === 0) return unknown;
  const known: Line = { field: variable, operator: "is", value: [...new Set(codes)] };
  return codes.length === oneOf.length ? known : { combinator: "any", rules: [known, unknown] };
}

function partOfRange({ variable, from, to }: Extract<Condition, { kind: "within" }>): Line | null {
  if (variable === "weekday") {
    const days = WEEK.filter((day) => day >= from && day <= to);
    return days.length === 0 ? null : { field: "weekday", operator: "is", value: days };
  }
  const [lower, upper] = [endOf(from), endOf(to)];
  const isOpen = lower === null && upper === null;
  const isWhole = [lower, upper].every((end) => end === null || Number.isInteger(end));
  if (isOpen || !isWhole || from > to) return null;
  return { field: variable, operator: "within", value: [lower, upper] };
}

function endOf(end: number): number | null {
  return Number.isFinite(end) ? end : null;
}

function fromLine(line: Line): Condition | null {
  const isNegative = ["none", "is-not", "known", "contains-not", "not-within", "no"].includes(line.operator);
  const held = heldBy(line);
  return held === null || !isNegative ? held : { kind: "not", of: held };
}

/** What a line asks for, or forbids. */
function heldBy(line: Line): Condition | null {
  switch (line.field) {
    case "text":
      return manyOf(
        line.value.map((word) => ({ kind: "says", word })),
        line.operator === "all" ? "all" : "any",
      );
    case "hasPhoto":
      return { kind: "photo" };
    case "weekday":
      return manyOf(
        line.value.map((day) => ({ kind: "within", variable: "weekday", from: day, to: day })),
        "any",
      );
    case "hour":
    case "resident.openCases":
      return spanOf(line.field, line.value);
    default: {
      const { field: variable, value } = line;
      if (value === null) return { kind: "is", variable, oneOf: [null] };
      if (typeof value === "string") return value === "" ? null : { kind: "contains", variable, part: value };
      return value.length === 0 ? null : { kind: "is", variable, oneOf: value };
    }
  }
}

function manyOf(of: readonly Condition[], kind: "all" | "any"): Condition | null {
  const [only] = of;
  if (only === undefined) return null;
  return of.length === 1 ? only : { kind, of };
}

function spanOf(variable: "hour" | "resident.openCases", [from, to]: Span): Condition | null {
  if ((from === null && to === null) || (from !== null && to !== null && from > to)) return null;
  return { kind: "within", variable, from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY };
}
