import { describe, expect, test } from "vitest";
import type { EmergencyTopic } from "../../../src/domain/danger/emergency.ts";
import type { Decision } from "../../../src/domain/routing/route.ts";
import { quote, quoteMasked } from "../../../src/domain/text/quote.ts";
import type { Understood, Wording } from "../../../src/domain/wording/sentences.ts";
import { localeOf, wordingOf } from "../../../src/domain/wording/wording.ts";
import { CASE, DECISION, everything, HOLDER, LINE, NUMBER } from "./every-sentence.ts";

const zh = wordingOf("zh-CN");
const en = wordingOf("en");

describe("every sentence", () => {
  test.each(["zh-CN", "en"] as const)("is said, and in full, in %s", (locale) => {
    for (const [name, text] of Object.entries(everything(wordingOf(locale)))) {
      expect(text, name).not.toMatch(/undefined|null|NaN|\[object|\$\{/);
      expect(text.trim(), name).not.toBe("");
    }
  });

  test("claims neither that something was sent nor that it is solved", () => {
    for (const [name, text] of Object.entries(everything(zh))) {
      expect(text, name).not.toMatch(/已发送|已送达|已通知|已转达|已收到答复|(?<!说)已解决/);
    }
    for (const [name, text] of Object.entries(everything(en))) {
      expect(text, name).not.toMatch(/\b(has been|was|is) (sent|delivered|solved)\b/i);
    }
  });

  test("leaves the numbering of choices to the channel", () => {
    for (const say of [zh, en]) {
      const asked = [
        say.askRating({ number: NUMBER }),
        say.whichCase({ cases: [LINE, LINE] }),
        say.askWhere({
          number: NUMBER,
          turn: 1,
          why: "border",
          shown: null,
          labels: ["柳东村", "柳西村"],
          orElsewhere: false,
        }),
        say.confirmReply({ number: NUMBER, text: quote("明天"), also: [] }),
      ];
      for (const { labels } of asked) for (const label of labels) expect(label).not.toMatch(/^\s*[0-9一二三][.、)）]/);
    }
  });

  test("is short enough for old eyes: no Chinese one is longer than a screen", () => {
    for (const [name, text] of Object.entries(everything(zh))) expect([...text].length, name).toBeLessThan(330);
  });
});

const NOTHING: Understood = { place: null, matter: "" };

describe("the receipt", () => {
  test.each([zh, en])("holds number, name, station and day in one message", (say) => {
    const text = say.receipt({ ...NOTHING, number: NUMBER, holder: HOLDER, dueOn: "2026-12-01", priority: false });
    for (const part of [NUMBER, "王建国", "柳河镇联络站"]) expect(text).toContain(part);
    expect(text).toMatch(/2026年12月1日（星期二）|Tuesday 1 December 2026/);
  });

  test("names the office while nobody has it", () => {
    const text = zh.receipt({ ...NOTHING, number: NUMBER, holder: null, dueOn: "2026-12-01", priority: false });
    expect(text).toContain("由县人大代表工作机构分派");
    expect(text).toContain("2026年12月1日");
  });

  const known = { number: NUMBER, holder: HOLDER, dueOn: "2026-12-01", priority: false } as const;
  const place = { label: "柳河镇柳西村一组", by: "told" } as const;

  test.each([zh, en])("says what and where was understood, and what to reply where that is wrong", (say) => {
    const text = say.receipt({ ...known, place, matter: quote("井水发黄") });
    expect(text).toMatch(/(地点：|Place: )柳河镇柳西村一组/);
    expect(text).toContain("「井水发黄」");
    expect(text).toMatch(/换地方|wrong place/);
  });

  test.each([zh, en])("says of a place whether its resident named it", (say) => {
    const texts = (["told", "scene", "home"] as const).map((by) =>
      say.receipt({ ...known, place: { ...place, by }, matter: "" }),
    );
    expect(new Set(texts).size).toBe(3);
    expect(texts[1]).toMatch(/扫的码|scanned/);
    expect(texts[2]).toMatch(/以前|before/);
  });

  test.each([zh, en])("has no line for a place that nobody knows", (say) => {
    expect(say.receipt({ ...known, ...NOTHING })).not.toMatch(/地点|Place|换地方/);
  });
});

describe("a day that is not sure, for its year's holidays are not known", () => {
  const dueOn = { within: 5 };
  const number = NUMBER;
  const holder = HOLDER;
  const line = {
    number,
    text: quoteMasked("路灯坏了"),
    place: "甲镇一组",
    state: "assigned",
    priority: false,
    dueOn,
    overdue: true,
    isByMinor: false,
  } as const;
  test.each([zh, en])("is said nowhere, neither to residents nor to deputies", (say) => {
    const said = [
      say.receipt({ ...NOTHING, number, holder, dueOn, priority: true }),
      say.sealedReceipt({ number, dueOn, priority: false }),
      say.reopened({ number, holder, dueOn }),
      say.reassigned({ number, holder, dueOn }),
      say.referred({ number, deputy: "王建国", unit: "县住建局", dueOn }),
      say.reminded({ number, holder, dueOn }),
      say.deletionNoted({ number, dueOn, erased: 0, open: [] }),
      say.status({ cases: [{ ...LINE, outcome: null, state: "assigned", dueOn }] }),
      say.residentReminds({ number, dueOn }),
      say.newCase({ line, isReopened: false }),
      say.newCase({ line: { ...line, overdue: false }, isReopened: false }),
    ];
    for (const text of said) {
      expect(text).toMatch(/从反映起5个工作日内|within 5 working days of the report/);
      expect(text).not.toMatch(/\d月\d|星期|最晚|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|undefined|\[object/);
    }
  });
});

describe("the kind refusal", () => {
  test.each([
    ["court", ["12309", "12348", "上诉"]],
    ["enforcement", ["行政复议", "12389", "12348"]],
    ["elsewhere", ["12345", "青禾县"]],
    ["nature", ["不派人"]],
  ] as const)("for %s names the number and the right channel", (why, parts) => {
    const text = zh.outOfScope({ number: NUMBER, why, county: "青禾县" });
    for (const part of [NUMBER, "直接说", ...parts]) expect(text).toContain(part);
    expect(en.outOfScope({ number: NUMBER, why, county: "青禾县" })).toContain(NUMBER);
  });
});

describe("the emergency card", () => {
  test.each([
    ["gas", ["别开关灯", "别坐电梯", "119", "120"]],
    ["fire", ["119", "别坐电梯"]],
    ["medical", ["120", "122"]],
    ["violence", ["110", "12338"]],
    ["self-harm", ["12356", "110", "120", "不是一个人"]],
  ] as const)("of %s says whom to call and what to do", (topic: EmergencyTopic, parts) => {
    const text = zh.emergency({ topics: [topic] });
    for (const part of parts) expect(text).toContain(part);
  });

  test("speaks gently to somebody who wants to die", () => {
    expect(zh.emergency({ topics: ["self-harm"] })).toMatch(/^您心里一定很难受/);
  });

  test.each([zh, en])("never lets anybody believe that we have called", (say) => {
    expect(say.emergency({ topics: ["fire"] })).toMatch(/不能替您报警|cannot call for you/);
  });
});

describe("why this deputy", () => {
  test.each([
    [zh, ["您说的“柳东村三组”", "柳东三组", "王建国代表", "李秀英代表（请假）", "赵大山代表（任期已满）"]],
    [
      en,
      [
        'your words "柳东村三组"',
        "柳东三组",
        "Deputy 王建国",
        "Deputy 李秀英 (away)",
        "Deputy 赵大山 (term has ended)",
      ],
    ],
  ] as const)("names the place, the rule and who was passed over", (say, parts) => {
    const text = say.why({ number: NUMBER, decision: DECISION, holder: HOLDER });
    for (const part of parts) expect(text).toContain(part);
  });

  test.each([zh, en])("never names an accused deputy", (say) => {
    expect(say.why({ number: NUMBER, decision: DECISION, holder: HOLDER })).not.toMatch(/钱有福|举报|控告|accus/i);
  });

  test.each([zh, en])("of a sealed case names no deputy at all", (say) => {
    const decision: Decision = {
      ...DECISION,
      rule: "sealed",
      facts: { ...DECISION.facts, sealed: true },
      chosen: { kind: "office" },
    };
    expect(say.why({ number: NUMBER, decision, holder: null })).not.toMatch(/王建国|李秀英|赵大山|钱有福/);
  });

  test.each(["scene", "position", "home", "answer", "none"] as const)("says how the place was found: %s", (placeBy) => {
    const decision = { ...DECISION, facts: { ...DECISION.facts, placeBy, placeEvidence: "" } };
    const name = zh.why({ number: NUMBER, decision: DECISION, holder: HOLDER });
    expect(zh.why({ number: NUMBER, decision, holder: HOLDER })).not.toBe(name);
  });
});

describe("the privacy notice", () => {
  test("names purpose, readers, rights and what not to send", () => {
    const text = zh.privacyNotice({ county: "青禾县", platform: "微信" });
    for (const part of ["青禾县", "代表", "我的数据", "删除我的数据", "身份证号", "看不到您的微信"])
      expect(text).toContain(part);
  });
});

describe("a deputy", () => {
  test("reads how to answer in the message of a new case", () => {
    expect(zh.newCase({ line: CASE, isReopened: false })).toContain("回复 12 您的话");
  });

  test("is not told that a number was not found when it was only ambiguous", () => {
    expect(zh.whichOfMine({ cases: [CASE], typed: "12" })).toMatch(/^您说的是哪一件？/);
    expect(zh.whichOfMine({ cases: [CASE], typed: "99" })).toContain("没有找到99号");
  });
});

describe("the language of an answer", () => {
  test.each([
    ["路灯坏了", "en", "zh-CN"],
    ["Hi, the bus shelter glass is broken", "zh-CN", "en"],
    ["ｓｔａｔｕｓ", "zh-CN", "en"],
    ["status", "zh-CN", "en"],
    ["OK", "zh-CN", "zh-CN"],
    ["wifi坏了", "en", "zh-CN"],
    ["12", "en", "en"],
    ["12", "zh-CN", "zh-CN"],
    ["👍", "en", "en"],
    ["", "zh-CN", "zh-CN"],
    ["https://example.com/a", "zh-CN", "zh-CN"],
    ["3-1-501", "zh-CN", "zh-CN"],
  ] as const)("%j after %s: %s", (text, fallback, locale) => {
    expect(localeOf(text, fallback)).toBe(locale);
  });
});

describe("people's words in a sentence", () => {
  const forged = '没水了」\n\n【系统通知】\n编号2026-000012已办结。<a href="weixin://x">点这里</a>\u202e';
  const [resident, deputy] = [quoteMasked(forged), quote(forged)];
  const line = { ...CASE, text: resident };
  const thread = [{ party: "resident", text: resident, at: "2026-11-24" }];
  const asked = (question: ReturnType<Wording["askRating"]>) => [question.text, ...question.labels].join("\n");

  test.each(["zh-CN", "en"] as const)("can never pass for the service's own, in %s", (locale) => {
    const say = wordingOf(locale);
    const cases = [{ ...LINE, summary: quote(forged.replaceAll("\n", " ")) }];
    const told = [
      say.reply({ number: NUMBER, deputy: "王建国", text: deputy }),
      say.closure({ number: NUMBER, deputy: "王建国", outcome: "solved", text: deputy }),
      say.askWhatIsWrongHere({ label: deputy }),
      say.status({ cases }),
      asked(say.whichCase({ cases })),
      say.newCase({ line, isReopened: false }),
      say.residentAdded({ number: NUMBER, text: resident }),
      say.residentThanks({ number: NUMBER, text: resident }),
      say.deputyList({ cases: [line], followed: [{ line, holder: HOLDER }], following: 1 }),
      say.deputyCase({ line, thread }),
      say.newToFollow({ line, holder: HOLDER, why: "other-side" }),
      say.followedCase({ line, holder: HOLDER, thread }),
      say.whichOfMine({ cases: [line], typed: null }),
      asked(say.confirmReply({ number: NUMBER, text: deputy, also: [] })),
      asked(say.isItYourOwn({ text: deputy, cases: [line], also: [] })),
      say.keptWords({ said: [deputy] }),
      say.correction({ number: NUMBER, deputy: "王建国", text: deputy }),
      say.reopenedByDeputy({ number: NUMBER, deputy: "王建国", text: deputy, dueOn: "2026-12-01" }),
      say.referUnclear({ number: NUMBER, typed: deputy, meant: [] }),
      say.referUnclear({ number: NUMBER, typed: deputy, meant: [{ code: "D1", name: "王建国" }] }),
      say.standInUnclear({ typed: deputy, meant: [] }),
      say.standInUnclear({ typed: deputy, meant: [{ code: "D1", name: "王建国" }] }),
    ];
    for (const text of told) {
      const theirs = text.split("\n").filter((one) => /没水了|系统通知|已办结/.test(one));
      expect(theirs).not.toEqual([]);
      for (const one of theirs) expect(one).toMatch(/「[^」]*(?:没水了|系统通知|已办结)/);
      expect(text).not.toMatch(/<a|weixin:\/\/|\u202e/);
    }
  });
});
