import fc from "fast-check";
import { describe, expect, test } from "vitest";
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
