import fc from "fast-check";
import { type Condition, type RuleFacts, ruleText } from "../../../src/domain/rules/condition.ts";
import type { CodeVariable, NumberVariable } from "../../../src/domain/rules/variables.ts";

const CODES: readonly CodeVariable[] = [
  "category",
  "channel",
  "language",
  "grid.code",
  "grid.township",
  "grid.station",
];
const NUMBERS: readonly NumberVariable[] = ["hour", "weekday", "resident.openCases"];
const code = fc.constantFrom("a", "ab", "东关街道", "G1", "");
const word = fc.constantFrom("电梯", "停梯", "电", "路燈", "ＬＩＦＴ", "坏了");
const bound = fc.integer({ min: -1, max: 24 });

/** Any condition that can be read, of which some hold often. */
export const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.boolean().map((holds): Condition => ({ kind: "constant", holds })),
    word.map((one): Condition => ({ kind: "says", word: ruleText(one) })),
    fc
      .tuple(fc.constantFrom(...CODES), fc.array(fc.option(code), { minLength: 1, maxLength: 3 }))
      .map(([variable, oneOf]): Condition => ({ kind: "is", variable, oneOf })),
    fc
      .tuple(fc.constantFrom(...CODES), fc.constantFrom("a", "东关"))
      .map(([variable, part]): Condition => ({ kind: "contains", variable, part })),
    fc
      .tuple(
        fc.constantFrom(...NUMBERS),
        fc.option(bound, { nil: Number.NEGATIVE_INFINITY }),
        fc.option(bound, { nil: Number.POSITIVE_INFINITY }),
      )
      .map(([variable, from, to]): Condition => ({ kind: "within", variable, from, to })),
    fc.constant<Condition>({ kind: "photo" }),
    fc
      .tuple(
        fc.constantFrom("all" as const, "any" as const),
        fc.array(tie("condition"), { minLength: 1, maxLength: 3 }),
      )
      .map(([kind, of]): Condition => ({ kind, of })),
    tie("condition").map((of): Condition => ({ kind: "not", of })),
  ),
}));

/** What a message may be like, as those conditions look at it. */
export const facts: fc.Arbitrary<RuleFacts> = fc.record({
  text: fc.array(word, { maxLength: 3 }).map((words) => ruleText(words.join("，"))),
  category: fc.option(code),
  channel: code,
  language: code,
  hour: fc.integer({ min: 0, max: 23 }),
  weekday: fc.integer({ min: 1, max: 7 }),
  hasPhoto: fc.boolean(),
  grid: fc.option(fc.record({ code, township: code, community: code, station: fc.option(code) })),
  resident: fc.record({ openCases: fc.nat({ max: 5 }) }),
});
