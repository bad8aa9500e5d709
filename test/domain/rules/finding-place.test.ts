import { describe, expect, it } from "vitest";
import { foundOf } from "../../../src/domain/rules/finding.ts";
import { placeFindings } from "../../../src/domain/rules/finding-place.ts";
import { readRuleset } from "../../../src/domain/rules/ruleset.ts";
import { rule, ruleset } from "./rule-sets.ts";

const placesOf = (content: unknown) => {
  const read = readRuleset(content);
  return read.ok ? [] : placeFindings(content, read.findings).map(({ at }) => at);
};

describe("a finding has its place", () => {
  it.each([
    [ruleset("", [rule("a")]), ["name"]],
    [ruleset("x", [rule("a"), rule("a")]), ["rules[1].id"]],
    [ruleset("x", [rule("a", { owner: "" })]), ["rules[0].owner"]],
    [ruleset("x", [rule("a", { when: { and: [true, { match: ["x"] }] } })]), ["rules[0].when.and[1].match"]],
    [ruleset("x", [rule("a", { when: { and: [true, { "==": [1, 2] }] } })]), ["rules[0].when.and[1].=="]],
    [ruleset("x", [rule("a", { when: undefined })]), ["rules[0].when"]],
    [{ ...ruleset(), otherwise: { assign: { gird: true } } }, ["otherwise.assign"]],
    [{ ...ruleset(), more: 1 }, [null]],
    ["no set", [null]],
  ])("%j", (content, expected) => {
    expect(placesOf(content)).toEqual(expected);
  });

  it("and its weight, also where it is about the county", () => {
    const content = ruleset("x", [rule("a"), rule("b")]);
    const findings = [
      foundOf("b", "impossible", { isProven: true }),
      foundOf("b", "no-unit", { code: "U1" }),
      foundOf("a", "expired", { day: "2026-01-31", owner: "office" }),
      foundOf(null, "gap", { grids: { first: ["G1"], count: 1 }, isCounted: true }),
      foundOf("a", "overload", { deputy: "D1", name: "", count: 30, total: 60, share: 50, most: 20, ways: [] }),
    ];
    expect(placeFindings(content, findings).map(({ at, weight }) => [at, weight])).toEqual([
      ["rules[1].when", "dead"],
      ["rules[1].then.assign", "nobody"],
      ["rules[0].expires", "notice"],
      [null, "nobody"],
      ["rules[0].then.assign", "overload"],
    ]);
  });
});
