import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { abstractOf } from "../../../src/domain/understanding/classes.ts";
import { featuresOf, shownFeaturesOf } from "../../../src/domain/understanding/features.ts";
import { prepare } from "../../../src/domain/understanding/prepare.ts";

/** The features of a text, run by run, in the order in which they come. */
function plainFeaturesOf(text: string): Uint32Array {
  const found = new Set<number>();
  const hashed = (codes: readonly number[], seed = 0x811c9dc5) =>
    codes.reduce((hash, code) => {
      const low = Math.imul(hash ^ (code & 0xff), 0x01000193);
      return Math.imul(low ^ (code >>> 8), 0x01000193);
    }, seed);
  const isClass = (code: number | undefined) => code !== undefined && code >= 0xe004 && code <= 0xe007;
  const noteRuns = (said: string, seed: number, isAbstract: boolean) => {
    const codes = [0x1000, ...Array.from(said.split(""), (unit) => unit.charCodeAt(0)), 0x1001];
    for (const from of codes.keys()) {
      for (const length of [1, 2, 3, 4]) {
        const run = codes.slice(from, from + length);
        const isMark = length === 1 && (from === 0 || from === codes.length - 1);
        if (run.length === length && !isMark && (!isAbstract || run.some(isClass))) found.add(hashed(run, seed) >>> 0);
      }
      const [first, , after] = codes.slice(from, from + 3);
      if (first === undefined || after === undefined) continue;
      if (!isAbstract || isClass(first) || isClass(after)) found.add(hashed([first, 0x1002, after], seed) >>> 0);
    }
  };
  noteRuns(text, 0x811c9dc5, false);
  const abstract = abstractOf(text);
  if (abstract !== text) {
    noteRuns(abstract, hashed([0x1004]), true);
    const codes = abstract.split("").map((unit) => unit.charCodeAt(0));
    for (const [at, first] of codes.entries())
      for (const second of codes.slice(at + 1, at + 14))
        if (isClass(first) && isClass(second)) found.add(hashed([0x1005, first, second]) >>> 0);
  }
  const long = [1, 2, 4, 6, 9, 13, 20, 30, 50, 90, 160].findIndex((length) => text.length <= length);
  found.add(hashed([0x1003, long]) >>> 0);
  return Uint32Array.from(found);
}

describe("a prepared text", () => {
  it.each([
    ["blanks between signs", "桥 头 的 灯 不 亮", "桥头的灯不亮"],
    ["signs that are stretched", "气死啦啦啦啦啦", "气死啦啦"],
    ["traditional signs", "電線桿歪了", "电线杆歪了"],
    ["full width", "ＷＩＦＩ断了", "wifi断了"],
    ["long numbers, whatever they are", "车牌尾号88213", "车牌尾号70461"],
    ["marks between clauses", "桥塌了!!!!快来人。", "桥塌了，快来人"],
    ["a greeting before, whichever", "您好，井盖丢了", "打扰一下 井盖丢了"],
    ["an address", "看这里 https://a.example/x?y=1", "看这里 https://b.example/z"],
    ["markup", "<b>井盖</b>丢了", "<i>井盖</i>丢了"],
  ])("is the same with %s", (_, one, other) => {
    expect(prepare(one)).toBe(prepare(other));
  });

  it.each([
    ["a question", "修好了?", "修好了"],
    ["a short number", "3天了", "8天了"],
    ["a denial", "修好了", "没修好"],
    ["a blank between words", "wifi down", "wifidown"],
  ])("differs by %s", (_, one, other) => {
    expect(prepare(one)).not.toBe(prepare(other));
  });

  it("keeps none of the signs that stand for something else", () => {
    expect(prepare("\ue004收\ue006了")).toBe("收 了");
  });

  it("is as long as the beginning that is read, however long the text is", () => {
    expect(prepare("水管又裂开一道口子".repeat(300)).length).toBeLessThanOrEqual(500);
  });
});

describe("the features of a text", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc
      .array(fc.constantFrom(..."村书记收了红包给亲戚老板的路灯坏 1?"), { maxLength: 60 })
      .map((signs) => signs.join("")),
  );

  it("are each there once, with the signs that made them, and the same each time, whatever was read between", () => {
    fc.assert(
      fc.property(texts, texts, (text, other) => {
        const first = featuresOf(text);
        featuresOf(other);
        const again = featuresOf(text);
        const shown = shownFeaturesOf(text);
        expect(again).toEqual(first);
        expect(new Set(first).size).toBe(first.length);
        expect([...first.keys()].every((index) => shown(index) !== "")).toBe(true);
      }),
    );
  });

  it("are those that a plain way of counting finds", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(featuresOf(text)).toEqual(plainFeaturesOf(text));
      }),
    );
  });

  it("have room for a longer text than any before", () => {
    const long = Array.from({ length: 4_000 }, (_, index) => String.fromCharCode(0x4e00 + index)).join("");
    expect(featuresOf(long).length).toBeGreaterThan(16_000);
    expect(featuresOf("路灯").length).toBeLessThan(12);
  });

  it("show classes of words, not who it was", () => {
    const shown = shownFeaturesOf("张书记收钱");
    const all = Array.from(featuresOf("张书记收钱"), (_, index) => shown(index));
    expect(all).toContain("〔官〕收〔钱〕");
    expect(all).toContain("^张");
  });
});
