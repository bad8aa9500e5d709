import type { FindingValues } from "../../../../domain/rules/finding-values.ts";
import type { FindingSentences } from "../../zh/rules/finding-sentences.ts";

type Some = { readonly first: readonly string[]; readonly count: number };

const listed = ({ first, count }: Some) =>
  count > first.length ? `${first.join(", ")} and more, ${count} in all` : first.join(", ");
const wide = ({ grids, isCounted }: FindingValues["gap"]) =>
  `${isCounted ? "" : "at least "}${grids.count} grid${grids.count === 1 ? "" : "s"} (${grids.first.join(", ")}${grids.count > grids.first.length ? "…" : ""})`;
const target = ({ kind, code }: FindingValues["contradicts"]["here"]) => {
  if (kind === "grid") return "the grid's deputies";
  if (kind === "office") return "the office";
  return code === null ? "the grid's station" : `${kind} ${code}`;
};

/** The English sentences of findings. */
export const sentences: FindingSentences = {
  "too-large": ({ most }) => `It is too large: ${most} bytes at most`,
  "too-large-for-rules": ({ count, most }) => `It is too large for ${count} rules: ${most} bytes at most`,
  "not-utf8": () => "The file is not written in UTF-8: save it as UTF-8",
  "no-json": () => "It cannot be read: a quotation mark, a bracket or a comma is missing",
  "too-many-rules": ({ count, most }) => `It has ${count} rules: ${most} at most`,
  "cannot-be-stored": () => "It holds a character that cannot be stored: take it out",
  shape: () => "This is not written as it must be, and cannot be saved",
  absent: () => "A part that must be there is missing",
  "wrong-type": () => "Something of another kind belongs here: a text, a number or a list",
  blank: () => "This is empty and must be filled in",
  "text-long": ({ most }) => `This is too long: ${most} characters at most`,
  "unknown-key": ({ keys }) => `There is a part that is not known: ${keys.join(", ")}`,
  "bad-id": () => "The name takes 1 to 64 letters, digits and . _ -",
  "bad-day": () => "The last day is written like 2027-06-30",
  "no-target": () => "It does not say who gets it",
  "same-id": () => "Another rule has this name: choose another",
  "many-parts": ({ most }) => `It has too many conditions: ${most} at most`,
  "too-deep": ({ most }) => `It is nested too deep: ${most} at most`,
  "one-operation": () => "One condition belongs here",
  "one-condition": () => "Only one condition may stand here",
  "no-statement": ({ said }) => `${said} is no condition by itself`,
  "unknown-operator": ({ said }) => `${said} is not understood`,
  "no-parts": () => "This group has no condition yet",
  "one-value": () => "One variable is compared with one value",
  "one-number": () => "One variable is compared with one number",
  "two-operands": () => "Two things belong here",
  "three-operands": () => "With three numbers it is from one to another, such as 8 to 18 o'clock",
  "in-form": () => "It either looks for a word, or chooses from a list",
  "text-or-null": ({ variable }) => `${variable} is compared with a text`,
  "number-wanted": ({ variable }) => `${variable} is compared with a number`,
  "true-or-false": ({ variable }) => `${variable} is there or is not there, nothing else`,
  "whole-text": () => "A whole message is never compared: look for a word in it",
  "long-list": ({ count, most }) => `The list has ${count} values: ${most} at most`,
  "wrong-list": ({ variable }) => `The list holds something else than ${variable} does`,
  "empty-word": () => "It looks for an empty word",
  "long-word": ({ most }) => `The word is too long: ${most} characters at most`,
  "long-code": ({ most }) => `The code is too long: ${most} characters at most`,
  "no-text": ({ variable }) => `${variable} holds no text to look in`,
  "no-order": ({ variable }) => `${variable} has no order and cannot be more or less`,
  "unknown-variable": ({ said }) => `There is no variable ${said}`,
  "no-deputy": ({ code }) => `The lists have no deputy ${code}`,
  "term-ended": ({ code, day }) => `The term of deputy ${code} ended on ${day}`,
  "no-group": ({ code }) => `The lists have no group ${code}`,
  "empty-group": ({ code }) => `Nobody of group ${code} is in office`,
  "no-station": ({ code }) => `The lists have no station ${code}`,
  "empty-station": ({ code }) => `No deputy in office serves at station ${code}`,
  "no-unit": ({ code }) => `The lists have no unit ${code}`,
  expired: ({ day, owner }) =>
    `Its last day was ${day} and it does nothing any more: ${owner} renews it or takes it out`,
  impossible: ({ isProven }) =>
    isProven
      ? "No message can meet this condition: its parts exclude each other"
      : "No message was found that meets this condition (tried, not proven)",
  covered: ({ by, isProven }, nameOf) => {
    const rules = listed({ ...by, first: by.first.map(nameOf) });
    return isProven
      ? `Nothing ever reaches it: ${rules} before it takes all that it could. Move it up, or change the condition`
      : `No message was found that reaches it (tried, not proven): ${rules} before it took them`;
  },
  again: ({ first }, nameOf) => `It says the same as “${nameOf(first)}” before it: one of the two is enough`,
  contradicts: ({ first, there, here }, nameOf) =>
    `“${nameOf(first)}” before it has the same condition and gives everything to ${target(there)}: nothing is left for ${target(here)}. Change the condition, or take one of the two out`,
  circle: ({ day, people }) =>
    `From ${day} on these deputies stand in for each other in a circle: ${people.join(" → ")}`,
  overload: ({ deputy, name, count, total, share, most }) =>
    `${name === "" ? deputy : name} would get ${count} of the last ${total} matters (${share}%); ${most}% is the most`,
  gap: (values) =>
    `What comes from ${wide(values)} reaches no deputy: neither the grid nor its station has one in office`,
  "gap-of-rules": ({ rules, example, ...values }, nameOf) => {
    const named = rules.first.map((rule) => (rule === null ? "where no rule holds" : nameOf(rule)));
    const what = rules.count === 0 ? "this rule" : `“${listed({ ...rules, first: named })}”`;
    const such = example.text === "" ? "" : `. An example is a message that says “${example.text}”`;
    return `What ${what} takes from ${wide(values)} reaches no deputy: nobody is in office where it goes, nor at the grid or its station${such}`;
  },
};
