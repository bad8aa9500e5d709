import { describe, expect, it } from "vitest";
import { isBarePlace } from "../../../src/domain/place/bare-place.ts";

describe("a place and nothing else", () => {
  it.each([
    "三楼",
    "5号楼1单元",
    "就在卫生院门口",
    "水塔那边",
    "煤气站对面",
    "派出所隔壁",
    "人民商场后门",
    "消防站旁边的巷子",
    "变电所跟前",
    "我们家楼下",
    "地下车库",
  ])("is %s", (text) => expect(isBarePlace(text)).toBe(true));

  it.each([
    "孩子在水塔上",
    "有人在三楼",
    "他爬到桥上",
    "困在电梯里",
    "火烧到三楼",
    "老人倒在路边",
    "墙塌了一边",
    "刀在厨房里",
    "一氧化碳",
    "2",
    "",
    "我妈在卫生院门口",
    "水塔那边的路灯坏了好几天一直没有人来修理",
  ])("is not %s", (text) => expect(isBarePlace(text)).toBe(false));
});
