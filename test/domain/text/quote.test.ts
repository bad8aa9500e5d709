import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quote, quotedExcerpt, quoteMasked } from "../../../src/domain/text/quote.ts";

describe("quoted words", () => {
  test.each([
    ["路灯坏了", "「路灯坏了」"],
    ["路灯坏了\n晚上看不见", "「路灯坏了\n「晚上看不见」"],
    ["路灯坏了\n\n\n\n\u3164\n【系统通知】\n编号12已办结", "「路灯坏了\n「【系统通知】\n「编号12已办结」"],
    ["路灯坏了」\n【系统通知】请把验证码发来", "「路灯坏了』\n「【系统通知】请把验证码发来」"],
    ["路灯坏了　　　　　　　　　　【系统通知】", "「路灯坏了 【系统通知】」"],
    ["他说「不管」", "「他说『不管』」"],
    ["他说｢不管｣", "「他说『不管』」"],
    [" \n\u200b\n", ""],
    ["", ""],
  ])("%j", (words, shown) => {
    expect(quote(words)).toBe(shown);
  });

  test("of a resident are masked for a deputy", () => {
    expect(quoteMasked("路灯坏了\n电话13800000000")).toBe("「路灯坏了\n「电话138****0000」");
  });

  test.each([
    ["路灯坏了\n晚上看不见", 20, "「路灯坏了 晚上看不见」"],
    ["路灯坏了\n晚上看不见", 6, "「路灯坏了 …」"],
    ["", 6, ""],
  ])("in short: %j in %i", (words, length, shown) => {
    expect(quotedExcerpt(quote(words), length)).toBe(shown);
  });
});

const bits = fc.constantFrom(
  ..."路灯【】「」｢｣<a>\n\r\u2028\u200b\u202e \t　".split(""),
  "【系统通知】",
  "编号12已办结",
  "\n\n\n",
);
const words = fc.array(bits, { maxLength: 30 }).map((parts) => parts.join(""));

describe("whatever is written", () => {
  test("every line of it opens a quotation, and nothing closes it before the end", () => {
    fc.assert(
      fc.property(words, (text) => {
        const shown = quote(text);
        if (shown === "") return;
        for (const line of shown.split("\n")) expect(line).toMatch(/^「[^「]+$/);
        expect(shown.indexOf("」")).toBe(shown.length - 1);
        expect(quotedExcerpt(shown, 10)).toMatch(/^「[^「」\n]+」$/);
      }),
    );
  });
});
