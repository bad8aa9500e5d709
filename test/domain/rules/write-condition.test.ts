import { build } from "esbuild";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalOf } from "../../../src/domain/rules/canonical.ts";
import { type Condition, holds } from "../../../src/domain/rules/condition.ts";
import { readCondition } from "../../../src/domain/rules/read-condition.ts";
import { writeCondition } from "../../../src/domain/rules/write-condition.ts";
import { condition, facts } from "./conditions.ts";

function read(logic: unknown): Condition {
  const result = readCondition(logic);
  if (!result.ok) throw new Error(`${result.at} ${result.wrong.code}`);
  return result.condition;
}

/** Every form in which a rule may be written. */
const FORMS: readonly unknown[] = [
  true,
  false,
  { var: "hasPhoto" },
  { "!": [{ var: "hasPhoto" }] },
  { "!!": { var: ["hasPhoto"] } },
  { "==": [{ var: "hasPhoto" }, true] },
  { "!==": [{ var: "hasPhoto" }, true] },
  { in: ["電梯", { var: "text" }] },
  { in: ["东关", { var: "grid.township" }] },
  { in: [{ var: "category" }, ["roads", null]] },
  { in: [{ var: "weekday" }, [6, 7]] },
  { "==": [null, { var: "grid.code" }] },
  { "!=": [{ var: "grid.station" }, "S1"] },
  { "!=": [{ var: "hour" }, 3] },
  { "<": [{ var: "hour" }, 8] },
  { ">": [8.5, { var: "hour" }] },
  { "<=": [8, { var: "hour" }, 18] },
  { and: [{ in: ["电梯", { var: "text" }] }, { "==": [{ var: "grid.township" }, "东关街道"] }] },
  { or: [{ ">=": [{ var: "resident.openCases" }, 3] }, { "!": { or: [{ var: "hasPhoto" }] } }] },
];

describe("a condition that is written and read again", () => {
  it("means the same for every message", () => {
    fc.assert(
      fc.property(condition, facts, (one, message) => {
        expect(holds(read(writeCondition(one)), message)).toBe(holds(one, message));
      }),
      { numRuns: 5000 },
    );
  });

  it.each(FORMS.map((form) => [JSON.stringify(form), form]))("is the same as before, from %s", (_text, form) => {
    const before = read(form);
    expect(canonicalOf(read(writeCondition(before)))).toBe(canonicalOf(before));
  });

  it("does not change any more", () => {
    fc.assert(
      fc.property(condition, (one) => {
        const written = writeCondition(one);
        expect(writeCondition(read(written))).toEqual(written);
      }),
    );
  });

  it("keeps within what can be read: neither deeper nor of more parts", () => {
    const deep = (leaf: unknown) => Array.from({ length: 12 }).reduce<unknown>((inner) => ({ "!": [inner] }), leaf);
    for (const leaf of [{ "!=": [{ var: "category" }, "a"] }, { "==": [{ var: "hasPhoto" }, false] }, FORMS[10]]) {
      expect(readCondition(deep(leaf)).ok).toBe(true);
      expect(readCondition(writeCondition(read(deep(leaf)))).ok).toBe(true);
    }
    const numbers = Array.from({ length: 480 }, (_, index) => index);
    const many = { and: Array.from({ length: 3 }, () => ({ in: [{ var: "resident.openCases" }, numbers] })) };
    expect(readCondition(writeCondition(read(many))).ok).toBe(true);
  });
});

describe("what a page in a browser loads to write conditions", () => {
  it.each(["write-condition.ts", "variables.ts", "compare.ts"])("%s brings no table of signs", async (file) => {
    const { metafile } = await build({
      entryPoints: [new URL(`../../../src/domain/rules/${file}`, import.meta.url).pathname],
      ...{ bundle: true, write: false, metafile: true, platform: "browser", format: "esm" },
    });
    const inputs = Object.keys(metafile.inputs).filter(
      (path) => !path.includes("/domain/rules/") || /condition\.ts$/.test(path),
    );
    expect(inputs.filter((path) => !path.endsWith("write-condition.ts"))).toEqual([]);
  });
});
