import { describe, expect, test } from "vitest";
import {
  accusedOf,
  accusesDeputy,
  accusesTogether,
  goesOnAccusing,
} from "../../../src/domain/accusation/accusation.ts";
import { computingMsOf } from "../../quiet-time.ts";
import { NO_ACCUSATIONS, OTHER_ACCUSATIONS } from "./messages-again.ts";

const lines = (texts: string) => texts.trim().split(/\s*\n\s*/);

describe("accusations of every kind", () => {
  test("are sealed nearly always, and what only names a deputy hardly ever is", () => {
    const accused = lines(OTHER_ACCUSATIONS);
    const missed = accused.filter((text) => !accusesDeputy(text));
    const named = lines(NO_ACCUSATIONS);
    const sealed = named.filter((text) => accusesDeputy(text));
    process.stdout.write(
      `accusations of other kinds: ${accused.length - missed.length} of ${accused.length} sealed; of ${named.length} messages that only name a deputy ${sealed.length} sealed\n`,
    );
    expect([accused.length, named.length]).toEqual([37, 64]);
    expect(missed.length).toBeLessThanOrEqual(4);
    expect(sealed.length).toBeLessThanOrEqual(3);
  });
});

describe("an accusation is seen", () => {
  test.each([
    ["in traditional characters", "王代表收了紅包,還罵人"],
    ["with a blank after each sign", "王 代 表 收 了 红 包"],
    ["with blanks inside words", "王代 表收 了红 包不办 事"],
    ["with emoji after each sign", "王😡代😡表😡收😡了😡红😡包"],
    ["with points and commas after each sign", "王.代,表.收.红.包"],
    ["with the office by its sound", "我们带表拿了老板的烟"],
    ["with the office in letters", "wang daibiao shou hongbao"],
    ["with money as a picture", "代表收💰了"],
    ["after a command word", "撤回 代表威胁我撤回"],
    ["behind a courtesy", "感谢领导百忙之中看信,代表把我家井填了"],
    ["before thanks to the office", "代表拿我爹的证换了补贴,麻烦领导看看,谢谢"],
    ["with a question who sees to it", "代表把我家井填了,请问这事归谁管?"],
    ["with the person last", "姓王的收了物业钱,就是我们代表"],
    ["when it is called a favour", "谢谢王代表把低保给了他小舅子"],
  ])("%s", (_, text) => {
    expect(accusesDeputy(text)).toBe(true);
  });

  test("by a name that the county knows, in Chinese or between English words", () => {
    for (const text of ["王建国吸毒", "王 建 国吸毒", "王建国 took money from the factory"]) {
      expect([accusesDeputy(text, []), accusesDeputy(text, ["王建国"])]).toEqual([false, true]);
    }
  });

  test("of what is everybody's and made away with, though nobody is named", () => {
    expect(accusesDeputy("扶贫款让人吞了")).toBe(true);
    expect(accusesDeputy("低保被克扣了怎么办")).toBe(false);
  });

  test("with its kinds, heaviest first", () => {
    expect(accusedOf("王代表威胁我,还白吃白喝")).toEqual(["threatens", "takes", "unlike"]);
    expect(accusedOf("王代表说下周来看路灯")).toEqual([]);
  });
});

describe("whoever is only spoken to, or does good, is accused of nothing", () => {
  test.each([
    "王代表您好，物业经理收了装修公司的回扣，您管管",
    "王代表，小区物业收了广告公司的钱不公示",
    "请王代表管一管物业收好处费的事",
    "感谢王代表帮我们要回了被物业收走的押金",
    "支书过年给老人发红包，真是好支书",
    "我弟弟想申请低保，支书让去镇上办",
    "村支书说我家亲戚的低保要重新审",
    "请支书帮我妈办低保",
    "业主代表收了物业的好处",
    "有人冒充代表打电话骗老人的钱",
    "老板拖欠工资还骂人打人,扣身份证,威胁我们,王代表您要给我们做主啊",
    "代表把我们的意见带到县里了",
  ])("%s", (text) => {
    expect(accusesDeputy(text)).toBe(false);
  });

  test("in bounded time, whatever is written", () => {
    const ms = computingMsOf(() => {
      for (const part of ["王代表", "代表收", "支书亲戚", "物业给他", "低保"]) accusesDeputy(part.repeat(3_000));
    });
    expect(ms).toBeLessThan(2_000);
  });
});

describe("words that accuse nobody alone", () => {
  test.each([
    ["我想说说菜市场的王代表", "他收了物业的钱，跟老板穿一条裤子", []],
    ["郑代表", "收了摊主的黑钱三千块", []],
    ["有件事要说说我们村支书", "低保名额都给了自家亲戚", []],
    ["你们知道周志强吗", "上个月收了两万块回扣", ["周志强"]],
    ["收了摊贩的红包不办事", "说的就是王代表", []],
    ["這個代表我們忍他很久了今天必須要說清楚", "收了物業的好處", []],
  ] as const)("do so with those before them: %s / %s", (before, text, names) => {
    expect([accusesDeputy(before, names), accusesTogether(before, text, names)]).toEqual([false, true]);
  });

  test.each([
    ["王代表您好", "物业收了我的钱不干活"],
    ["代表你好，请问一下", "包工头拿了工程款跑了，我们收不到工钱"],
    ["路灯坏了", "小贩收了钱不找零"],
    ["王代表说周五来看路灯", "到现在没来"],
    ["", "收了两次停车费的钱"],
    ["楼道灯坏了", "是代表让我来问的"],
  ])("do not when the person was only spoken to, or did nothing: %s / %s", (before, text) => {
    expect(accusesTogether(before, text)).toBe(false);
  });
});

describe("words after an accusation", () => {
  const ACCUSATION = "郑志强代表收了摊贩的红包";
  test.each([
    ["也收了卖菜的钱", [], false],
    ["郑志强的事怎么没人管", ["郑志强"], false],
    ["志强代表昨天还来威胁我", [], false],
    ["他上个月又拿了两条红塔山", [], true],
    ["而且他还把摊位留给小舅子", [], true],
  ] as const)("go on about the accused: %s", (text, names, isFresh) => {
    expect(goesOnAccusing(ACCUSATION, text, { names, isFresh })).toBe(true);
  });

  test.each([
    ["东关菜市场的路灯坏了", true],
    ["他家的狗半夜叫", false],
    ["志强代表您好，门口的垃圾没人收", false],
    ["商家收了我的钱不发货", false],
  ])("are a matter of their own: %s", (text, isFresh) => {
    expect(goesOnAccusing(ACCUSATION, text, { names: [], isFresh })).toBe(false);
  });
});
