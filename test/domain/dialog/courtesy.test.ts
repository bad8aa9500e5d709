import { describe, expect, test } from "vitest";
import { complainsOfDeputy } from "../../../src/domain/accusation/accusation.ts";
import { courtesyIn, isNod, saysItIsNew, withoutGreeting } from "../../../src/domain/dialog/courtesy.ts";

describe("a courtesy and nothing else", () => {
  test.each(["谢谢周代表", "感谢你们", "辛苦了", "thank you", "多谢 李书记"])("%s is thanks", (text) => {
    expect(courtesyIn(text)).toBe("thanks");
  });

  test.each(["代表好", "您好，在吗", "有人吗", "hello", "[微笑]", "收到", "嗯嗯"])("%s says nothing yet", (text) => {
    expect(courtesyIn(text)).toBe("nothing-yet");
  });

  test.each(["谢谢你们 可是灯又灭了", "代表好，我家没水", "在吗 桥断了", "好的路呢"])("%s says more", (text) => {
    expect(courtesyIn(text)).toBeNull();
  });

  test("a nod is no greeting that waits for more", () => {
    expect([isNod("好的"), isNod("好的，那桥呢")]).toEqual([true, false]);
  });
});

describe("what is left behind a greeting", () => {
  test.each([
    ["代表好，井盖没了", "井盖没了"],
    ["您好！在吗？桥上没灯", "桥上没灯"],
    ["hello, the lamp is out", "the lamp is out"],
    ["好的路呢，全是坑", "好的路呢，全是坑"],
    ["你好", "你好"],
    ["", ""],
  ])("of %s", (text, left) => expect(withoutGreeting(text)).toBe(left));
});

describe("something else, as its first words say", () => {
  test.each(["新问题：沟堵了", "另外一件事，桥上没灯", "还有一件事 狗没拴"])("%s", (text) => {
    expect(saysItIsNew(text)).toBe(true);
  });

  test.each(["还有人没来修", "另外那盏也坏了", "新修的路又裂了", "事情办好了"])("%s goes on", (text) => {
    expect(saysItIsNew(text)).toBe(false);
  });
});

describe("a complaint of a deputy", () => {
  test.each([
    "我要投诉这个代表",
    "怎么举报你们代表",
    "我要告代表",
    "I want to complain about my deputy",
    "can I report the deputy",
  ])("%s is not for a deputy to read", (text) => expect(complainsOfDeputy(text)).toBe(true));

  test.each([
    "我想投诉物业，请代表帮忙",
    "投诉过了，请代表催一催",
    "向代表投诉油烟",
    "我告诉代表了",
    "I want to report to the deputy that the light is out",
    "I complained to the deputy about the noise",
  ])("%s is one by way of a deputy", (text) => expect(complainsOfDeputy(text)).toBe(false));
});
