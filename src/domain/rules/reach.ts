import type { CompiledRuleset } from "./compile.ts";
import { type Condition, holds, type RuleFacts } from "./condition.ts";
import type { Rule } from "./ruleset.ts";
import type { CodeVariable, NumberVariable } from "./variables.ts";

/** A grid as the variables of conditions show it. */
export type RuleGrid = NonNullable<RuleFacts["grid"]>;

/** The result of a search for a message that reaches a rule. */
export type Reach =
  /** `example` is a message that this rule takes. */
  | { readonly reached: true; readonly example: RuleFacts }
  /** `by` take everything before it; nobody when its own condition cannot hold. Proven unless the search was cut off. */
  | { readonly reached: false; readonly by: readonly string[]; readonly isProven: boolean };

/** A code that no rule names. */
const ANY = "\uE000";
/** Messages that are tried for one rule before the search gives up. */
const MOST_TRIES = 2_000;
/** That many are tried even when others have used up what they share. */
const FEWEST_TRIES = 20;

type Atom = Extract<Condition, { kind: "says" | "is" | "contains" | "within" | "photo" }>;
type Literal = { readonly atom: Atom; readonly positive: boolean };
type Goal = { readonly condition: Condition; readonly positive: boolean };
type Search = { tries: number; readonly by: Set<string> };

/** The budget of messages that searches for many rules may try together; most rules need one or two of them. */
export type SharedTries = { left: number };

/**
 * Searches for a message that `rule` takes although the rules before it are asked first.
 *
 * A tableau over the conditions: it makes the rule's own condition true, asks the set who takes such a message, and
 * makes that rule's condition false in each possible way, until the rule itself takes it or no way is left. What is left
 * out of the search when it is cut off is said by `isProven`.
 * @param grids all grids of the county: a condition on a grid holds for some of them or for none
 * @param on the day for which it is asked, YYYY-MM-DD
 * @param options.categories the county's catalogue; any code may come when it is left out
 * @param options.shared what is left for this and further searches; 2000 for this one when left out
 */
export function reachOf(
  compiled: CompiledRuleset,
  rule: Rule,
  grids: readonly RuleGrid[],
  on: string,
  { categories, shared }: { readonly categories?: readonly string[]; readonly shared?: SharedTries } = {},
): Reach {
  const mostTries = Math.min(MOST_TRIES, Math.max(FEWEST_TRIES, shared?.left ?? MOST_TRIES));
  const search: Search = { tries: 0, by: new Set() };
  const example = find([{ condition: rule.when, positive: true }], [], (facts) => {
    const taker = compiled.firstMatch(facts, on);
    if (taker === null || taker.id === rule.id) return taker;
    search.by.add(taker.id);
    return taker;
  });
  if (shared !== undefined) shared.left -= search.tries;
  if (example !== null) return { reached: true, example };
  return { reached: false, by: [...search.by], isProven: search.tries <= mostTries };

  function find(
    goals: readonly Goal[],
    literals: readonly Literal[],
    take: (facts: RuleFacts) => Rule | null,
  ): RuleFacts | null {
    const [goal, ...later] = goals;
    if (goal !== undefined) {
      for (const [more, literal] of waysToReach(goal)) {
        const known = literal === null ? literals : [...literals, literal];
        if (literal !== null && contradicts(literals, literal)) continue;
        const found = find([...more, ...later], known, take);
        if (found !== null || search.tries > mostTries) return found;
      }
      return null;
    }
    search.tries += 1;
    if (search.tries > mostTries) return null;
    const facts = factsWith(literals, grids, categories);
    if (facts === null) return null;
    const taker = take(facts);
    if (taker === null) return null;
    return taker.id === rule.id ? facts : find([{ condition: taker.when, positive: false }], literals, take);
  }
}

/** The alternatives by which a goal may come true: further goals, and the one literal that is settled. */
function waysToReach({ condition, positive }: Goal): readonly (readonly [readonly Goal[], Literal | null])[] {
  switch (condition.kind) {
    case "constant":
      return condition.holds === positive ? [[[], null]] : [];
    case "not":
      return [[[{ condition: condition.of, positive: !positive }], null]];
    case "all":
    case "any": {
      const parts = condition.of.map((part): Goal => ({ condition: part, positive }));
      return (condition.kind === "all") === positive ? [[parts, null]] : parts.map((part) => [[part], null] as const);
    }
    default:
      return [[[], { atom: condition, positive }]];
  }
}

/** Only what is plain at a glance; the rest shows when the message is made. */
function contradicts(literals: readonly Literal[], { atom, positive }: Literal): boolean {
  return literals.some((known) => known.positive !== positive && JSON.stringify(known.atom) === JSON.stringify(atom));
}

/** A message for which all literals hold; null when there is none. */
function factsWith(
  literals: readonly Literal[],
  grids: readonly RuleGrid[],
  categories: readonly string[] | undefined,
): RuleFacts | null {
  const text = textWith(literals);
  const grid = gridWith(literals, grids);
  const photo = literals.filter(({ atom }) => atom.kind === "photo");
  const numbers = {
    hour: numberWith(literals, "hour", 0, 23),
    weekday: numberWith(literals, "weekday", 1, 7),
    openCases: numberWith(literals, "resident.openCases", 0, 10_000),
  };
  const codes = {
    category: codeWith(literals, "category", categories === undefined ? [null, ANY] : [null, ...categories]),
    channel: codeWith(literals, "channel", [ANY]),
    language: codeWith(literals, "language", [ANY]),
  };
  const { hour, weekday, openCases } = numbers;
  const { category, channel, language } = codes;
  if (text === null || grid === undefined || hour === null || weekday === null || openCases === null) return null;
  if (category === undefined || channel == null || language == null) return null;
  const facts: RuleFacts = {
    text,
    category,
    channel,
    language,
    hour,
    weekday,
    hasPhoto: photo.some(({ positive }) => positive),
    grid,
    resident: { openCases },
  };
  return literals.every(({ atom, positive }) => holds(atom, facts) === positive) ? facts : null;
}

function textWith(literals: readonly Literal[]): string | null {
  const words = literals.flatMap(({ atom, positive }) => (atom.kind === "says" ? [{ word: atom.word, positive }] : []));
  const separator = [..."。；！|~^_"].find((sign) => words.every(({ word }) => !word.includes(sign)));
  if (separator === undefined) return null;
  const said = words.filter(({ positive }) => positive).map(({ word }) => word);
  const text = said.join(separator);
  return words.every(({ word, positive }) => text.includes(word) === positive) ? text : null;
}

function gridWith(literals: readonly Literal[], grids: readonly RuleGrid[]): RuleGrid | null | undefined {
  const about = literals.filter(({ atom }) => "variable" in atom && atom.variable.startsWith("grid."));
  const fits = (grid: RuleGrid | null) =>
    about.every(({ atom, positive }) => holds(atom, { ...NOTHING, grid }) === positive);
  return fits(null) ? null : grids.find(fits);
}

const NOTHING: RuleFacts = {
  text: "",
  category: null,
  channel: "",
  language: "",
  hour: 0,
  weekday: 1,
  hasPhoto: false,
  grid: null,
  resident: { openCases: 0 },
};

function numberWith(
  literals: readonly Literal[],
  variable: NumberVariable,
  lowest: number,
  highest: number,
): number | null {
  const about = literals.flatMap(({ atom, positive }) =>
    atom.kind === "within" && atom.variable === variable ? [{ ...atom, positive }] : [],
  );
  const edges = about.flatMap(({ from, to }) => [from, to, from - 1, to + 1]).filter(Number.isFinite);
  const inside = (value: number) =>
    about.every(({ from, to, positive }) => (value >= from && value <= to) === positive);
  return (
    [lowest, highest, ...edges].find(
      (value) => value >= lowest && value <= highest && Number.isInteger(value) && inside(value),
    ) ?? null
  );
}

/** @param values those that it may have; with {@link ANY} also any other */
function codeWith(
  literals: readonly Literal[],
  variable: Extract<CodeVariable, "category" | "channel" | "language">,
  values: readonly (string | null)[],
): string | null | undefined {
  const about = literals.filter(({ atom }) => "variable" in atom && atom.variable === variable);
  const named = about.flatMap(({ atom }) => (atom.kind === "is" ? atom.oneOf : []));
  const parts = about.flatMap(({ atom, positive }) => (atom.kind === "contains" && positive ? [atom.part] : []));
  const candidates = values.includes(ANY) ? [...values, parts.join(ANY), ...named] : values;
  return candidates.find((value) =>
    about.every(({ atom, positive }) => holds(atom, { ...NOTHING, [variable]: value }) === positive),
  );
}
