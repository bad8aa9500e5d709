import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { excerpt } from "../../../src/domain/text/excerpt.ts";

describe("an excerpt", () => {
  test.each([
    ["路灯坏了", 10, "路灯坏了"],
    ["路灯坏了六盏晚上看不见", 6, "路灯坏了六…"],
    ["一行\n两行\t三行", 10, "一行 两行 三行"],
    ["👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 2, "👨‍👩‍👧…"],
    ["👨‍👩‍👧👨‍👩‍👧", 2, "👨‍👩‍👧👨‍👩‍👧"],
    ["", 5, ""],
  ])("%j in %i", (text, length, shown) => {
    expect(excerpt(text, length)).toBe(shown);
  });

  test("is never longer than asked for, as people count", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 40 }), (text, length) => {
        expect([...new Intl.Segmenter("zh-CN").segment(excerpt(text, length))].length).toBeLessThanOrEqual(length);
      }),
    );
  });
});
