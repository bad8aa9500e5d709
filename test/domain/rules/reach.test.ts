import fc from "fast-check";
import { expect, it } from "vitest";
import type { RuleFacts } from "../../../src/domain/rules/condition.ts";
import { reachOf } from "../../../src/domain/rules/reach.ts";
import { compiledSet, writtenRule } from "../../rule-sets.ts";

const TODAY = "2026-11-24";
const WORDS = ["电梯", "梯", "路灯", "灯坏"];
const GRIDS = [
  { code: "G1", township: "T1", community: "C1", station: "S1" },
  { code: "G2", township: "T1", community: "C2", station: null },
  { code: "G3", township: "T2", community: "C3", station: "S1" },
];

const leaf: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...WORDS).map((word) => ({ in: [word, { var: "text" }] })),
  fc.constantFrom("A", "B", null).map((value) => ({ "==": [{ var: "category" }, value] })),
  fc.constantFrom("G1", "G2", "G9", null).map((value) => ({ "==": [{ var: "grid.code" }, value] })),
  fc.constantFrom("T1", "T2", null).map((value) => ({ "!=": [{ var: "grid.township" }, value] })),
  fc.constantFrom("S1", null).map((value) => ({ "==": [{ var: "grid.station" }, value] })),
  fc.constantFrom(0, 8, 18, 23).map((hour) => ({ "<": [{ var: "hour" }, hour] })),
  fc.constantFrom(0, 8, 18, 23).map((hour) => ({ ">=": [{ var: "hour" }, hour] })),
  fc.constant({ var: "hasPhoto" }),
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

/** One message of each kind that these conditions can tell apart. */
const UNIVERSE: readonly RuleFacts[] = Array.from({ length: 2 ** WORDS.length }, (_, set) =>
  WORDS.filter((_word, index) => (set >> index) % 2 === 1).join("。"),
).flatMap((text) =>
  ["A", "B", "C", null].flatMap((category) =>
    [...GRIDS, null].flatMap((grid) =>
      [true, false].flatMap((hasPhoto) =>
        [0, 7, 8, 17, 18, 23].map((hour) => ({
          text,
          category,
          channel: "c",
          language: "zh-CN",
          hour,
          weekday: 1,
          hasPhoto,
          grid,
          resident: { openCases: 0 },
        })),
      ),
    ),
  ),
);

function setOf(conditions: readonly unknown[]) {
  return compiledSet(conditions.map((when, index) => writtenRule(`r${index}`, when, { office: true })));
}

it("a rule is said to be reached exactly when some message reaches it, and the example does", () => {
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 5 }), (conditions) => {
      const compiled = setOf(conditions);
      const taken = new Set(UNIVERSE.map((facts) => compiled.firstMatch(facts, TODAY)?.id));
      for (const rule of compiled.ruleset.rules) {
        const reach = reachOf(compiled, rule, GRIDS, TODAY);
        expect([rule.id, reach.reached]).toEqual([rule.id, taken.has(rule.id)]);
        if (reach.reached) expect(compiled.firstMatch(reach.example, TODAY)?.id).toBe(rule.id);
        else expect(reach.isProven).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

it("a rule that several others take apart between them is never reached, and all of them are named", () => {
  const compiled = setOf([
    { "<": [{ var: "hour" }, 12] },
    { ">=": [{ var: "hour" }, 12] },
    { in: ["电梯", { var: "text" }] },
  ]);
  const reach = reachOf(compiled, compiled.ruleset.rules[2]!, GRIDS, TODAY);
  expect(reach).toEqual({ reached: false, by: expect.arrayContaining(["r0", "r1"]), isProven: true });
});

it("a rule on a category that the county does not have is reached by nothing", () => {
  const compiled = setOf([{ "==": [{ var: "category" }, "lifts"] }, { "!=": [{ var: "category" }, null] }]);
  const [lifts, any] = compiled.ruleset.rules;
  expect(reachOf(compiled, lifts!, GRIDS, TODAY, { categories: ["roads"] })).toEqual({
    reached: false,
    by: [],
    isProven: true,
  });
  expect(reachOf(compiled, any!, GRIDS, TODAY, { categories: ["roads"] })).toMatchObject({
    example: { category: "roads" },
  });
  expect(reachOf(compiled, lifts!, GRIDS, TODAY, { categories: ["lifts"] })).toMatchObject({
    example: { category: "lifts" },
  });
});

it("a search that is cut off says so, and the next one has less left", () => {
  const words = Array.from({ length: 12 }, (_, index) => ["甲", "乙", "丙"].map((word) => `${word}${index}`));
  const said = (word: string) => ({ in: [word, { var: "text" }] });
  const pairs = words.flatMap(([a, b, c]) => [
    [a!, b!],
    [b!, c!],
    [a!, c!],
  ]);
  const compiled = setOf([
    ...pairs.map(([one, other]) => ({ and: [said(one!), said(other!)] })),
    { and: words.map((one) => ({ or: one.map(said) })).concat([{ or: [said("甲0乙0"), said("乙0丙0")] }] as never) },
  ]);
  const shared = { left: 30 };
  const rule = compiled.ruleset.rules.at(-1)!;
  expect(reachOf(compiled, rule, GRIDS, TODAY, { shared })).toMatchObject({ reached: false, isProven: false });
  expect(shared.left).toBeLessThan(0);
});
