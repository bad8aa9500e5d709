import { describe, expect, it } from "vitest";
import { parseContent, readContent } from "../../../src/domain/rules/content.ts";
import { MOST_BYTES } from "../../../src/domain/rules/ruleset.ts";
import { rule, ruleset } from "./rule-sets.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const nested = (open: string, close: string, innermost: string) =>
  `${open.repeat(524_288 / open.length)}${innermost}${close.repeat(524_288 / open.length)}`;

/** A set whose only rule has this condition, as text. */
const withCondition = (when: string) =>
  JSON.stringify(ruleset("deep", [rule("deep", { when: "HERE" })])).replace('"HERE"', when);

/** What is wrong with a set that was written as text; null when nothing is. */
function wrongWith(text: string | Uint8Array): readonly (readonly [string | null, string])[] | null {
  const parsed = parseContent(typeof text === "string" ? bytes(text) : text);
  const read = parsed.ok ? readContent(parsed.content) : parsed;
  return read.ok ? null : read.findings.map(({ rule, text }) => [rule, text]);
}

describe("a rule set that comes in", () => {
  it("is taken with and without a byte order mark", () => {
    const text = JSON.stringify(ruleset());
    expect([wrongWith(text), wrongWith(`\uFEFF${text}`)]).toEqual([null, null]);
  });

  it.each([
    ["no JSON", '{"name": "x",', null, /^the set: is no JSON: /],
    ["nothing", "", null, /^the set: is no JSON: /],
    ["a list", "[]", null, /^the set: /],
    ["GB18030", Uint8Array.of(0x7b, 0x22, 0xb5, 0xe7, 0x22, 0x7d), null, /^the set: is not written in UTF-8$/],
    ["no rules", '{"name": "x", "otherwise": {"assign": {"grid": true}}}', null, /^rules: /],
    ["no otherwise", '{"name": "x", "rules": []}', null, /^otherwise: /],
    [
      "an unknown variable",
      withCondition('{"and": [true, {"==": [{"var": "mood"}, "bad"]}]}'),
      "deep",
      /^rules\[0\]\.when\.and\[1\]\.==: there is no variable "mood"/,
    ],
    [
      "a wrong type",
      withCondition('{"==": [{"var": "hour"}, "nine"]}'),
      "deep",
      /^rules\[0\]\.when\.==: hour is compared with a number$/,
    ],
    [
      "a pattern that would run for ever",
      withCondition('{"match": [{"var": "text"}, "(a+)+$"]}'),
      "deep",
      /^rules\[0\]\.when\.match: "match" is not understood/,
    ],
    [
      "1 MB of lists in lists",
      withCondition(nested("[", "]", "1")),
      "deep",
      /^rules\[0\]\.when: must be one operation/,
    ],
    [
      "1 MB of conditions in conditions",
      withCondition(nested('{"!":', "}", "true")),
      "deep",
      /^rules\[0\]\.when\.!.*is nested more than 12 deep$/,
    ],
    [
      "1 MB of lists for a variable's name",
      withCondition(`{"var": ${nested("[", "]", "1")}}`),
      "deep",
      /^rules\[0\]\.when\.var: a list is no statement by itself/,
    ],
    ["1 MB of lists for a name", `{"name": ${nested("[", "]", "1")}}`, null, /^name: /],
    ["a NUL", JSON.stringify(ruleset("a\0b")), null, /^name: holds a character that cannot be stored$/],
    [
      "half a character",
      withCondition(String.raw`{"in": ["\ud83d", {"var": "text"}]}`),
      null,
      /^rules\[0\]\.when\.in\[0\]: holds a character that cannot be stored$/,
    ],
    [
      "a word that no rule has",
      JSON.stringify(ruleset("x", [{ ...rule("a"), on: 1 }])),
      "a",
      /^rules\[0\]: Unrecognized key/,
    ],
    ["two rules of one name", JSON.stringify(ruleset("x", [rule("a"), rule("a")])), "a", /^rules\[1\]\.id: /],
    ["100,000 rules", JSON.stringify(ruleset("x", Array(100_000).fill({}))), null, /^rules: has 100000 rules, /],
    ["an operator of 1 MB", withCondition(`{"${"x".repeat(1_048_576)}": 1}`), "deep", /^rules\[0\]\.when\.x{280}x*…$/],
    [
      "1 MB of codes in a list",
      withCondition(`{"in": [{"var": "category"}, [${Array(100_000).fill('"category"').join()}]]}`),
      "deep",
      /^rules\[0\]\.when\.in: lists 100000 values, at most 500 are taken$/,
    ],
    [
      "1 MB of numbers in a list",
      withCondition(`{"in": [{"var": "hour"}, [${Array(500_000).fill(9).join()}]]}`),
      "deep",
      /^rules\[0\]\.when\.in: lists 500000 values, at most 500 are taken$/,
    ],
    [
      "1 MB for one rule",
      `${JSON.stringify(ruleset("x", [rule("a")]))}${" ".repeat(1_048_576)}`,
      null,
      /^the set: has \d+ bytes for 1 rules, at most 66560 are taken$/,
    ],
    ["too many bytes", " ".repeat(MOST_BYTES + 1), null, /^the set: has more than 8388608 bytes$/],
  ])("that is or has %s is refused with the place named", (_what, text, id, expected) => {
    const [finding] = wrongWith(text) ?? [];
    expect(finding).toEqual([id, expect.stringMatching(expected)]);
    expect(finding?.[1].length).toBeLessThanOrEqual(300);
  });

  it("may have 10,000 rules as an office writes them", () => {
    const rules = Array.from({ length: 10_000 }, (_, index) => rule(`r${index}`, { reason: "对口办理".repeat(20) }));
    const text = JSON.stringify(ruleset("x", rules));
    expect(bytes(text).byteLength).toBeGreaterThan(3_000_000);
    expect(wrongWith(text)).toBe(null);
  });

  it("is refused with every mistake, not only the first", () => {
    const rules = [rule("a", { when: { "==": [1, 2] } }), rule("b"), rule("c", { expires: "soon", owner: "" })];
    expect(wrongWith(JSON.stringify(ruleset("x", rules)))?.map(([id]) => id)).toEqual(["a", "c", "c"]);
  });
});
