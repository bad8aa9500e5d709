import { describe, expect, test } from "vitest";
import { correctedPlace, deniedPlace, soundsLikePlace, wrongPlace } from "../../../src/domain/place/correction.ts";

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
    ["上午说错了 是河沿村", "河沿村"],
    ["前天的地址报错了，应该是桃源里", "桃源里"],
    ["昨晚发的那个位置不对，其实是花市社区", "花市社区"],
    ["上回说的不是北门，是花市", "花市"],
    ["前两天反映的不在河湾村，在河沿村", "河沿村"],
    ["那条消息地址写错了 是云锦家园8号楼", "云锦家园8号楼"],
    ["周三我报错小区了，应该是云锦家园", "云锦家园"],
    ["我上星期写成北门了，其实是花市", "花市"],
    ["之前那个小区名应该是云锦家园", "云锦家园"],
    ["应该是云锦家园，不是桃源里", "云锦家园"],
    ["刚才记错村了，是石埠村", "石埠村"],
    ["前天说的那盏路灯，位置写错了，是河沿村的", "河沿村"],
    ["水管的事弄错了 在花市社区不在北门", "花市社区"],
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
    "早上路灯就坏了",
    "昨天说好来修，今天没人来",
    "上次说的那个事，是谁负责",
    "昨天停水，今天停电",
    "上个月反映的路还没修好",
    "是物业的责任，不是我们的",
  ])("%s", (text) => {
    expect(correctedPlace(text)).toBeNull();
  });
});

test.each([
  ["昨天说的不是北门", "北门"],
  ["那个地方不在花市", "花市"],
  ["是不是北门停水了", null],
  ["不是北门,是花市", null],
  ["这不是我们该管的吗，怎么没人来", null],
])("only denied in %s: %s", (text, place) => {
  expect(deniedPlace(text)).toBe(place);
});

test("is read in no time, whatever somebody repeats", () => {
  const began = performance.now();
  for (const word of ["刚才", "昨天说的", "那个", "说的", "，", "不是", "地址", "我说的", "应该是"]) {
    expect(correctedPlace(word.repeat(60).slice(0, 60))).toBeOneOf([null, expect.any(String)]);
  }
  expect(performance.now() - began).toBeLessThan(1_000);
});

test.each([
  ["上回说的不是北门，是花市", "北门"],
  ["我写成北门了，其实是花市", "北门"],
  ["应该是花市，不是北门", "北门"],
  ["说错了，是花市", null],
])("the wrong place in %s: %s", (text, place) => {
  expect(wrongPlace(text)).toBe(place);
});

test.each([
  ["隔壁村", true],
  ["对面小区", true],
  ["物业的责任", false],
  ["他们一直不来修", false],
])("%s sounds like a place: %s", (words, expected) => {
  expect(soundsLikePlace(words)).toBe(expected);
});
