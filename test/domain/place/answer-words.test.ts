import { describe, expect, test } from "vitest";
import { isPlaceAlone, mayAnswerWhere, meansAll } from "../../../src/domain/place/answer-words.ts";

describe("words soon after “where?”", () => {
  test.each([
    "不知道",
    "我也说不清",
    "不太清楚啊",
    "忘記了",
    "就在那边",
    "老地方",
    "我家门口",
    "火星路",
    "你们自己查",
    "I don't know",
    "no idea",
    "Mars Street",
  ])("that may be its answer: %s", (text) => expect(mayAnswerWhere(text)).toBe(true));

  test.each([
    "又停水了",
    "都一个月了",
    "昨天我妈就摔了一跤",
    "已经三天了",
    "还没人来",
    "",
    "晚上黑漆漆的孩子放学都看不见路",
    "My mother fell down there yesterday evening",
  ])("that go on with the story: %s", (text) => expect(mayAnswerWhere(text)).toBe(false));
});

describe("a place and nothing else", () => {
  test.each(["南大街", "工地在南大街", "就是在南大街那边干的活", "We worked at 南大街", "在 南大街 工地上"])(
    "%s",
    (text) => {
      expect(isPlaceAlone(text, ["南大街"])).toBe(true);
    },
  );

  test.each(["南大街路灯坏了", "南大街的井盖丢了", "南大街太吵了"])("is not %s", (text) => {
    expect(isPlaceAlone(text, ["南大街"])).toBe(false);
  });

  test("is not where no place is named", () => {
    expect(isPlaceAlone("在工地", [])).toBe(false);
  });
});

test.each([
  ["都是", true],
  ["两个都有", true],
  ["全部", true],
  ["这几个小区都停了", true],
  ["都没人管", false],
  ["柳西村", false],
])("%s means all of them: %s", (text, expected) => {
  expect(meansAll(text)).toBe(expected);
});
