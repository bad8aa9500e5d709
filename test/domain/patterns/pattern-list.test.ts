import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairOf, signsOf } from "../../../src/domain/patterns/openings.ts";
import { listOf, PatternList } from "../../../src/domain/patterns/pattern-list.ts";
import { SoughtPattern } from "../../../src/domain/patterns/sought-pattern.ts";

/** Pieces of which patterns are made, each with another kind of beginning. */
const PIECES = [
  "灯",
  "路灯",
  "[坏灭]",
  "[^灯,]",
  "(?:坏|灭)了",
  "(?:没|还没)?修",
  "(?:一|两|三)*盏",
  "修{2}",
  "修{0,2}好",
  "(?:灯|坏)+",
  "(?:灯?坏?)*",
  "(?<!路)灯",
  "(?<=路)灯",
  "灯(?!坏)",
  "(?!灯)[灯坏]",
  "^灯",
  "坏$",
  "\\b灯",
  "\\d盏",
  "[0-9a-c]路",
  ".",
  "\\s",
  "(灯)\\1",
  "\\p{Script=Han}",
  "😀灯",
  "灯😀",
];
const SIGNS = [
  "路",
  "灯",
  "坏",
  "灭",
  "了",
  "没",
  "还",
  "修",
  "好",
  "一",
  "盏",
  "1",
  "a",
  " ",
  ",",
  "😀",
  "\ud83d",
  "\n",
];

const sources = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(""));
const alternatives = fc.array(sources, { minLength: 1, maxLength: 4 }).map((all) => all.join("|"));
const patterns = fc
  .tuple(alternatives, fc.constantFrom("u", "", "gu", "iu"))
  .map(([source, flags]) => new RegExp(source.replaceAll("\\p{Script=Han}", flags.includes("u") ? "$&" : "."), flags));
const texts = fc.array(fc.constantFrom(...SIGNS), { maxLength: 30 }).map((signs) => signs.join(""));

function plain({ source, flags }: RegExp, more = ""): RegExp {
  return new RegExp(source, flags.replace("g", "") + more);
}

describe("a list of patterns", () => {
  it("finds what its patterns find one by one", () => {
    fc.assert(
      fc.property(fc.array(patterns, { maxLength: 40 }), texts, (all, text) => {
        const list = listOf(all);
        const expected = all.filter((pattern) => plain(pattern).test(text));
        expect(list.matchingIn(text).map(({ pattern }) => pattern)).toEqual(expected);
        expect(list.matchesIn(text)).toBe(expected.length > 0);
        const possible = list.possibleIn(text).map(({ pattern }) => pattern);
        expect(possible.filter((pattern) => plain(pattern).test(text))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("replaces one after the other, also what came of an earlier one", () => {
    fc.assert(
      fc.property(
        fc.array(patterns, { maxLength: 6 }),
        texts,
        fc.constantFrom("~", "路", "灯坏", ""),
        (all, text, by) => {
          const everywhere = all.map((pattern) => plain(pattern, "g"));
          const expected = everywhere.reduce((rest, pattern) => rest.replace(pattern, by), text);
          expect(listOf(everywhere).replaceAll(text, () => by)).toBe(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("leaves out what cannot match, and gives back what it was given, in its order", () => {
    const all = ["路灯坏", "井盖", "灯"].map((word, number) => ({ number, pattern: new RegExp(word) }));
    const list = new PatternList(all);
    expect(list.possibleIn("路灯亮了")).toEqual([all[0], all[2]]);
    expect(list.matchingIn("路灯亮了")).toEqual([all[2]]);
    expect(list.possibleIn("")).toEqual([]);
  });

  it("may be longer than one number has bits", () => {
    const list = listOf(Array.from({ length: 100 }, (_, index) => new RegExp(`第${index}件`)));
    expect(list.matchingIn("第7件和第64件和第99件").map(({ pattern }) => pattern.source)).toEqual([
      "第7件",
      "第64件",
      "第99件",
    ]);
  });
});

describe("a pattern that is sought", () => {
  it("finds and replaces what it would if it were tried everywhere", () => {
    const known = patterns.filter((pattern) => signsOf(pattern).openings !== null);
    fc.assert(
      fc.property(known, texts, (pattern, text) => {
        const sought = new SoughtPattern(pattern);
        const all = plain(pattern, "g");
        const found = sought.matchAll(text);
        expect(found.map((match) => [match.index, ...match])).toEqual(
          [...text.matchAll(all)].map((match) => [match.index, ...match]),
        );
        expect(sought.replaceAll(text, "$&~")).toBe(text.replace(all, () => "$&~"));
      }),
      { numRuns: 500 },
    );
  });

  it("is refused where a match may begin with any sign", () => {
    expect(() => new SoughtPattern(/.灯/).matchAll("灯")).toThrow("any sign");
  });
});

describe("the signs that a match begins with", () => {
  it.each([
    ["a word", /路灯/, [], ["路灯"]],
    ["a sign", /灯/, ["灯"], []],
    ["a sign before anything", /灯.坏/, ["灯"], []],
    ["choices", /(?:路|井)[灯盖]/, [], ["路灯", "路盖", "井灯", "井盖"]],
    ["what may be left out", /没?修好/, [], ["没修", "修好"]],
    ["what is repeated", /修+好/, [], ["修修", "修好"]],
    ["what stands around it", /(?<!没)修好(?!了)/, [], ["修好"]],
    ["digits", /[1-2]号/, [], ["1号", "2号"]],
    ["signs of two units", /😀/u, [], ["😀"]],
  ])("are known of %s", (_, pattern, alone, pairs) => {
    expect(signsOf(pattern).openings).toEqual({
      alone: new Set(alone.map((sign) => sign.charCodeAt(0))),
      pairs: new Set(pairs.map((pair) => pairOf(pair.charCodeAt(0), pair.charCodeAt(1)))),
    });
  });

  it.each([
    ["any sign", /.灯/],
    ["many signs", /\p{L}灯/u],
    ["all but some", /[^灯]坏/],
    ["nothing", /灯*/],
    ["small or capital letters alike", /lamp/i],
  ])("are not known of %s", (_, pattern) => {
    expect(signsOf(pattern).openings).toBeNull();
  });

  it.each([
    ["the rarest piece behind the beginning", /(?:灯|路)[^,]{0,3}坏(?:了|掉)/, "坏"],
    ["each of several", /灯.{0,3}坏|井.{0,3}丢/, "坏丢"],
    ["a group", /路(?:灯|牌)/, "灯牌"],
    ["what is repeated once at least", /路灯+/, "灯"],
    ["the beginning where nothing follows", /灯/, "灯"],
  ])("are known of %s", (_, pattern, needed) => {
    expect(signsOf(pattern).needs).toEqual(new Set(Array.from(needed, (sign) => sign.charCodeAt(0))));
  });

  it("are not known where a match may be anything", () => {
    expect(signsOf(/.|灯/).needs).toBeNull();
    expect(signsOf(/灯?/).needs).toBeNull();
  });
});
