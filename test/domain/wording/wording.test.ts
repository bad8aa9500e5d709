import { describe, expect, test } from "vitest";
import type { EmergencyTopic } from "../../../src/domain/danger/emergency.ts";
import type { DeputyFacts } from "../../../src/domain/routing/nearness.ts";
import type { Decision } from "../../../src/domain/routing/route.ts";
import type { CaseLine, DeputyCase, Holder, Wording } from "../../../src/domain/wording/sentences.ts";
import { localeOf, wordingOf } from "../../../src/domain/wording/wording.ts";

const NUMBER = "2026-000012";
const HOLDER: Holder = { deputy: "王建国", station: "柳河镇联络站" };
const LINE: CaseLine = {
  number: NUMBER,
  summary: "柳东村路灯坏了",
  state: "assigned",
  outcome: null,
  holder: HOLDER,
  receivedOn: "2026-11-24",
  dueOn: "2026-12-01",
};
const CASE: DeputyCase = {
  number: NUMBER,
  text: "柳东村三组村口到小学那段路灯坏了6盏",
  place: "柳河镇 柳东村三组",
  state: "assigned",
  priority: true,
  dueOn: "2026-12-01",
  overdue: false,
};

const FOLLOWED = { line: CASE, holder: HOLDER };

const deputy = (code: string, name: string): DeputyFacts => ({
  code,
  name,
  level: "township",
  role: "primary",
  openCases: 0,
  untilOn: null,
  awayUntil: null,
});
const DECISION: Decision = {
  ruleset: "default",
  rule: "grid",
  facts: {
    grid: { code: "G1", name: "柳东三组", township: "柳河镇", community: "柳东村" },
    station: { code: "S1", name: "柳河镇联络站" },
    placeBy: "name",
    placeEvidence: "柳东村三组",
    scannedDeputy: null,
    gridDeputies: [deputy("D1", "王建国"), deputy("D2", "李秀英"), deputy("D3", "赵大山"), deputy("D4", "钱有福")],
    stationDeputies: [],
    on: "2026-11-24",
    sealed: false,
  },
  candidates: ["D2", "D3", "D4", "D1"],
  passedOver: [
    { deputy: "D2", why: "away" },
    { deputy: "D3", why: "term-ended" },
    { deputy: "D4", why: "accused" },
  ],
  chosen: { kind: "deputy", deputy: "D1" },
};

/** Everything that is said, with arguments of every kind. */
function everything(say: Wording): Record<string, string> {
  const { number, dueOn } = LINE;
  const question = (name: string, asked: ReturnType<Wording["askRating"]>) => [
    [name, [asked.text, ...asked.labels, asked.closing].join("\n")],
  ];
  const holders: readonly Holder[] = [HOLDER, null, { deputy: "王建国", station: null }];
  const outcomes = ["solved", "explained", "not_in_scope", "duplicate", "withdrawn", "no_contact"] as const;
  const states = ["clarifying", "triage", "assigned", "answered", "referred", "closed"] as const;
  return Object.fromEntries([
    ...holders.flatMap((holder, index) => [
      [`receipt${index}`, say.receipt({ number, holder, dueOn, priority: index === 1 })],
      [`followUpNoted${index}`, say.followUpNoted({ number, holder })],
      [`reopened${index}`, say.reopened({ number, holder, dueOn })],
      [`reassigned${index}`, say.reassigned({ number, holder, dueOn })],
      [`reminded${index}`, say.reminded({ number, holder, dueOn })],
      [`why${index}`, say.why({ number, decision: DECISION, holder })],
    ]),
    ["sealedReceipt", say.sealedReceipt({ number, dueOn, priority: true })],
    ...(["court", "enforcement", "elsewhere", "nature"] as const).map((why) => [
      `outOfScope-${why}`,
      say.outOfScope({ number, why, county: "青禾县" }),
    ]),
    ["wagesRoute", say.wagesRoute({ isAtHome: true })],
    ["privacyNotice", say.privacyNotice({ county: "青禾县" })],
    ...(["nothing", "border", "name-in-several", "township-only"] as const).flatMap((why) =>
      question(`askWhere-${why}`, say.askWhere({ number, turn: 2, why, shown: "photo", labels: ["柳东村", "柳西村"] })),
    ),
    ["askWhatIsWrongHere", say.askWhatIsWrongHere({ label: "柳河大桥" })],
    ["askToGoOn", say.askToGoOn()],
    ["emergency", say.emergency({ topics: ["gas", "fire", "medical", "violence", "self-harm"] })],
    ["reply", say.reply({ number, deputy: "王建国", text: "明天来修" })],
    ...outcomes.map((outcome) => [
      `closure-${outcome}`,
      say.closure({ number, deputy: "王建国", outcome, text: "灯换了" }),
    ]),
    ...question("askRating", say.askRating({ number })),
    ["closedWithoutContact", say.closedWithoutContact({ number })],
    ["ratingNoted", say.ratingNoted({ number })],
    ["status", say.status({ cases: [LINE, { ...LINE, state: "closed", outcome: "solved", holder: null }] })],
    ["statusOfNothing", say.status({ cases: [] })],
    ["withdrawn", say.withdrawn({ number })],
    ...question("whichCase", say.whichCase({ cases: [LINE] })),
    ["numberUnknown", say.numberUnknown({ typed: "9" })],
    ["nothingOpen", say.nothingOpen()],
    ["askAnotherPlace", say.askAnotherPlace({ number })],
    ["thanksNoted", say.thanksNoted()],
    ["myData", say.myData({ cases: 2, homeGrid: "G1", since: "2026-11-24" })],
    ["deletionNoted", say.deletionNoted({ number, dueOn, erased: 2, open: [number] })],
    ["residentHelp", say.residentHelp()],
    ["notUnderstoodForm", say.notUnderstoodForm()],
    ["choiceOutOfRange", say.choiceOutOfRange({ choices: 3 })],
    ["noSuchChoice", say.noSuchChoice()],
    ["welcome", say.welcome({ place: "柳东村" })],
    ["identityRefused", say.identityRefused()],
    ["newCase", say.newCase({ line: CASE, isReopened: false })],
    ["newCaseAgain", say.newCase({ line: CASE, isReopened: true })],
    ["residentAdded", say.residentAdded({ number, text: "还有一盏" })],
    ["residentReminds", say.residentReminds({ number, dueOn })],
    ["residentWithdrew", say.residentWithdrew({ number })],
    ["residentRated", say.residentRated({ number, satisfied: true })],
    ["residentThanks", say.residentThanks({ number, text: "谢谢" })],
    ["residentShows", say.residentShows({ number })],
    ["caseMovedAway", say.caseMovedAway({ number, holder: HOLDER })],
    ["deputyList", say.deputyList({ cases: [CASE, { ...CASE, overdue: true }], followed: [FOLLOWED], following: 3 })],
    ["deputyListEmpty", say.deputyList({ cases: [], followed: [], following: 0 })],
    ["deputyCase", say.deputyCase({ line: CASE, thread: [{ party: "resident", text: "灯坏了", at: "2026-11-24" }] })],
    ["deputyListOfOthers", say.deputyList({ cases: [], followed: [{ ...FOLLOWED, holder: null }], following: 1 })],
    ...(["higher-level", "home-grid", "other-side"] as const).map((why) => [
      `newToFollow-${why}`,
      say.newToFollow({ ...FOLLOWED, why }),
    ]),
    ["followedCase", say.followedCase({ ...FOLLOWED, thread: [{ party: "deputy", text: "在修", at: "2026-11-24" }] })],
    ["onlyFollowed", say.onlyFollowed({ number, holder: HOLDER })],
    ["takeTaken", say.takeTaken({ number })],
    ["takenByOther", say.takenByOther({ number, holder: HOLDER })],
    ["replyTaken", say.replyTaken({ number })],
    ["closeTaken", say.closeTaken({ number })],
    ["returnTaken", say.returnTaken({ number, holder: HOLDER })],
    ["returnTakenByOffice", say.returnTaken({ number, holder: null })],
    ["wordsOfNoCase", say.wordsOfNoCase()],
    ...question("whichOfMine", say.whichOfMine({ cases: [CASE], typed: "99" })),
    ...question("confirmReply", say.confirmReply({ number, text: "明天来修" })),
    ...(["reply", "close", "refer", "return", "bind", "away"] as const).map((command) => [
      `missing-${command}`,
      say.missingText({ command }),
    ]),
    ["rowOrNumber", say.rowOrNumber({ row: 2, inRow: "2026-000003", named: "2026-000002" })],
    ["notPassedOn", say.notPassedOn({ number })],
    ["alreadyClosed", say.alreadyClosed({ number })],
    ["referred", say.referred({ number, deputy: "王建国", unit: "县住建局", dueOn })],
    ["referTaken", say.referTaken({ number, unit: "县住建局" })],
    ["referUnclear", say.referUnclear({ number, typed: "管事的", meant: [] })],
    ["referUnclearOfTwo", say.referUnclear({ number, typed: "王建国", meant: [{ code: "D1", name: "王建国" }] })],
    ["referAway", say.referAway({ number, deputy: "王建国" })],
    ["awayTaken", say.awayTaken({ until: "2026-12-03", standIn: null, moved: 0, stayed: 0 })],
    ["awayUnclear", say.awayUnclear()],
    ["backTaken", say.backTaken({ open: 2 })],
    ["stats", say.stats({ open: 2, closed: 5, overdue: 1 })],
    ["bound", say.bound({ deputy: "王建国", open: 2 })],
    ["boundElsewhere", say.boundElsewhere({ deputy: "王建国" })],
    ["bindRefused", say.bindRefused()],
    ["alreadyBound", say.alreadyBound({ deputy: "王建国" })],
    ["deputyHelp", say.deputyHelp()],
    ...outcomes.map((outcome) => [`outcome-${outcome}`, say.outcome(outcome)]),
    ...states.map((state) => [`state-${state}`, say.state(state)]),
  ]);
}

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
        say.askWhere({ number: NUMBER, turn: 1, why: "border", shown: null, labels: ["柳东村", "柳西村"] }),
        say.confirmReply({ number: NUMBER, text: "明天" }),
      ];
      for (const { labels } of asked) for (const label of labels) expect(label).not.toMatch(/^\s*[0-9一二三][.、)）]/);
    }
  });

  test("is short enough for old eyes: no Chinese one is longer than a screen", () => {
    for (const [name, text] of Object.entries(everything(zh))) expect([...text].length, name).toBeLessThan(330);
  });
});

describe("the receipt", () => {
  test.each([zh, en])("holds number, name, station and day in one message", (say) => {
    const text = say.receipt({ number: NUMBER, holder: HOLDER, dueOn: "2026-12-01", priority: false });
    for (const part of [NUMBER, "王建国", "柳河镇联络站"]) expect(text).toContain(part);
    expect(text).toMatch(/2026年12月1日（星期二）|Tuesday 1 December 2026/);
  });

  test("names the office while nobody has it", () => {
    const text = zh.receipt({ number: NUMBER, holder: null, dueOn: "2026-12-01", priority: false });
    expect(text).toContain("由县人大代表工作机构分派");
    expect(text).toContain("2026年12月1日");
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
    const text = zh.privacyNotice({ county: "青禾县" });
    for (const part of ["青禾县", "代表", "我的数据", "删除我的数据", "身份证号", "看不到您的微信"])
      expect(text).toContain(part);
  });
});

describe("a deputy", () => {
  test("reads how to answer in the message of a new case", () => {
    expect(zh.newCase({ line: CASE, isReopened: false })).toContain("回复 12 您的话");
  });

  test("is not told that a number was not found when it was only ambiguous", () => {
    expect(zh.whichOfMine({ cases: [CASE], typed: "12" }).text).toBe("您说的是哪一件？");
    expect(zh.whichOfMine({ cases: [CASE], typed: "99" }).text).toContain("没有找到99号");
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
