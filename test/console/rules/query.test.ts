import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromQuery, type Query, toQuery } from "../../../src/console/rule-content/query.ts";
import { canonicalOf } from "../../../src/domain/rules/canonical.ts";
import { type Condition, holds } from "../../../src/domain/rules/condition.ts";
import { readCondition } from "../../../src/domain/rules/read-condition.ts";
import { writeCondition } from "../../../src/domain/rules/write-condition.ts";
import { condition, facts } from "../../domain/rules/conditions.ts";
import { rule } from "../../domain/rules/rule-sets.ts";
import { writtenRule } from "../../rule-sets.ts";

const LIFTS = { in: ["电梯", { var: "text" }] };
/** Conditions as offices write them, of every form, beside those of the tests' own rule sets. */
const WRITTEN: readonly unknown[] = [
  rule("lifts").when,
  writtenRule("lamps", LIFTS, { grid: true }).when,
  { or: [LIFTS, { in: ["停梯", { var: "text" }] }] },
  { and: [LIFTS, { "==": [{ var: "grid.township" }, "东关街道"] }] },
  { "!=": [{ var: "grid.station" }, "S1"] },
  { "!": [{ var: "hasPhoto" }] },
  { "<=": [8, { var: "hour" }, 18] },
  { in: [{ var: "weekday" }, [6, 7]] },
  { ">=": [{ var: "resident.openCases" }, 3] },
  { "!": { or: [{ "!": [{ or: [LIFTS, { var: "hasPhoto" }] }] }, { "<": [{ var: "hour" }, 6] }] } },
];

function read(written: unknown): Condition {
  const found = readCondition(written);
  if (!found.ok) throw new Error(`${found.at} ${found.wrong.code}`);
  return found.condition;
}

function depth({ rules }: Query): number {
  return 1 + Math.max(0, ...rules.map((part) => ("combinator" in part ? depth(part) : 0)));
}

describe("a condition that is clicked", () => {
  it("means the same for every message as the one that was written", () => {
    let clicked = 0;
    let all = 0;
    fc.assert(
      fc.property(condition, fc.array(facts, { minLength: 5, maxLength: 5 }), (one, messages) => {
        all += 1;
        const query = toQuery(one);
        if (query === null) return;
        clicked += 1;
        expect(depth(query)).toBeLessThanOrEqual(3);
        const back = fromQuery(query);
        expect(back).not.toBeNull();
        const again = read(writeCondition(back ?? one));
        for (const message of messages) expect(holds(again, message)).toBe(holds(one, message));
      }),
      { numRuns: 5000 },
    );
    expect(clicked / all).toBeGreaterThan(0.4);
  });

  it.each(WRITTEN.map((one) => [JSON.stringify(one), one] as const))("is of the same form, from %s", (_, written) => {
    const before = read(written);
    const query = toQuery(before);
    const back = query === null ? null : fromQuery(query);
    expect(back === null ? null : canonicalOf(read(writeCondition(back)))).toBe(canonicalOf(before));
  });

  it.each<readonly [string, unknown]>([
    ["always holds", true],
    ["never holds", false],
    ["looks for an empty code", { in: [{ var: "category" }, ["", "roads"]] }],
    ["holds for no number", { "<=": [9, { var: "hour" }, 8] }],
    ["compares with half an hour", { "==": [{ var: "hour" }, 8.5] }],
    ["has something of this kind inside", { and: [LIFTS, { or: [true, LIFTS] }] }],
    ["is four groups deep", { and: [LIFTS, { or: [LIFTS, { and: [LIFTS, { or: [LIFTS, { var: "hasPhoto" }] }] }] }] }],
  ])("is not for clicking where it %s", (_, written) => {
    expect(toQuery(read(written))).toBeNull();
  });

  it.each<Query>([
    { combinator: "all", rules: [] },
    { combinator: "all", rules: [{ combinator: "any", rules: [] }] },
    { combinator: "any", rules: [{ field: "text", operator: "any", value: [] }] },
    { combinator: "any", rules: [{ field: "grid.township", operator: "is-not", value: [] }] },
    { combinator: "any", rules: [{ field: "category", operator: "contains", value: "" }] },
    { combinator: "any", rules: [{ field: "hour", operator: "within", value: [9, 8] }] },
    { combinator: "any", rules: [{ field: "hour", operator: "not-within", value: [null, null] }] },
    { combinator: "none", rules: [{ field: "weekday", operator: "is", value: [] }] },
  ])("is nothing yet while something is not filled in: %j", (query) => {
    expect(fromQuery(query)).toBeNull();
  });
});
