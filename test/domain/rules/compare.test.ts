import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareRules, isSameJson } from "../../../src/domain/rules/compare.ts";
import { rule, ruleset } from "./rule-sets.ts";

const names = (from: unknown, to: unknown) => compareRules(from, to).map(({ change }) => change);

describe("two versions that are compared", () => {
  const before = ruleset("old", [rule("a"), rule("b"), rule("c"), rule("d")]);

  it("show what was added, removed, moved and changed, with each field and both places", () => {
    const after = ruleset("new", [rule("d"), rule("a", { owner: "周", expires: "2027-01-01" }), rule("e"), rule("c")]);
    expect(compareRules(before, after)).toMatchObject([
      { change: "set", rule: null, kind: "changed", fields: ["name"], from: { name: "old" }, to: { name: "new" } },
      { change: "moved:d", order: { from: 4, to: 1 } },
      { change: "changed:a", fields: ["owner", "expires"], order: { from: 1, to: 2 }, from: rule("a") },
      { change: "added:e", from: null, to: rule("e"), order: { from: null, to: 3 } },
      { change: "removed:b", from: rule("b"), to: null, order: { from: 2, to: null } },
    ]);
  });

  it("are the same whatever the order of keys, and where a date is null or left out", () => {
    const [one] = [rule("a")];
    const turned = Object.fromEntries(Object.entries(one!).reverse());
    expect(names(ruleset("x", [one]), ruleset("x", [{ ...turned, expires: null }]))).toEqual([]);
  });

  it("are a new set where there was none", () => {
    expect(names(null, before)).toEqual(["added:a", "added:b", "added:c", "added:d"]);
  });

  it("count as few rules as possible as moved, and name each change once", () => {
    const ids = fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { maxLength: 8 });
    fc.assert(
      fc.property(ids, ids, (from, to) => {
        const changes = names(
          ruleset(
            "x",
            from.map((id) => rule(id)),
          ),
          ruleset(
            "x",
            to.map((id) => rule(id)),
          ),
        );
        expect(new Set(changes).size).toBe(changes.length);
        const moved = new Set(changes.filter((one) => one.startsWith("moved:")).map((one) => one.slice(6)));
        const stays = (list: readonly string[]) =>
          list.filter((id) => from.includes(id) && to.includes(id) && !moved.has(id));
        expect(stays(to)).toEqual(stays(from));
        for (const id of moved) {
          const without = new Set([...moved].filter((one) => one !== id));
          const kept = (list: readonly string[]) =>
            list.filter((one) => from.includes(one) && to.includes(one) && !without.has(one));
          expect(kept(to)).not.toEqual(kept(from));
        }
      }),
    );
  });
});

describe("two values of JSON", () => {
  it.each([
    [{ a: [1, null] }, { a: [1, null] }, true],
    [[1, 2], [2, 1], false],
    [{ 0: 1 }, [1], false],
    [{ a: 1 }, { b: 1 }, false],
    [null, {}, false],
    [{ toString: 1 }, { a: 1 }, false],
  ])("%j and %j are the same: %s", (one, other, expected) => {
    expect(isSameJson(one, other)).toBe(expected);
  });
});
