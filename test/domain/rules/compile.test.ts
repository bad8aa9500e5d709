import fc from "fast-check";
import { LogicEngine } from "json-logic-engine";
import { describe, expect, it } from "vitest";
import { type RuleFacts, ruleText } from "../../../src/domain/rules/condition.ts";
import { compiledSet, writtenRule } from "../../rule-sets.ts";

const WORDS = ["电梯", "路灯", "梯", "路", "停", "物业费", "e\u0301", "👍", "电", "a"];
const CODES = ["G1", "G2", "东关街道", "S1", "wechat-official", "en", ""];

const word = fc.constantFrom(...WORDS);
const codeVariable = fc.constantFrom(
  "category",
  "channel",
  "language",
  "grid.code",
  "grid.township",
  "grid.community",
  "grid.station",
);
const numberVariable = fc.constantFrom("hour", "weekday", "resident.openCases");
const codeValue = fc.oneof(fc.constantFrom(...CODES), fc.constant(null));
const number = fc.integer({ min: -1, max: 24 });

const variable = (name: string) => ({ var: name });
const leaf: fc.Arbitrary<unknown> = fc.oneof(
  word.map((one) => ({ in: [one, variable("text")] })),
  fc.tuple(codeVariable, codeValue).map(([name, value]) => ({ "==": [variable(name), value] })),
  fc.tuple(codeVariable, codeValue).map(([name, value]) => ({ "!=": [value, variable(name)] })),
  fc
    .tuple(codeVariable, fc.array(codeValue, { minLength: 1, maxLength: 3 }))
    .map(([name, values]) => ({ in: [variable(name), values] })),
  fc
    .tuple(fc.constantFrom("<", "<=", ">", ">=", "==", "!="), numberVariable, number)
    .map(([operator, name, value]) => ({ [operator]: [variable(name), value] })),
  fc
    .tuple(fc.constantFrom("<", "<=", ">", ">="), numberVariable, number)
    .map(([operator, name, value]) => ({ [operator]: [value, variable(name)] })),
  fc
    .tuple(fc.constantFrom("<", "<="), number, numberVariable, number)
    .map(([operator, from, name, to]) => ({ [operator]: [from, variable(name), to] })),
  fc.constant(variable("hasPhoto")),
  fc.boolean(),
);
const { condition } = fc.letrec<{ condition: unknown }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((of) => ({ and: of })),
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((of) => ({ or: of })),
    tie("condition").map((of) => ({ "!": of })),
  ),
}));
const facts: fc.Arbitrary<RuleFacts> = fc.record({
  text: fc.array(fc.oneof(word, fc.constantFrom("坏了", "\u0301", "🏽", " "))).map((parts) => ruleText(parts.join(""))),
  category: fc.option(fc.constantFrom(...CODES)),
  channel: fc.constantFrom(...CODES),
  language: fc.constantFrom(...CODES),
  hour: fc.integer({ min: 0, max: 23 }),
  weekday: fc.integer({ min: 1, max: 7 }),
  hasPhoto: fc.boolean(),
  grid: fc.option(
    fc.record({
      code: fc.constantFrom(...CODES),
      township: fc.constantFrom(...CODES),
      community: fc.constantFrom(...CODES),
      station: fc.option(fc.constantFrom(...CODES)),
    }),
  ),
  resident: fc.record({ openCases: fc.nat({ max: 5 }) }),
});

const engine = new LogicEngine();

/** Every word of a rule as texts are matched: the only thing that JSONLogic itself does not know. */
function withMatchedWords(logic: unknown): unknown {
  if (Array.isArray(logic)) return logic.map(withMatchedWords);
  if (typeof logic !== "object" || logic === null) return logic;
  if ("in" in logic && Array.isArray(logic.in) && typeof logic.in[0] === "string") {
    return { in: [ruleText(logic.in[0]), logic.in[1]] };
  }
  return Object.fromEntries(Object.entries(logic).map(([key, value]) => [key, withMatchedWords(value)]));
}

describe("a compiled rule set", () => {
  it("finds the rule that asking one after the other with json-logic-engine finds", () => {
    fc.assert(
      fc.property(
        fc.array(condition, { maxLength: 12 }),
        fc.array(facts, { minLength: 1, maxLength: 8 }),
        (conditions, messages) => {
          const compiled = compiledSet(
            conditions.map((when, index) => writtenRule(`r${index}`, when, { office: true })),
          );
          for (const message of messages) {
            const naive = conditions.findIndex((when) => Boolean(engine.run(withMatchedWords(when), message)));
            expect(compiled.firstMatch(message, "2026-11-24")?.id).toBe(naive === -1 ? undefined : `r${naive}`);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
