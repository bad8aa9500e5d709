import { describe, expect, test } from "vitest";
import { correctedPlace, soundsLikePlace } from "../../../src/domain/place/correction.ts";

describe("a place put in place of a wrong one", () => {
  test.each([
    ["我说错了 是柳西村", "柳西村"],
    ["说错了，是柳西村的", "柳西村"],
    ["地址错了，是西关街道的", "西关街道"],
    ["位置不对，应该是锦绣家园", "锦绣家园"],
    ["不好意思，刚才地址发错了，是在锦绣家园", "锦绣家园"],
    ["不是柳东村，是柳西村", "柳西村"],
    ["不在柳东村 在柳西村一组", "柳西村一组"],
    ["打錯了，是柳西村", "柳西村"],
    ["说错了不好意思，是东关街道锦绣家园", "东关街道锦绣家园"],
    ["更正一下：是柳西村三组", "柳西村三组"],
    ["对不起写错地方了，是锦绣家园那边", "锦绣家园"],
    ["不对，是柳西村", "柳西村"],
    ["不对,我说的是隔壁村", "隔壁村"],
    ["错了，我是说柳西村", "柳西村"],
    ["我说的是柳西村", "柳西村"],
    ["你们派错了，是柳西村", "柳西村"],
    ["换地方 柳西村", "柳西村"],
    ["換個地方，是柳西村", "柳西村"],
    ["换地方：柳西村", "柳西村"],
  ])("%s", (text, place) => {
    expect(correctedPlace(text)).toBe(place);
  });
});

describe("is not in", () => {
  test.each([
    "柳西村路灯坏了",
    "地址错了",
    "我说错了",
    "这不是第一次了，村里的路灯总是坏",
    "他说是物业的责任，不是我们的",
    "不是我不交钱，是他们一直不来修，楼道里都是水，孩子上学都没法走路了",
    "你们是不是搞错了",
    "换地方",
    "换个地方停车",
    "不对吧",
    "不对，为什么没人来",
    "不对，是他们一直不来修",
    "我说的话你们听了吗",
  ])("%s", (text) => {
    expect(correctedPlace(text)).toBeNull();
  });
});

test.each([
  ["隔壁村", true],
  ["对面小区", true],
  ["物业的责任", false],
  ["他们一直不来修", false],
])("%s sounds like a place: %s", (words, expected) => {
  expect(soundsLikePlace(words)).toBe(expected);
});
