import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  callNames,
  hasName,
  nameAtStart,
  nameKey,
  nameList,
  namesIn,
  replaceNames,
} from "../../../src/domain/text/names.ts";
import { LISTED_NAMES, spellingsOf } from "../../county/names.ts";

const LIST = nameList(LISTED_NAMES);
/** Words behind and before a name, some of which a converter takes for a phrase together with its last sign. */
const AROUND = [
  ["", "收了好处"],
  ["听说", "隆重地收了礼"],
  ["是", "坤的人"],
  ["，", "。"],
  ["找", "代表没用"],
  ["😀", "😀"],
] as const;

describe("the comparison key of names", () => {
  it("is one for every spelling of each of two hundred names", () => {
    expect(new Set(LISTED_NAMES).size).toBeGreaterThanOrEqual(200);
    const apart = LISTED_NAMES.flatMap((name) =>
      spellingsOf(name).flatMap((spelling) => (nameKey(spelling) === nameKey(name) ? [] : [[name, spelling]])),
    );
    expect(apart).toEqual([]);
  });

  it("finds every spelling of each in whatever stands around it", () => {
    const missed = LISTED_NAMES.flatMap((name) =>
      spellingsOf(name).flatMap((spelling) =>
        AROUND.flatMap(([before, after]) => {
          const text = before + spelling + after;
          const isFound = namesIn(text, LIST).some(
            ({ key, from, to }) => key === nameKey(name) && nameKey(text.slice(from, to)) === key,
          );
          return isFound ? [] : [text];
        }),
      ),
    );
    expect(missed).toEqual([]);
  });

  it("keeps names apart that are different people's", () => {
    const keys = Map.groupBy(LISTED_NAMES, nameKey);
    const shared = [...keys.values()].filter((names) => names.length > 1).map((names) => names.join());
    expect(shared).toEqual(["邱锺书,邱鍾书", "金亘,金亙"]);
  });

  it("leaves a dot out in each of its forms", () => {
    for (const dot of ["丶", "⼂", "ㆍ", "·"]) expect(nameKey(`阿依${dot}买买提`)).toBe("阿依买买提");
  });

  it("of a key is the key, and of anything is found in what holds it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const key = nameKey(name);
        expect(nameKey(key)).toBe(key);
        if (Array.from(key).length > 1 && !/[,，、。;；:：!！?？…()（）《》「」『』“”"[\]【】]/.test(name)) {
          expect(hasName(`，${name}，`, key)).toBe(true);
        }
      }),
    );
  });

  it.each([
    ["a part of a Latin word", "it was planned", "Ann"],
    ["what a comma divides", "建的是王,小明看见了", "王小明"],
    ["one sign", "王收了钱", "王"],
  ])("finds no name in %s", (_, text, name) => {
    expect(hasName(text, name)).toBe(false);
  });

  it("says where a name stands and what follows it", () => {
    expect(namesIn("找阿依古丽 · 买买提代表", nameList(["阿依古丽·买买提"]))).toEqual([
      { key: "阿依古丽买买提", from: 1, to: 11 },
    ]);
    expect(nameAtStart("徐 乾，人在外地", nameList(["徐乾", "徐"]))).toEqual({ key: "徐干", rest: "，人在外地" });
    expect(nameAtStart("找徐乾", nameList(["徐乾"]))).toBeNull();
    expect(replaceNames("欧阳乾和阳乾", ["欧阳乾", "阳乾"], "某人")).toBe("某人和某人");
  });

  it("knows by what people are called beside their office", () => {
    expect(callNames("於海燕")).toEqual(["于", "于海", "于海燕"]);
    expect(callNames("阿依古丽·买买提")).toEqual(["阿", "阿依", "阿依古丽", "买买提"]);
    expect(callNames("王强（女）")).toEqual(["王", "王强"]);
  });
});
