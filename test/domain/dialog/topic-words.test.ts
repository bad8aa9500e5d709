import { describe, expect, test } from "vitest";
import { allOrOneIn, secondedIn, topicWordsIn, wantsNoNews } from "../../../src/domain/dialog/topics/topic-words.ts";

describe("a deputy's words about a topic", () => {
  test.each<[string, object]>([
    ["主题", { kind: "list" }],
    ["主题列表", { kind: "list" }],
    ["topics", { kind: "list" }],
    ["主题 3", { kind: "show", number: "3" }],
    ["主题3", { kind: "show", number: "3" }],
    ["看主题３号", { kind: "show", number: "3" }],
    ["主题 T-2027-0003", { kind: "show", number: "3" }],
    ["Topic 12", { kind: "show", number: "12" }],
    ["主题 3 合", { kind: "join", number: "3" }],
    ["主题3，一起办", { kind: "join", number: "3" }],
    ["topic 3 join", { kind: "join", number: "3" }],
    ["主题 3 不合", { kind: "apart", number: "3" }],
    ["主题3 分开办", { kind: "apart", number: "3" }],
    ["回复 主题3 今晚8点来水", { kind: "answer", number: "3", text: "今晚8点来水" }],
    ["回复主题3：今晚8点来水。", { kind: "answer", number: "3", text: "今晚8点来水。" }],
    ["主题3 回复 今晚来水", { kind: "answer", number: "3", text: "今晚来水" }],
    ["reply topic 3 water is back at eight", { kind: "answer", number: "3", text: "water is back at eight" }],
    ["办结 主题3 修好了", { kind: "close", number: "3", text: "修好了" }],
    ["回复 主题3", { kind: "answer", number: "3", text: "" }],
  ])("%s", (text, meaning) => {
    expect(topicWordsIn(text)).toEqual(meaning);
  });

  test.each([
    "主题公园什么时候建",
    "主题党日活动在3号",
    "主题教育要交心得吗",
    "这次主题是什么",
    "3",
    "回复 3 主题公园在建",
    "主题3月份的活动我参加不了",
    "办结 12 已修好",
    "回复12号 今晚来水",
    "关于主题班会的事",
    "主题词写什么",
    "换个主题吧",
    "主题3和主题4都看看",
    "请问主题曲叫什么",
    "我们村的主题广场灯坏了",
    "退回 12 不归我",
    "回复一下主题公园的事",
    "主题展览几号开始",
    "列表",
    "topical cream for my skin",
  ])("is none: %s", (text) => {
    expect(topicWordsIn(text)).toBeNull();
  });

  test.each<[string, boolean | null]>([
    ["1", true],
    ["答复12个人", true],
    ["大家", true],
    ["2", false],
    ["只答复这一位", false],
    ["12", null],
    ["好的", null],
  ])("all or one: %s", (text, isAll) => {
    expect(allOrOneIn(text)).toBe(isAll);
  });
});

describe("a resident's words about what others told", () => {
  test.each<[string, object | null]>([
    ["附议 31", { case: "31" }],
    ["附议31号", { case: "31" }],
    ["我也附议 2026-000031", { case: "2026-000031" }],
    ["附议 主题3", { topic: "3" }],
    ["me too 31", { case: "31" }],
    ["附议", null],
    ["附议是什么意思", null],
    ["我附议楼上说的", null],
    ["大家都附议31个人了", null],
    ["我想附议邻居反映的停水", null],
    ["附议的人有31个", null],
    ["怎么附议", null],
    ["31号附议书交给谁", null],
    ["村民代表会上附议通过了3项", null],
    ["附议 31 和 32", null],
    ["附议人要签字吗", null],
    ["我是附议代表", null],
    ["附议 停水的事", null],
    ["能不能帮我附议 31", null],
    ["附议31，我家也停水了", null],
  ])("%s", (text, joined) => {
    expect(secondedIn(text)).toEqual(joined);
  });

  test.each<[string, boolean]>([
    ["不用告诉我", true],
    ["以后不用告诉我了", true],
    ["别再通知我", true],
    ["不用告诉我他是谁，修好就行", false],
    ["为什么不告诉我", false],
    ["不用告诉我妈", false],
    ["你们也没告诉我", false],
    ["别告诉我又要等", false],
    ["不要告诉别人是我说的", false],
  ])("no more news: %s, %s", (text, isSo) => {
    expect(wantsNoNews(text)).toBe(isSo);
  });
});
