import { expect, it } from "vitest";
import { type HeldMatter, mostAlike, suggestRule } from "../../../src/domain/rules/suggestion.ts";

let number = 0;
const matter = (text: string, change: Partial<HeldMatter> = {}): HeldMatter => {
  number += 1;
  return {
    number: `2026-${String(number).padStart(6, "0")}`,
    text,
    words: new Set(text.split(" ")),
    category: null,
    township: "柳河镇",
    holder: "D1",
    isMoved: false,
    ...change,
  };
};

const moved = matter("村里 灌溉井 没水", { holder: "D2", isMoved: true });
const again = matter("灌溉井 的 电机 烧了", { holder: "D2", isMoved: true });
const kept = [matter("村里 路灯 坏了"), matter("水龙头 没水"), matter("村里 没人 扫地")];

it("looks for the word that what was moved has in common, and that nothing else has", () => {
  expect(suggestRule(moved, [moved, again, ...kept])).toEqual({
    when: { in: ["灌溉井", { var: "text" }] },
    right: [moved.number, again.number],
    wrong: [],
  });
});

it("never looks for a number, or for a word that every text may have", () => {
  const only = matter("充电桩 坏了 三个 我们", { holder: "D2", isMoved: true });
  const found = suggestRule(only, [only, matter("充电桩 没电", { township: "南坡乡" })]);
  expect(JSON.stringify(found?.when)).toMatch(/充电桩.*柳河镇/);
});

it("narrows to the township where the word alone would take what others keep", () => {
  const elsewhere = matter("灌溉井 没水", { township: "南坡乡" });
  const only = matter("灌溉井", { holder: "D2", isMoved: true });
  expect(suggestRule(only, [only, elsewhere])).toMatchObject({
    when: { and: [{ in: ["灌溉井", { var: "text" }] }, { "==": [{ var: "grid.township" }, "柳河镇"] }] },
    wrong: [],
  });
});

it("offers nothing where nothing tells it from what others kept", () => {
  const same = matter("路灯 坏了", { holder: "D2", isMoved: true });
  expect(suggestRule(same, [same, matter("路灯 坏了"), matter("路灯 坏了")])).toBeNull();
});

it("shows what is most alike first, by rare words, and nothing that shares none", () => {
  expect(mostAlike(moved, [moved, ...kept, again], 3).map((one) => one.text)).toEqual([
    "水龙头 没水",
    "灌溉井 的 电机 烧了",
    "村里 没人 扫地",
  ]);
  expect(mostAlike(moved, [moved, matter("完全 无关")], 5)).toEqual([]);
});
