import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caseNamed, rowNamed } from "../../../src/domain/dialog/typed-numbers.ts";
import { understandDeputy } from "../../../src/domain/dialog/understand-deputy.ts";

/** A Tuesday. */
const TODAY = "2026-11-24";
const OWN = [12, 59, 122, 175, 207].map((serial) => own(serial));

function own(serial: number, isOpen = true) {
  return { number: `2026-${String(serial).padStart(6, "0")}`, isOpen };
}

describe("a number that is an own open case is meant, whatever it touches", () => {
  test.each([
    ["办结122号路灯已修好", "close", "122", "路灯已修好"],
    ["办结207号水管换了新的", "close", "207", "水管换了新的"],
    ["回复175号路面明天来补", "reply", "175", "路面明天来补"],
    ["回复175路面明天来补", "reply", "175", "路面明天来补"],
    ["回复12处理好了，您看看", "reply", "12", "处理好了，您看看"],
    ["答复122井盖已经换了", "reply", "122", "井盖已经换了"],
    ["办结１２２号线路故障排除了", "close", "122", "线路故障排除了"],
    ["辦結122號路燈已修好", "close", "122", "路燈已修好"],
    ["办结(122)楼道灯换了", "close", "122", "楼道灯换了"],
    ["办结“122号”人行道砖补好了", "close", "122", "人行道砖补好了"],
    ["回复#122-明天去", "reply", "122", "-明天去"],
    ["办结一百二十二号，路灯换了", "close", "122", "路灯换了"],
    ["回复十二号的事明天办", "reply", "12", "明天办"],
    ["回复一二二号 明天去", "reply", "122", "明天去"],
    ["办结了12号，灯亮了", "close", "12", "灯亮了"],
    ["回复一下12号，下午去", "reply", "12", "下午去"],
    ["麻烦把12号退回，不在我们村", "return", "12", "不在我们村"],
    ["我要办结12号 灯修好了", "close", "12", "灯修好了"],
    ["12号办结 灯修好了", "close", "12", "灯修好了"],
    ["12 办结：灯修好了", "close", "12", "灯修好了"],
    ["59号已经办结了，换了新水管", "close", "59", "换了新水管"],
    ["59转给住建局", "refer", "59", "住建局"],
    ["59号转住建局，他们管", "refer", "59", "住建局，他们管"],
    ["把59号转办给供电所", "refer", "59", "给供电所"],
    ["12号不归我管", "return", "12", "不归我管"],
    ["207不是我们村的，是柳西的", "return", "207", "不是我们村的，是柳西的"],
    ["12号回复 明天上午来", "reply", "12", "明天上午来"],
    ["更正 12 是后天来，不是明天", "correct", "12", "是后天来，不是明天"],
    ["更正12号：是后天来", "correct", "12", "是后天来"],
    ["12号更正 是后天来", "correct", "12", "是后天来"],
    ["重开 12 灯又灭了", "reopen", "12", "灯又灭了"],
    ["重开12号", "reopen", "12", ""],
    ["把12号重开吧", "reopen", "12", ""],
    ["重新打开12号，没修好", "reopen", "12", "没修好"],
    ["correct 12 it is the day after", "correct", "12", "it is the day after"],
    ["reopen 12 not done yet", "reopen", "12", "not done yet"],
    ["办结12号", "close", "12", ""],
    ["12号办结", "close", "12", ""],
    ["办结12号了", "close", "12", ""],
    ["退回12号吧，不在我们镇", "return", "12", "不在我们镇"],
    ["转12给供电所", "refer", "12", "供电所"],
    ["12号交给供电所", "refer", "12", "供电所"],
    ["close case 12 lamp replaced", "close", "12", "lamp replaced"],
    ["12号这事不归我", "return", "12", "这事不归我"],
    ["给12号回复 明天上午修", "reply", "12", "明天上午修"],
  ])("%j", (text, kind, number, words) => {
    expect(understandDeputy(text, TODAY, OWN)).toEqual({ kind, number, text: words });
  });

  test.each([
    ["59 已经让电工修好了", "59", "已经让电工修好了"],
    ["５９号，电工说明天来", "59", "电工说明天来"],
    ["122 物业答应周五前换", "122", "物业答应周五前换"],
    ["122号路灯今晚能亮", "122", "路灯今晚能亮"],
    ["我问过了，编号59的周五修", "59", "我问过了，编号59的周五修"],
    ["水务说59号的事周五办", "59", "水务说59号的事周五办"],
    ["2026-000059 周五修", "59", "周五修"],
    ["12和59都修好了", "12、59", "都修好了"],
    ["12号的灯修好了", "12", "灯修好了"],
    ["12号已转给物业", "12", "已转给物业"],
    ["12号已经回复居民了", "12", "已经回复居民了"],
    ["12号办结错了", "12", "办结错了"],
    ["12号是不是不归我管？", "12", "是不是不归我管？"],
    ["12号、59号：等通知", "12、59", "等通知"],
  ])("words for the resident of that case: %j", (text, number, words) => {
    const meaning = understandDeputy(text, TODAY, OWN);
    expect(meaning).toEqual({ kind: "words", number: expect.stringMatching(`${number}$`), text: words });
  });

  test.each(["12号怎么回复", "59号是什么事", "看59", "59号呢"])("%j shows it", (text) => {
    expect(understandDeputy(text, TODAY, OWN)).toEqual({ kind: "show", number: expect.stringMatching(/^(12|59)$/) });
  });
});

describe("a number that may be a house, a day or a line as well is mentioned, never passed over", () => {
  test.each([
    ["回复 12号楼已经修好了", "12", "楼已经修好了"],
    ["办结12号线通车了", "12", "线通车了"],
    ["回复 12号下午去看", "12", "下午去看"],
    ["回复12路公交恢复了", "12", "路公交恢复了"],
    ["回复 12栋的水通了", "12", "栋的水通了"],
    ["回复 12盏灯换好了", "12", "盏灯换好了"],
    ["回复 12天内办好", "12", "天内办好"],
    ["回复 电工59号来", "59", "电工59号来"],
    ["回复 已经修好了，59号", "59", "已经修好了，59号"],
    ["办结 路灯都亮了 122", "122", "路灯都亮了 122"],
  ])("%j", (text, number, words) => {
    expect(understandDeputy(text, TODAY, OWN)).toMatchObject({ number: null, mentions: [{ number, text: words }] });
  });

  test.each(["12号楼的灯也坏了", "我在59路车站看过了"])("%j without a command", (text) => {
    expect(understandDeputy(text, TODAY, OWN)).toMatchObject({ kind: "words", mentions: [expect.anything()] });
  });
});

describe("a number that is no open case stays where it was", () => {
  test.each([
    "回复 3号楼已修好",
    "回复 33路公交恢复了",
    "回复 12月3日去看",
    "回复 12.5万元到位了",
    "回复 12:30 到现场",
    "回复 电话 0516-12345678",
    "回复 明天12点去",
    "回复 一共修了12盏",
    "回复 G12线路停电",
  ])("%j", (text) => {
    const meaning = understandDeputy(text, TODAY, OWN);
    expect(meaning).toEqual({ kind: "reply", number: null, text: text.slice(3) });
  });

  test("a closed one is meant only where it is plainly typed", () => {
    const closed = [own(12, false), own(59)];
    expect(understandDeputy("回复12号路灯又灭了", TODAY, closed)).toMatchObject({ number: "12" });
    expect(understandDeputy("12盏灯换好了", TODAY, closed)).toEqual({ kind: "words" });
    expect(understandDeputy("12个人去看过", TODAY, closed)).toEqual({ kind: "words" });
    expect(understandDeputy("12重开 又坏了", TODAY, closed)).toMatchObject({ kind: "reopen", number: "12" });
    expect(understandDeputy("回复12号楼又看过", TODAY, closed)).toMatchObject({
      number: null,
      mentions: [{ number: "12" }],
    });
    expect(understandDeputy("回复12盏灯换好了", TODAY, closed)).toEqual({
      kind: "reply",
      number: null,
      text: "12盏灯换好了",
    });
    expect(understandDeputy("重开12", TODAY, closed)).toEqual({ kind: "reopen", number: "12", text: "" });
  });
});

describe("an answer to “which of yours?”", () => {
  test.each([
    ["12", "12", false],
    ["１２", "12", false],
    ["12号", "12", true],
    ["12号那件", "12", true],
    ["就是12号", "12", true],
    ["第12号", "12", true],
    ["十二号", "12", true],
    ["2026-000012", "2026-000012", false],
    ["No. 12", "12", true],
  ])("%s is a case", (text, typed, isCounted) => {
    expect(caseNamed(text)).toEqual({ typed, isCounted });
    expect(rowNamed(text, 3)).toBeNull();
  });

  test.each([
    ["第二个", 1],
    ["第1条", 0],
    ["前者", 0],
    ["the third one", 2],
    ["最后一个", 2],
  ])("%s is a place in the list", (text, row) => {
    expect(rowNamed(text, 3)).toBe(row);
    expect(caseNamed(text)).toBeNull();
  });

  test.each(["第四个", "12号楼", "12号已经办好", "都不是", "好的"])("%s is neither", (text) => {
    expect([caseNamed(text), rowNamed(text, 3)]).toEqual([null, null]);
  });
});

test("whatever stands around the number of an open case, no other case is meant by the words", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("回复", "办结", "答复 ", "退回"),
      fc.constantFrom("", " ", "第", "编号", "#", "“", "（"),
      fc.constantFrom(..."号路楼井门院线机杆晚来去开就再会才天盏个条座栋家中小，。、-— "),
      fc.constantFrom("灯亮了", "已修好", "明天去看", "口没人"),
      (command, before, sign, words) => {
        const meaning = understandDeputy(`${command}${before}122${sign}${words}`, TODAY, OWN);
        const numbers = [
          "number" in meaning ? meaning.number : null,
          ...("mentions" in meaning ? (meaning.mentions ?? []) : []).map((one) => one.number),
        ];
        expect(numbers).toContain("122");
      },
    ),
  );
});
