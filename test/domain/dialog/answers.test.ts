import { describe, expect, test } from "vitest";
import { answerTo } from "../../../src/domain/dialog/answers.ts";
import type { DialogState, OpenQuestion } from "../../../src/domain/dialog/state.ts";
import { quote } from "../../../src/domain/text/quote.ts";
import type { Act } from "../../../src/domain/understanding/meaning.ts";
import { wordingOf } from "../../../src/domain/wording/wording.ts";
import { meaningOf } from "../meaning.ts";

const NOW = new Date("2026-11-24T08:00:00+08:00");
const at = "2026-11-24T07:59:00+08:00";
const asked = (question: OpenQuestion): DialogState => ({ question });

const WHERE = asked({
  kind: "where",
  case: "2026-000012",
  turn: 1,
  why: "nothing",
  choices: [
    { label: "柳河镇 柳东村三组", grid: "G1" },
    { label: "柳河镇 柳西村", grid: "G2" },
    { label: "城关镇", township: "城关镇" },
  ],
  at,
});
const RATING = asked({ kind: "rating", case: "2026-000012", at });
const WHICH = asked({
  kind: "which-case",
  about: "follow-up",
  cases: ["2026-000031", "2026-000012"],
  waiting: [],
  at,
});

describe("a number or a name answers where", () => {
  test.each([
    ["1", 0],
    ["２", 1],
    ["②", 1],
    ["2️⃣", 1],
    ["3.", 2],
    ["3、", 2],
    ["（3）", 2],
    ["三", 2],
    ["第2个", 1],
    ["第二个吧", 1],
    ["选1", 0],
    ["我选 3", 2],
    ["选第三个", 2],
    ["就是2", 1],
    ["二号", 1],
    ["2谢谢", 1],
    ["option 2", 1],
    ["the second one", 1],
    ["柳河镇 柳东村三组", 0],
    ["柳东村三组", 0],
    ["柳東村三組", 0],
    ["我在柳西村这边", 1],
    ["就是柳西村", 1],
    ["城关镇", 2],
  ])("%s", (text, index) => {
    expect(meaningOf(text, { state: WHERE })).toEqual({ kind: "choice", index });
  });

  test.each(["4", "９", "0", "第八个", "12"])("%s is not on offer", (text) => {
    expect(meaningOf(text, { state: WHERE })).toEqual({ kind: "choice-out-of-range" });
  });

  test.each(["柳河镇", "柳东村的桥断了", "都不是，在水库那边", "1号楼电梯坏了", "3个路灯都坏了", "一组的井盖丢了"])(
    "%s is not taken for one of them",
    (text) => {
      expect(meaningOf(text, { state: WHERE })).toEqual({ kind: "matter" });
    },
  );

  test("a bare number answers nothing when nothing was asked", () => {
    expect(meaningOf("2")).toEqual({ kind: "choice-out-of-range" });
  });

  test("a number comes too late after a month", () => {
    const later = new Date(NOW.getTime() + 31 * 86_400_000);
    expect(meaningOf("2", { state: WHERE, now: later })).toEqual({ kind: "choice-out-of-range" });
    expect(meaningOf("不行", { state: RATING, now: later }).kind).not.toBe("rating");
  });
});

describe("a case among several is chosen", () => {
  test.each([
    ["1", 0],
    ["第二个", 1],
    ["31", 0],
    ["12号", 1],
    ["2026-000012", 1],
  ])("%s", (text, index) => {
    const meaning = meaningOf(text, { state: WHICH });
    if (text === "2026-000012") {
      expect(meaning).toMatchObject({ kind: "command", command: "status", number: "2026-000012" });
    } else expect(meaning).toEqual({ kind: "choice", index });
  });
});

describe("a closed case is rated", () => {
  test.each([
    ["1", true, ""],
    ["１", true, ""],
    ["满意", true, ""],
    ["滿意", true, ""],
    ["很满意！", true, ""],
    ["满意，路很平", true, "路很平"],
    ["非常满意 谢谢", true, "谢谢"],
    ["好了", true, ""],
    ["修好了，谢谢李代表", true, "修好了，谢谢李代表"],
    ["路灯亮了", true, "路灯亮了"],
    ["👍", true, ""],
    ["[强]", true, ""],
    ["基本满意", true, ""],
    ["satisfied", true, ""],
    ["2", false, ""],
    ["第2个", false, ""],
    ["不满意", false, ""],
    ["不滿意", false, ""],
    ["不满意!灯还是不亮", false, "灯还是不亮"],
    ["2 灯还不亮", false, "灯还不亮"],
    ["2，没人来过", false, "没人来过"],
    ["不行", false, ""],
    ["没解决", false, ""],
    ["没解决啊", false, ""],
    ["根本没人来", false, "根本没人来"],
    ["还是没修好", false, ""],
    ["又坏了", false, "又坏了"],
    ["满意什么啊，还是没修好", false, null],
    ["一般", false, ""],
    ["👎", false, ""],
    ["not satisfied, still dark", false, "still dark"],
    ["not fixed", false, ""],
  ])("%s", (text, satisfied, comment) => {
    const meaning = meaningOf(text, { state: RATING });
    if (comment === null) expect(meaning).toMatchObject({ kind: "rating", satisfied });
    else expect(meaning).toEqual({ kind: "rating", satisfied, comment });
  });

  const OTHERS = [
    "1-2号楼没水了",
    "2.5米宽的路被占了",
    "2号楼电梯坏了",
    "好多人乱停车",
    "行道树倒了",
    "不好意思，柳东村又停水了，井也干了",
    "村口的桥断了",
  ];
  test("another matter is no verdict, and opens a case or is asked about, but for one of seven", () => {
    const kinds = OTHERS.map((text) => meaningOf(text, { state: RATING }).kind);
    expect(kinds).not.toContain("rating");
    expect(kinds.filter((kind) => kind === "matter" || kind === "unsure").length).toBeGreaterThanOrEqual(6);
  });

  test.each([
    ["满意", true],
    ["不满意，灯还是不亮", false],
    ["very satisfied", true],
  ])("%s needs no question", (text, satisfied) => {
    expect(meaningOf(text)).toMatchObject({ kind: "rating", satisfied });
  });

  test("thanks alone rates nothing", () => {
    expect(meaningOf("谢谢", { state: RATING })).toEqual({ kind: "thanks" });
  });

  test("a rating that accuses a deputy is an accusation", () => {
    expect(meaningOf("不满意，王代表收了物业的好处", { state: RATING })).toEqual({ kind: "accusation" });
  });
});

describe("what a deputy is asked about one case", () => {
  const cases = ["2026-000012"];
  const confirm: OpenQuestion = { kind: "deputy-which-case", command: "confirm", cases, inboxSeq: 1, at };
  const passOn: OpenQuestion = { ...confirm, command: "pass-on", shown: [] };
  const own: OpenQuestion = { ...confirm, command: "own" };

  test.each(["zh-CN", "en"] as const)("is answered by its own labels, as a tap sends them, in %s", (locale) => {
    const say = wordingOf(locale);
    const number = "2026-000012";
    const photo = ["image"];
    const questions = [
      [confirm, say.confirmReply({ number, text: quote("明天修"), also: [] })],
      [confirm, say.askPassOn({ number, what: photo, text: quote("明天修"), also: [] })],
      [passOn, say.askPassOn({ number, what: photo, text: null, also: [] })],
      [own, say.isItYourOwn({ text: quote("我家没水"), cases: [], also: [] })],
    ] as const;
    for (const [question, { labels }] of questions) {
      const expected = labels.map((_, index) => ({ kind: "choice", index }));
      expect(labels.map((label) => answerTo(label, question, NOW))).toEqual(expected);
      expect(labels.map((_, index) => answerTo(String(index + 1), question, NOW))).toEqual(expected);
    }
  });

  test.each(["是水管的问题", "不是我们村的", "好的，明天去修", "是，已经修了"])(
    "is not answered by words: %s",
    (text) => {
      expect(answerTo(text, passOn, NOW)).toBeNull();
    },
  );
});

describe("a question that offers acts", () => {
  const OFFERS: readonly (readonly Act[])[] = [
    ["withdraw", "adds"],
    ["delete-my-data", "matter"],
    ["matter", "adds"],
    ["matter", "status", "service-question"],
  ];
  const offering = (options: readonly Act[]): OpenQuestion => ({ kind: "which-act", options, waiting: [], at });
  const choice = (text: string, options: readonly Act[]) => answerTo(text, offering(options), NOW);

  test.each(["zh-CN", "en"] as const)(
    "is answered by each of its labels, with its digit or without, in %s",
    (locale) => {
      for (const options of OFFERS) {
        const { labels } = wordingOf(locale).whichAct({ options, about: null });
        for (const [index, label] of labels.entries()) {
          expect(choice(label, options), label).toEqual({ kind: "choice", index });
          expect(choice(`${index + 1} ${label}`, options), label).toEqual({ kind: "choice", index });
        }
      }
    },
  );

  test.each([
    ["是的", 0],
    ["对", 0],
    ["不是", 1],
  ])("of dropping a matter is answered by a bare yes or no: %s", (text, index) => {
    expect(choice(text, ["withdraw", "adds"])).toEqual({ kind: "choice", index });
  });

  test.each(["算了", "不用", "1单元的灯也坏了", "2 路灯还是不亮"])(
    "is not answered by what may be something else: %s",
    (text) => {
      expect(choice(text, ["withdraw", "adds"])).toBeNull();
    },
  );
});

describe("a choice with its number and its words", () => {
  test("is that choice", () => {
    expect(answerTo("2 柳河镇 柳西村", WHERE.question, NOW)).toEqual({ kind: "choice", index: 1 });
    expect(answerTo("2、柳西村", WHERE.question, NOW)).toEqual({ kind: "choice", index: 1 });
  });

  test("is none where both contradict each other", () => {
    expect(answerTo("1 柳西村", WHERE.question, NOW)).toBeNull();
  });
});
