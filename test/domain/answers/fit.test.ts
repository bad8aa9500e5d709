import { describe, expect, it } from "vitest";
import { createSegment } from "../../../src/casework/rules/segment.ts";
import { answerFor } from "../../../src/domain/answers/fit.ts";

const segment = createSegment();
const PLACES = ["锦绣家园", "柳东村", "柳西村"];
const comparing = { segment, placesIn: (text: string) => PLACES.filter((place) => text.includes(place)) };

const SCHOOL = {
  code: "school",
  title: "锦绣家园小学划片",
  triggers: ["锦绣家园小学划片", "锦绣家园上哪个小学", "锦绣家园划到哪个小学"],
};
const CARD = { code: "card", title: "老年证办理", triggers: ["老年证怎么办", "老年证在哪里办理"] };
const AGE = { code: "age", title: "80岁高龄补贴", triggers: ["80岁高龄补贴多少钱", "80岁高龄补贴怎么领"] };
const ALL = [SCHOOL, CARD, AGE];
const codeFor = (question: string, all = ALL) => answerFor(all, question, comparing)?.code ?? null;

describe("an answer of the library fits", () => {
  it.each([
    ["锦绣家园划到哪个小学？", "school"],
    ["请问一下，我家孩子明年在锦绣家园上哪个小学呀？谢谢", "school"],
    ["我們錦繡家園小學劃片到哪", "school"],
    ["您好，老年证怎么办？", "card"],
    ["想问问老年证在哪儿办", "card"],
    ["我妈80岁，高龄补贴怎么领", "age"],
  ])("a question with its words: %s", (question, code) => {
    expect(codeFor(question)).toBe(code);
  });

  it.each([
    ["of another place", "柳东村划到哪个小学？"],
    ["without the place", "划到哪个小学？"],
    ["with two places", "锦绣家园和柳东村划到哪个小学？"],
    ["for something near", "锦绣家园小学转学怎么办？"],
    ["for another number", "90岁高龄补贴多少钱"],
    ["without the number", "高龄补贴多少钱"],
    ["for something else of the same", "老年证要多少钱"],
    ["that denies it", "老年证不在这里办怎么办"],
    ["with a word of its own", "老年证丢了怎么办"],
    ["that only names it", "老年证"],
    ["of nothing but small words", "请问怎么办？"],
    ["of nothing", ""],
  ])("no question %s", (_, question) => {
    expect(codeFor(question)).toBeNull();
  });

  it("nothing where two fit", () => {
    const twin = { ...CARD, code: "card-2" };
    expect(codeFor("老年证怎么办", [...ALL, twin])).toBeNull();
  });
});
