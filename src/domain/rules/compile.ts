import AhoCorasick from "modern-ahocorasick";
import { type Condition, codeOf, holds, type RuleFacts } from "./condition.ts";
import { wordsOf } from "./matched-words.ts";
import type { Rule, Ruleset } from "./ruleset.ts";
import type { CodeVariable } from "./variables.ts";

/** A compiled rule set: an index over its conditions, built once and asked for every message. */
export type CompiledRuleset = {
  readonly ruleset: Ruleset;
  /**
   * The first rule, in the order written, that holds; null when none does.
   * @param on the day of the message, YYYY-MM-DD: a rule that has expired by then does not hold
   */
  firstMatch(facts: RuleFacts, on: string): Rule | null;
  /** Every word that any rule looks for and the text has; a text of these words alone is decided the same. */
  wordsIn(text: string): string[];
};

/** Something that a message shows at a glance: a word in its text, or the value of a code variable. */
type Key = { readonly word: string } | { readonly variable: CodeVariable; readonly value: string | null };

const CODES: readonly CodeVariable[] = [
  "grid.code",
  "grid.community",
  "grid.township",
  "grid.station",
  "category",
  "channel",
  "language",
];
/** Signs that form one character together with others: the automaton finds no word that begins or ends inside. */
const JOINED = /[\p{M}\p{Emoji_Modifier}\p{Regional_Indicator}\p{Cf}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/u;

/**
 * Compiles a rule set: builds the index over its conditions.
 *
 * Most conditions can hold only where one of a few words or codes is there. Such a rule is asked only for messages that
 * show one of them, under the choice of keys that the fewest rules share; the others are always asked. The order written
 * decides as if every rule had been asked.
 */
export function compileRuleset(ruleset: Ruleset): CompiledRuleset {
  const { keyed, unkeyed } = distribute(ruleset.rules);
  const words = [...new Set(ruleset.rules.flatMap((rule) => wordsOf(rule.when)))];
  const automaton = words.length === 0 ? null : new AhoCorasick(words);

  const wordsIn = (text: string): Iterable<string> => {
    if (automaton === null) return [];
    if (JOINED.test(text)) return words.filter((word) => text.includes(word));
    return new Set(automaton.search(text).map((hit) => hit.pattern));
  };
  const candidates = (facts: RuleFacts): readonly number[] => {
    const found = [unkeyed];
    const add = (key: Key) => {
      const rules = keyed.get(nameOf(key));
      if (rules !== undefined) found.push(rules);
    };
    for (const word of wordsIn(facts.text)) add({ word });
    for (const variable of CODES) add({ variable, value: codeOf(facts, variable) });
    return found.length === 1 ? unkeyed : [...new Set(found.flat())].sort((a, b) => a - b);
  };

  return {
    ruleset,
    wordsIn: (text) => [...wordsIn(text)].sort(),
    firstMatch(facts, on) {
      for (const index of candidates(facts)) {
        const rule = ruleset.rules[index];
        if (rule === undefined || (rule.expires !== null && rule.expires < on)) continue;
        if (holds(rule.when, facts)) return rule;
      }
      return null;
    },
  };
}

function distribute(rules: readonly Rule[]): {
  readonly keyed: ReadonlyMap<string, readonly number[]>;
  readonly unkeyed: readonly number[];
} {
  const choices = rules.map((rule) => choicesOf(rule.when).map((keys) => keys.map(nameOf)));
  const shared = new Map<string, number>();
  for (const name of choices.flat(2)) shared.set(name, (shared.get(name) ?? 0) + 1);
  const weight = (names: readonly string[]) => names.reduce((sum, name) => sum + (shared.get(name) ?? 0), 0);
  const keyed = new Map<string, number[]>();
  const unkeyed: number[] = [];
  for (const [index, options] of choices.entries()) {
    const [first, ...others] = options;
    if (first === undefined) {
      unkeyed.push(index);
      continue;
    }
    const lightest = others.reduce((best, option) => (weight(option) < weight(best) ? option : best), first);
    for (const name of new Set(lightest)) {
      const posting = keyed.get(name);
      if (posting === undefined) keyed.set(name, [index]);
      else posting.push(index);
    }
  }
  return { keyed, unkeyed };
}

/** Sets of keys, each such that the condition can only hold where one of the set is there; empty when there is none. */
function choicesOf(condition: Condition): Key[][] {
  switch (condition.kind) {
    case "constant":
      return condition.holds ? [] : [[]];
    case "says":
      return [[{ word: condition.word }]];
    case "is": {
      const { variable, oneOf } = condition;
      return [oneOf.map((value) => ({ variable, value }))];
    }
    case "all":
      return condition.of.flatMap(choicesOf);
    case "any": {
      const parts = condition.of.map((part) => choicesOf(part)[0]);
      return parts.every((keys) => keys !== undefined) ? [parts.flat()] : [];
    }
    case "not":
    case "contains":
    case "within":
    case "photo":
      return [];
  }
}

function nameOf(key: Key): string {
  return "word" in key ? `word:${key.word}` : `${key.variable}=${JSON.stringify(key.value)}`;
}
