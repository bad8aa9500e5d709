import { describe, expect, test } from "vitest";
import { understandDeputy } from "../../../src/domain/dialog/understand-deputy.ts";

/** A Tuesday. */
const TODAY = "2026-11-24";
const OWN = [12, 59].map((serial) => ({ number: `2026-${String(serial).padStart(6, "0")}`, isOpen: true }));
const meaning = (text: string) => understandDeputy(text, TODAY, OWN);

describe("a deputy who goes away says so in their own words", () => {
  test.each([
    ["我请假三天", TODAY, "2026-11-26"],
    ["我要请三天假", TODAY, "2026-11-26"],
    ["周五请假", "2026-11-27", "2026-11-27"],
    ["我12月10日请假", "2026-12-10", "2026-12-10"],
    ["我周四到周五请假", "2026-11-26", "2026-11-27"],
    ["请假到周五", TODAY, "2026-11-27"],
    ["本人因病请假一周", TODAY, "2026-11-30"],
    ["我下周出差", "2026-11-30", "2026-12-06"],
    ["下周出差", "2026-11-30", "2026-12-06"],
    ["明天起休年假5天", "2026-11-25", "2026-11-29"],
    ["我12月10日到12日外出", "2026-12-10", "2026-12-12"],
    ["我明天去省里培训", "2026-11-25", "2026-11-25"],
    ["我这几天住院", null, null],
    ["我出差了", null, null],
    ["出差到周五，谢谢", TODAY, "2026-11-27"],
    ["我要出差两天。", TODAY, "2026-11-25"],
    ["I am on leave for 3 days", TODAY, "2026-11-26"],
    ["I'm away until Friday", TODAY, "2026-11-27"],
  ])("%j", (text, from, until) => {
    expect(meaning(text)).toMatchObject({ kind: "away", ...(from === null ? {} : { from, until }) });
  });

  test("names who stands in", () => {
    expect(meaning("我下周出差，请王建国代表替我")).toMatchObject({ kind: "away", standIn: "王建国" });
  });

  test.each([
    "电工请假三天，要等下周",
    "物业经理出差了，周五回来再说",
    "下周出差回来就去看",
    "请假制度挂墙上了",
    "他下周不在",
    "我下周不在，能换个代表吗？",
    "施工队放假到周五",
    "休假的老师回来就补课",
  ])("%j is words", (text) => {
    expect(meaning(text).kind).toBe("words");
  });
});

describe("a deputy who is back says so", () => {
  test.each([
    "销假了",
    "我回来了",
    "我已经回来了",
    "出差回来了",
    "我提前回来了",
    "休假结束了",
    "我出院了",
    "我回来上班了",
    "I'm back",
    "back from leave",
  ])("%j", (text) => {
    expect(meaning(text)).toEqual({ kind: "back" });
  });

  test.each(["水回来了", "电工回来了再修", "钱要回来了", "我回来了就去看", "学校放假结束了"])("%j is words", (text) => {
    expect(meaning(text).kind).toBe("words");
  });
});

describe("a deputy who asks how it is done gets the help", () => {
  test.each([
    "怎么回复",
    "请问怎么答复居民？",
    "怎么转办",
    "如何请假呢",
    "不会用",
    "办结怎么弄",
    "这个咋操作",
    "怎么更正",
    "how do I reply?",
  ])("%j", (text) => {
    expect(meaning(text)).toEqual({ kind: "help" });
  });

  test.each(["怎么还没修好", "不知道怎么回事，我去问问", "怎么办理低保"])("%j is words", (text) => {
    expect(meaning(text).kind).toBe("words");
  });
});

describe("a case is passed on in plain words", () => {
  test.each([
    ["转给住建局", null, "住建局"],
    ["移交 12 供电所，归他们", "12", "供电所，归他们"],
    ["转给住建局 12号", null, "住建局 12号"],
  ])("%j", (text, number, words) => {
    expect(meaning(text)).toMatchObject({ kind: "refer", number, text: words });
  });

  test.each(["转给物业了", "转给他们看过了，周五来修", "移交手续办完了"])("%j is words", (text) => {
    expect(meaning(text).kind).toBe("words");
  });
});

describe("a deputy reports a matter of their own", () => {
  test.each([
    ["反映 我家楼道灯不亮，锦绣家园", "我家楼道灯不亮，锦绣家园"],
    ["反映：村口的桥栏杆断了", "村口的桥栏杆断了"],
    ["我要反映柳东村路灯坏了", "柳东村路灯坏了"],
    ["反映一下，小区没水", "小区没水"],
    ["反映", ""],
    ["report our lift is out of order", "our lift is out of order"],
  ])("%j", (text, words) => {
    expect(meaning(text)).toEqual({ kind: "report", text: words });
  });

  test.each([
    "反映的问题已经解决",
    "反映人联系不上",
    "反映了三次都没人管",
    "reported to the council",
    "report to the office tomorrow",
  ])("%j is words", (text) => {
    expect(meaning(text).kind).toBe("words");
  });
});

describe("a correction or a reopening needs its own word", () => {
  test.each([
    "更正了台账",
    "更正通知贴出来了",
    "重新打开水阀就好了",
    "重开了一家店",
    "correct.",
    "Correct, he was there",
    "reopened yesterday",
  ])("%j is words", (text) => {
    expect(meaning(text).kind).toBe("words");
  });

  test.each([
    ["更正 明天不来，后天来", "correct"],
    ["更正：水费是3元", "correct"],
    ["重开", "reopen"],
    ["重开 还没修好", "reopen"],
  ])("%j", (text, kind) => {
    expect(meaning(text)).toMatchObject({ kind, number: null });
  });
});
