import type { FindingCode, FindingValues } from "./finding-values.ts";
import { VARIABLES } from "./variables.ts";

/** The sentences of findings in one language, one for each code. */
type FindingSentences = { readonly [C in FindingCode]: (values: FindingValues[C]) => string };
type Target = FindingValues["contradicts"]["here"];

const TWO_GRIDS = "neither the grid nor its station has a deputy in office";

/** The English sentences of findings, as the command line and the API tell them: by codes and ids. */
const SENTENCES: FindingSentences = {
  "too-large": ({ most }) => `has more than ${most} bytes`,
  "too-large-for-rules": ({ bytes, count, most }) => `has ${bytes} bytes for ${count} rules, at most ${most} are taken`,
  "not-utf8": () => "is not written in UTF-8",
  "no-json": ({ said }) => `is no JSON: ${said}`,
  "too-many-rules": ({ count, most }) => `has ${count} rules, at most ${most} are taken`,
  "cannot-be-stored": () => "holds a character that cannot be stored",
  shape: ({ said }) => said,
  absent: () => "is missing",
  "wrong-type": ({ expected }) => `must be of the type ${expected}`,
  blank: () => "is empty",
  "text-long": ({ most }) => `has more than ${most} characters`,
  "unknown-key": ({ keys }) =>
    `Unrecognized ${keys.length === 1 ? "key" : "keys"}: ${keys.map((key) => JSON.stringify(key)).join(", ")}`,
  "bad-id": () => "must have 1 to 64 letters, digits, and . _ -",
  "bad-day": () => "must be a day such as 2027-06-30",
  "no-target": () => "must be exactly one of grid, station, deputy, group, unit, office",
  "same-id": () => "another rule has this id",
  "many-parts": ({ most }) => `has more than ${most} parts`,
  "too-deep": ({ most }) => `is nested more than ${most} deep`,
  "one-operation": () => 'must be one operation, such as {"in": ["电梯", {"var": "text"}]}',
  "one-condition": () => "takes one condition",
  "no-statement": ({ said }) => `${said} is no statement by itself: only hasPhoto is`,
  "unknown-operator": ({ said }) => `${said} is not understood: there are and, or, !, ==, !=, <, <=, >, >=, in and var`,
  "no-parts": () => "needs at least one condition",
  "one-value": () => "compares one variable with one value",
  "one-number": () => "compares one variable with one number",
  "two-operands": () => "takes two operands",
  "three-operands": () => 'with three operands is a range: {"<=": [8, {"var": "hour"}, 18]}',
  "in-form": () => 'is either {"in": ["word", {"var": "text"}]} or {"in": [{"var": "category"}, ["a", "b"]]}',
  "text-or-null": ({ variable }) => `${variable} is compared with a text or null`,
  "number-wanted": ({ variable }) => `${variable} is compared with a number`,
  "true-or-false": ({ variable }) => `${variable} is compared with true or false`,
  "whole-text": () => 'the whole text is never compared: look for a word with {"in": ["电梯", {"var": "text"}]}',
  "long-list": ({ count, most }) => `lists ${count} values, at most ${most} are taken`,
  "wrong-list": ({ variable }) => `the list must hold what ${variable} holds`,
  "empty-word": () => "looks for an empty word, which every text has",
  "long-word": ({ most }) => `looks for a word of more than ${most} characters`,
  "long-code": ({ most }) => `names a code of more than ${most} characters`,
  "no-text": ({ variable }) => `${variable} holds no text`,
  "no-order": ({ variable }) => `${variable} has no order: only numbers have`,
  "unknown-variable": ({ said }) => `there is no variable ${said}: there are ${Object.keys(VARIABLES).join(", ")}`,
  "no-deputy": ({ code }) => `there is no deputy ${code}`,
  "term-ended": ({ code, day }) => `the term of deputy ${code} ended on ${day}`,
  "no-group": ({ code }) => `there is no group ${code}`,
  "empty-group": ({ code }) => `nobody of group ${code} is in office`,
  "no-station": ({ code }) => `there is no station ${code}`,
  "empty-station": ({ code }) => `no deputy in office serves at station ${code}`,
  "no-unit": ({ code }) => `there is no unit ${code}`,
  expired: ({ day, owner }) => `its last day was ${day}: ${owner} renews it or takes it out`,
  impossible: ({ isProven }) =>
    isProven
      ? "no message can meet its condition in this county (proven)"
      : "no message was found that meets its condition (searched, not proven)",
  covered: ({ by, isProven }) =>
    isProven
      ? `nothing ever reaches it (proven): before it ${listed(by)} ${by.count === 1 ? "takes" : "take"} all that it could`
      : `no message was found that reaches it (searched, not proven): before it, ${listed(by)} took each that was tried`,
  again: ({ first }) => `it says again what ${first} says before it: one of the two is enough`,
  contradicts: ({ first, there, here }) =>
    `it contradicts ${first}, which has the same condition and comes first: that one gives to ${inWords(there)}, and nothing ever reaches ${inWords(here)} by this one`,
  circle: ({ day, people }) => `from ${day} on they stand in for each other in a circle: ${people.join(" → ")}`,
  overload: ({ deputy, name, count, total, share, most, ways }) =>
    `deputy ${deputy} (${name}) would get ${count} of the last ${total} matters, ${share} %, where ${most} % is the most: ${ways
      .map((way) => `${way.count} by ${way.rule ?? "otherwise"}`)
      .join(", ")}`,
  gap: (values) => `an ordinary message from ${where(values)} reaches no deputy, whatever its category: ${TWO_GRIDS}`,
  "gap-of-rules": ({ rules, example, ...values }) => {
    const named = { first: rules.first.map((rule) => rule ?? "otherwise"), count: rules.count };
    const what = rules.count === 0 ? "what it takes" : `what ${listed(named)} ${rules.count === 1 ? "takes" : "take"}`;
    const { text, category } = example;
    const message = `a message${text === "" ? "" : ` with the words "${text}"`}${category === null ? "" : ` in the category ${category}`}`;
    return `${what} from ${where(values)} reaches no deputy: its target has nobody in office, and there ${TWO_GRIDS}; for example ${message}`;
  },
};

/** Says in English what a finding says. */
export function findingText<C extends FindingCode>(code: C, values: FindingValues[C]): string {
  return SENTENCES[code](values);
}

function listed({ first, count }: { readonly first: readonly string[]; readonly count: number }): string {
  const more = count - first.length;
  return `${first.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function where({ grids, isCounted }: FindingValues["gap"]): string {
  return `${isCounted ? "" : "at least "}${grids.count} ${grids.count === 1 ? "grid" : "grids"} (${listed(grids)})`;
}

/** The target in words: `deputy D001`, `the grid's deputies`. */
function inWords({ kind, code }: Target): string {
  if (kind === "grid") return "the grid's deputies";
  if (kind === "office") return "the office";
  return kind === "station" && code === null ? "the grid's station" : `${kind} ${code}`;
}
