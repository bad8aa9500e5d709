import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { absenceSpan } from "../../../src/domain/dialog/absence.ts";
import { understandBinding, understandDeputy } from "../../../src/domain/dialog/understand-deputy.ts";

/** A Tuesday. */
const TODAY = "2026-11-24";

describe("a deputy's command with words for the resident", () => {
  test.each([
    ["回复 12 已联系", "reply", "12", "已联系"],
    ["回复12 已联系", "reply", "12", "已联系"],
    ["回复 12，已联系", "reply", "12", "已联系"],
    ["回复12已联系物业", "reply", "12", "已联系物业"],
    ["回复１２　已联系", "reply", "12", "已联系"],
    ["回復 12 已聯繫", "reply", "12", "已聯繫"],
    ["回覆 12 已聯繫", "reply", "12", "已聯繫"],
    ["回复:12:已联系", "reply", "12", "已联系"],
    ["回复【12】已联系", "reply", "12", "已联系"],
    ["回复#12 已联系", "reply", "12", "已联系"],
    ["回复第12号 已联系", "reply", "12", "已联系"],
    ["回复12号，已联系", "reply", "12", "已联系"],
    ["回复\n12\n已联系\n明天来", "reply", "12", "已联系\n明天来"],
    ["回复2026-000012 已联系", "reply", "2026-000012", "已联系"],
    ["回复２０２６－００００１２ 已联系", "reply", "2026-000012", "已联系"],
    ["回复已联系物业", "reply", null, "已联系物业"],
    ["回复 已联系物业", "reply", null, "已联系物业"],
    ["回复：“好的”", "reply", null, "“好的”"],
    ["回复 ①已查看 ②明天修", "reply", null, "①已查看 ②明天修"],
    ["回复我已联系物业", "reply", null, "我已联系物业"],
    ["回复 12个路灯已修好", "reply", null, "12个路灯已修好"],
    ["回复12个路灯已修好", "reply", null, "12个路灯已修好"],
    ["回復12號 已聯繫", "reply", "12", "已聯繫"],
    ["回復 12個路燈已修好", "reply", null, "12個路燈已修好"],
    ["回復 3號樓已修好", "reply", null, "3號樓已修好"],
    ["回复 编号12 已联系", "reply", "12", "已联系"],
    ["回复 二 已联系", "reply", "2", "已联系"],
    ["回复第十二号：已联系", "reply", "12", "已联系"],
    ["回复 三号下午去看", "reply", null, "三号下午去看"],
    ["回复 一、已联系物业", "reply", null, "一、已联系物业"],
    ["回复 三天内修好", "reply", null, "三天内修好"],
    ["回复 1、2 都在办", "reply", "1、2", "都在办"],
    ["回复1号和2号、3号：都在办", "reply", "1、2、3", "都在办"],
    ["回复 1，2盏灯已换", "reply", "1", "2盏灯已换"],
    ["回复 12月3日去看", "reply", null, "12月3日去看"],
    ["回复 3天内修好", "reply", null, "3天内修好"],
    ["回复 3号楼已修好", "reply", null, "3号楼已修好"],
    ["回复 12号上午去看", "reply", null, "12号上午去看"],
    ["回复 2026-11-30前修好", "reply", null, "2026-11-30前修好"],
    ["回复 12,000元补助已发", "reply", null, "12,000元补助已发"],
    ["回复 12.5万已到位", "reply", null, "12.5万已到位"],
    ["回复 90%已完成", "reply", null, "90%已完成"],
    ["回复 8:30到现场", "reply", null, "8:30到现场"],
    ["回复 13800000000 是物业电话", "reply", null, "13800000000 是物业电话"],
    ["回复", "reply", null, ""],
    ["回复 12", "reply", "12", ""],
    ["reply 12 done", "reply", "12", "done"],
    ["Reply 12: Done, thanks", "reply", "12", "Done, thanks"],
    ["reply we called them", "reply", null, "we called them"],
    ["答复 12 已联系", "reply", "12", "已联系"],
    ["办结 12 路灯已换新", "close", "12", "路灯已换新"],
    ["辦結12 路燈已換", "close", "12", "路燈已換"],
    ["办结。12。路灯已换", "close", "12", "路灯已换"],
    ["办结 路灯已换", "close", null, "路灯已换"],
    ["close 12 lamp replaced", "close", "12", "lamp replaced"],
    ["退回 12 不在我的网格", "return", "12", "不在我的网格"],
    ["退回12，不是我们镇的", "return", "12", "不是我们镇的"],
    ["return 12 not my grid", "return", "12", "not my grid"],
    ["转办 12 住建局，电梯归他们管", "refer", "12", "住建局，电梯归他们管"],
    ["轉辦12 供電所", "refer", "12", "供電所"],
    ["转办给住建局", "refer", null, "给住建局"],
    ["“回复 12 已联系”", "reply", "12", "已联系”"],
    ["/reply 12 ok", "reply", "12", "ok"],
    ["回\u200b复 12 已联系", "reply", "12", "已联系"],
  ])("%j", (text, kind, number, words) => {
    expect(understandDeputy(text, TODAY)).toEqual({ kind, number, text: words });
  });
});

describe("a deputy's other commands", () => {
  test.each([
    ["列表", { kind: "list" }],
    ["列表。", { kind: "list" }],
    ["列表 谢谢", { kind: "list" }],
    ["看一下 列表 吧", { kind: "list" }],
    ["看一下列表", { kind: "list" }],
    ["List", { kind: "list" }],
    ["待办", { kind: "list" }],
    ["12", { kind: "show", number: "12" }],
    ["１２", { kind: "show", number: "12" }],
    ["12号", { kind: "show", number: "12" }],
    ["#12", { kind: "show", number: "12" }],
    ["看12", { kind: "show", number: "12" }],
    ["2026-000012", { kind: "show", number: "2026-000012" }],
    ["销假", { kind: "back" }],
    ["銷假！", { kind: "back" }],
    ["back", { kind: "back" }],
    ["I'm back", { kind: "back" }],
    ["统计", { kind: "stats" }],
    ["統計", { kind: "stats" }],
    ["stats", { kind: "stats" }],
    ["帮助", { kind: "help" }],
    ["？", { kind: "help" }],
    ["help", { kind: "help" }],
    ["绑定 ABCD-1234", { kind: "bind", code: "ABCD-1234" }],
    ["绑定ABCD1234", { kind: "bind", code: "ABCD1234" }],
    ["綁定：ＡＢＣＤ１２３４", { kind: "bind", code: "ABCD1234" }],
    ["绑定 abcd 1234。", { kind: "bind", code: "abcd1234" }],
    ["绑定邀请码ABCD1234", { kind: "bind", code: "ABCD1234" }],
    ["bind ABCD1234", { kind: "bind", code: "ABCD1234" }],
    ["绑定", { kind: "bind", code: "" }],
    ["请假 12月3日", { kind: "away", from: TODAY, until: "2026-12-03", standIn: null }],
    ["请假", { kind: "away", from: null, until: null, standIn: null }],
    ["请假 看病", { kind: "away", from: null, until: null, standIn: null }],
    ["請假到週五", { kind: "away", from: TODAY, until: "2026-11-27", standIn: null }],
    ["请假3天 由王建国代表代", { kind: "away", from: TODAY, until: "2026-11-26", standIn: "王建国" }],
    ["请假 到周五，D002代班", { kind: "away", from: TODAY, until: "2026-11-27", standIn: "D002" }],
    ["请假到周五王建国替我", { kind: "away", from: TODAY, until: "2026-11-27", standIn: "到周五王建国" }],
    ["away 3 days, D002 covers", { kind: "away", from: TODAY, until: "2026-11-26", standIn: "D002" }],
    ["away until Friday", { kind: "away", from: TODAY, until: "2026-11-27", standIn: null }],
    [
      "请假3天 由阿依古丽 · 买买提代表代",
      { kind: "away", from: TODAY, until: "2026-11-26", standIn: "阿依古丽 · 买买提" },
    ],
    ["请假3天 请陈Tony代我", { kind: "away", from: TODAY, until: "2026-11-26", standIn: "陈Tony" }],
  ])("%j", (text, meaning) => {
    expect(understandDeputy(text, TODAY)).toEqual(meaning);
  });
});

describe("a sentence that only begins like a command is words", () => {
  test.each([
    "回复一下我就行",
    "回复我一下",
    "回复了没有",
    "回复率怎么算",
    "办结率低怎么办",
    "办结了吗",
    "办结不了，要等镇里",
    "退回去了",
    "退回来怎么办",
    "转办了没有",
    "转办单在哪",
    "请假条交给谁",
    "请假的事找谁",
    "列表里的第二个是谁的",
    "统计局的电话是多少",
    "帮助孤寡老人",
    "绑定银行卡有问题",
    "绑定不了",
    "已经联系物业了",
    "closed already",
    "returned yesterday",
    "answering the phone now",
    "backup deputies?",
    "12个路灯已修好",
    "",
    "👌",
  ])("%j", (text) => {
    expect(understandDeputy(text, TODAY)).toEqual({ kind: "words" });
  });
});

describe("the last day of an absence", () => {
  test.each([
    ["12月3日", "2026-12-03"],
    ["到12月3号", "2026-12-03"],
    ["十二月三日", "2026-12-03"],
    ["到12-03", "2026-12-03"],
    ["12.3", "2026-12-03"],
    ["12/3", "2026-12-03"],
    ["2026-12-03", "2026-12-03"],
    ["2026年12月3日回来", "2026-12-03"],
    ["２０２６－１２－０３", "2026-12-03"],
    ["3天", "2026-11-26"],
    ["三天", "2026-11-26"],
    ["两天", "2026-11-25"],
    ["1天", "2026-11-24"],
    ["半天", "2026-11-24"],
    ["明天起3天", "2026-11-27"],
    ["从12月1日开始3天", "2026-12-03"],
    ["一周", "2026-11-30"],
    ["两个星期", "2026-12-07"],
    ["今天", "2026-11-24"],
    ["明天", "2026-11-25"],
    ["到后天", "2026-11-26"],
    ["到大后天", "2026-11-27"],
    ["到周五", "2026-11-27"],
    ["到这周五", "2026-11-27"],
    ["到星期二", "2026-11-24"],
    ["到周一", "2026-11-30"],
    ["到礼拜天", "2026-11-29"],
    ["到周末", "2026-11-29"],
    ["至下周一", "2026-11-30"],
    ["下周五", "2026-12-04"],
    ["到下下周一", "2026-12-07"],
    ["到下周", "2026-12-06"],
    ["到月底", "2026-11-30"],
    ["到下月底", "2026-12-31"],
    ["到年底", "2026-12-31"],
    ["到30号", "2026-11-30"],
    ["到3号", "2026-12-03"],
    ["12月1日到12月3日", "2026-12-03"],
    ["12月1日至3日", "2026-12-03"],
    ["从明天到下周三", "2026-12-02"],
    ["到1月5日", "2027-01-05"],
    ["until 3 December", "2026-12-03"],
    ["until Dec 3", "2026-12-03"],
    ["until next Monday", "2026-11-30"],
    ["3 days", "2026-11-26"],
    ["for a week", "2026-11-30"],
    ["until tomorrow", "2026-11-25"],
  ])("%s", (text, until) => {
    expect(absenceSpan(text, TODAY)?.until).toBe(until);
  });

  test.each(["", "看病", "2月30日", "11月20日", "2026-11-20", "2036-01-01", "500天", "0天", "到时候再说", "13月1日"])(
    "is not read from %j",
    (text) => {
      expect(absenceSpan(text, TODAY)).toBeNull();
    },
  );

  test("is never in the past and never more than a year ahead, whatever is typed", () => {
    const typed = fc.oneof(fc.string(), fc.stringMatching(/^[到至下周月日号天一二三0-9年 -]{1,12}$/));
    fc.assert(
      fc.property(typed, (text) => {
        const span = absenceSpan(text, TODAY);
        if (span === null) return;
        expect(span.until >= TODAY && span.until <= "2027-11-25").toBe(true);
        expect(span.from >= TODAY && span.from <= span.until).toBe(true);
      }),
    );
  });
});

describe("the first day of an absence", () => {
  test.each([
    ["12月10日到12月12日", "2026-12-10", "2026-12-12"],
    ["12月10日至12日", "2026-12-10", "2026-12-12"],
    ["12月10号到12号，由D002代", "2026-12-10", "2026-12-12"],
    ["从12月10日起到12月12日", "2026-12-10", "2026-12-12"],
    ["十二月十日到十二日", "2026-12-10", "2026-12-12"],
    ["12.10-12.12", "2026-12-10", "2026-12-12"],
    ["12/10-12/12", "2026-12-10", "2026-12-12"],
    ["12月10日-12日", "2026-12-10", "2026-12-12"],
    ["12月10日~12月12日", "2026-12-10", "2026-12-12"],
    ["2026-12-10到2026-12-12", "2026-12-10", "2026-12-12"],
    ["12月30日到1月2日", "2026-12-30", "2027-01-02"],
    ["1月10日到12日", "2027-01-10", "2027-01-12"],
    ["30号到3号", "2026-11-30", "2026-12-03"],
    ["12月10日、11日", "2026-12-10", "2026-12-11"],
    ["周五和周六", "2026-11-27", "2026-11-28"],
    ["下周一到周三", "2026-11-30", "2026-12-02"],
    ["下周一到下周五", "2026-11-30", "2026-12-04"],
    ["周四到周一", "2026-11-26", "2026-11-30"],
    ["明天到后天", "2026-11-25", "2026-11-26"],
    ["从明天到周五", "2026-11-25", "2026-11-27"],
    ["12月10日到周五", "2026-12-10", "2026-12-11"],
    ["明天", "2026-11-25", "2026-11-25"],
    ["明天半天", "2026-11-25", "2026-11-25"],
    ["后天 由王建国代", "2026-11-26", "2026-11-26"],
    ["下周", "2026-11-30", "2026-12-06"],
    ["下一周", "2026-11-30", "2026-12-06"],
    ["下个月", "2026-12-01", "2026-12-31"],
    ["明天起3天", "2026-11-25", "2026-11-27"],
    ["12月10日开始请3天", "2026-12-10", "2026-12-12"],
    ["12月10日 3天", "2026-12-10", "2026-12-12"],
    ["3天，从12月10日开始", "2026-12-10", "2026-12-12"],
    ["下周一三天", "2026-11-30", "2026-12-02"],
    ["下周起两周", "2026-11-30", "2026-12-13"],
    ["from 10 to 12 December", "2026-12-10", "2026-12-12"],
    ["from December 10 until December 12", "2026-12-10", "2026-12-12"],
    ["Dec 10-12", "2026-12-10", "2026-12-12"],
    ["3 days from 10 December", "2026-12-10", "2026-12-12"],
    ["tomorrow for 3 days", "2026-11-25", "2026-11-27"],
    ["next week", "2026-11-30", "2026-12-06"],
    ["from Monday to Wednesday", "2026-11-30", "2026-12-02"],
    ["到12月12日", TODAY, "2026-12-12"],
    ["12月12日", TODAY, "2026-12-12"],
    ["3天", TODAY, "2026-11-26"],
    ["家里有事3天", TODAY, "2026-11-26"],
    ["今天到周五", TODAY, "2026-11-27"],
    ["11月20日到11月27日", TODAY, "2026-11-27"],
    ["明天回来", TODAY, "2026-11-25"],
    ["until next Monday", TODAY, "2026-11-30"],
  ])("%s", (text, from, until) => {
    expect(absenceSpan(text, TODAY)).toEqual({ from, until });
  });

  test.each([
    "12月12日到12月10日",
    "12月10日和12月12日",
    "从12月10日起",
    "12月10日开始",
    "从小年到12月12日",
    "from 10 December",
    "每周三",
    "每周三开会不在",
    "2月30日到3月2日",
    "下下个月三天后",
  ])("is not guessed from %j", (text) => {
    expect(absenceSpan(text, TODAY)).toBeNull();
  });
});

describe("somebody who is not bound yet", () => {
  test.each([
    ["绑定 ABCD1234", "ABCD1234"],
    ["bind abcd-1234", "abcd-1234"],
    ["绑定", ""],
    ["绑定银行卡有问题", null],
    ["银行卡绑定 123456", null],
    ["binding arbitration", null],
    ["路灯坏了", null],
  ])("%j", (text, code) => {
    expect(understandBinding(text)).toBe(code);
  });
});

test("whatever a deputy writes has a meaning", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 500 }),
      fc.constantFrom("", "回复", "办结 12", "请假", "绑定"),
      (text, head) => {
        expect(understandDeputy(head + text, TODAY).kind).toBeTypeOf("string");
      },
    ),
  );
});
