import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldName, nameIndexBuilder, placeNamesIn } from "../../../src/domain/place/name-index.ts";

function indexOf(...names: string[]) {
  const builder = nameIndexBuilder();
  for (const [ref, name] of names.entries()) builder.add(name, ref);
  return builder.finish();
}

const found = (text: string, ...names: string[]) => placeNamesIn(indexOf(...names), text).map((hit) => hit.name);

describe("names in a text", () => {
  test.each([
    ["all of them, in order", "从柳河大桥到柳西村", ["柳西村", "柳河大桥"], ["柳河大桥", "柳西村"]],
    ["the longest where names begin together", "柳河镇小学", ["柳河", "柳河镇小学", "柳河镇"], ["柳河镇小学"]],
    ["none inside a longer one", "东关菜市场北门", ["菜市场", "东关菜市场", "市场"], ["东关菜市场"]],
    ["both where two overlap", "柳东村三组", ["柳东村", "东村三组"], ["柳东村", "东村三组"]],
    ["the shorter one when the longer is not all there", "柳河大", ["柳河大桥", "柳河"], ["柳河"]],
    ["the shorter one when the longer would be cut", "三组30号", ["三组3", "三组"], ["三组"]],
    ["full width as half width", "Ｇ１号楼", ["g1号楼"], ["g1号楼"]],
    ["a number in words where the list has digits", "杏花里五号院漏水", ["杏花里5号院"], ["杏花里五号院"]],
    ["digits where the list has words", "黄桷垭3组", ["黄桷垭三组"], ["黄桷垭3组"]],
    ["a number over ten in words", "第十一网格停水", ["第11网格"], ["第十一网格"]],
    ["a number over a hundred in words", "一百零三号院", ["103号院"], ["一百零三号院"]],
    ["another dot", "艾丁湖•北区", ["艾丁湖·北区"], ["艾丁湖•北区"]],
    ["no dot", "艾丁湖北区", ["艾丁湖·北区"], ["艾丁湖北区"]],
    ["a dot that the list has not", "艾丁湖・北区", ["艾丁湖北区"], ["艾丁湖・北区"]],
    ["traditional signs", "鐘鼓樓後街", ["钟鼓楼后街"], ["鐘鼓樓後街"]],
    ["a sign that a converter rewrites", "乾坤里五组", ["乾坤里5组"], ["乾坤里五组"]],
    ["no street in the number of a bus", "81路公交站", ["八一路"], []],
    ["a street that is a number", "八一路路灯", ["八一路"], ["八一路"]],
    ["no number that would be cut", "二十三组", ["三组", "13组"], []],
    ["no number in another one", "3.5号楼", ["35号楼"], []],
    ["nothing of one character or of numerals alone", "桥 12 第三", ["桥", "12", "第三"], []],
    ["nothing in an empty text", "", ["柳河"], []],
  ] as const)("%s", (_, text, names, expected) => {
    expect(found(text, ...names)).toEqual(expected);
  });

  test("one name may stand for several places", () => {
    const builder = nameIndexBuilder();
    for (const ref of [1, 2, 2, 3]) builder.add("人民公园", ref);
    expect(placeNamesIn(builder.finish(), "人民公园")).toEqual([{ name: "人民公园", refs: [1, 2, 3], from: 0, to: 4 }]);
  });

  const han = fc.string({ unit: fc.constantFrom(..."柳河东关城镇村桥园组"), minLength: 2, maxLength: 6 });

  test("every name is found wherever it stands alone, with whatever spaces inside", () => {
    const around = fc.string({ unit: fc.constantFrom(..."的,😀 ,。!？\u200b\n"), maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(han, { minLength: 1, maxLength: 30 }),
        fc.nat(),
        around,
        around,
        (names, pick, left, right) => {
          const name = names[pick % names.length]!;
          expect(found(left + [...name].join(" ") + right, ...names)).toEqual([foldName(name)]);
        },
      ),
    );
  });

  test("what is found is what a search of every name at every place finds, without the covered ones", () => {
    const text = fc.string({ unit: fc.constantFrom(..."柳河东关城镇村桥园组的"), maxLength: 60 });
    fc.assert(
      fc.property(fc.uniqueArray(han, { maxLength: 30 }), text, (names, said) => {
        const all = names.flatMap((name) =>
          [...said].flatMap((_, start) =>
            said.startsWith(name, start) ? [{ start, end: start + name.length, name }] : [],
          ),
        );
        const uncovered = all.filter(
          (one) => !all.some((other) => other !== one && other.start <= one.start && other.end >= one.end),
        );
        expect(found(said, ...names)).toEqual(uncovered.sort((a, b) => a.start - b.start).map((one) => one.name));
      }),
    );
  });

  test("two thousand characters are read without trouble", () => {
    const names = Array.from(
      { length: 2000 },
      (_, index) => `柳河${"镇".repeat(index % 40)}${String.fromCharCode(0x4e00 + index)}村`,
    );
    const text = "柳河镇镇镇".repeat(400) + names[77];
    expect(found(text, ...names)).toContain(names[77]);
  });

  test("any text and any name are harmless", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), fc.string({ unit: "binary" }), (names, text) => {
        expect(Array.isArray(found(text, ...names, "__proto__"))).toBe(true);
      }),
    );
  });
});
