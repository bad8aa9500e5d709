import { describe, expect, it } from "vitest";
import { TOPIC_STATES } from "../../../src/domain/acts/topic.ts";
import { quote, quoteMasked } from "../../../src/domain/text/quote.ts";
import type { Question } from "../../../src/domain/wording/question.ts";
import type { TopicWording } from "../../../src/domain/wording/topics/sentences.ts";
import { topicWordingOf } from "../../../src/domain/wording/topics.ts";

const number = "2026-000031";
const topic = { number: "T-2026-0003", title: "锦绣家园 停水", people: 6 };
const whole = (asked: string | Question) =>
  typeof asked === "string" ? asked : [asked.text, ...asked.labels, asked.closing].join("\n");

/** Every sentence about what many people told, by what it is. */
function sentences(say: TopicWording): Record<string, string> {
  const cases = [{ number, text: quoteMasked("停水了"), isClosed: true }];
  const verdicts = { confirmed: 4, denied: 1, silent: 1 };
  return {
    title: say.title({ place: "锦绣家园", trouble: { zh: "停水", en: "no water" } }),
    titleOfNothing: say.title({ place: null, trouble: null }),
    offered: say.offered({ ...topic, people: 3, cases: [number, "2026-000032"] }),
    grown: say.grown({ ...topic, more: 4 }),
    grownFirst: say.grown({ ...topic, more: 6 }),
    ...Object.fromEntries(
      TOPIC_STATES.map((state) => [`shown-${state}`, say.shown({ ...topic, state, cases, others: 2, verdicts })]),
    ),
    list: say.list({ topics: [{ ...topic, state: "open" }] }),
    listEmpty: say.list({ topics: [] }),
    noTopic: say.noTopic({ typed: "9" }),
    allOrOne: whole(say.allOrOne({ number, people: 6 })),
    answerTaken: say.answerTaken(topic),
    closeTaken: say.closeTaken(topic),
    missingAnswer: say.missingWords({ number: topic.number, command: "answer" }),
    missingClose: say.missingWords({ number: topic.number, command: "close" }),
    putTogether: say.putTogether(topic),
    keptApart: say.keptApart(topic),
    cannot: say.cannot({ number: topic.number, state: "closed" }),
    reopened: say.reopened({ ...topic, denied: 3 }),
    answeredByOffice: say.byOffice({ ...topic, did: "answered" }),
    closedByOffice: say.byOffice({ ...topic, did: "closed" }),
    reply: say.reply({ number, people: 6, deputy: "周志强", text: quote("今晚来水") }),
    replyOfFew: say.reply({ number, people: null, deputy: null, text: quote("今晚来水") }),
    again: say.again({ number }),
    seconded: say.seconded({ number, holder: "李秀兰", dueOn: "2026-12-08" }),
    secondedOffice: say.seconded({ number, holder: null, dueOn: { within: 5 } }),
    scanned: say.scanned({ number: topic.number }),
    cannotSecond: say.cannotSecond({ typed: "99" }),
    stopped: say.stopped(),
    nothingToStop: say.nothingToStop(),
  };
}

describe("the sentences about what many people told", () => {
  const zh = sentences(topicWordingOf("zh-CN"));
  const en = sentences(topicWordingOf("en"));
  it("are there in both languages, short enough for a phone, without anything left open", () => {
    for (const said of [...Object.values(zh), ...Object.values(en)]) {
      expect(said).not.toMatch(/undefined|null|NaN|\[object/);
      expect(said.length).toBeGreaterThan(0);
      expect(said.length).toBeLessThan(420);
    }
    for (const [name, said] of Object.entries(en)) {
      const own = said.replace(/锦绣家园 停水|锦绣家园|停水了|今晚来水|周志强|李秀兰|[「」]/gu, "");
      expect({ name, own }).toEqual({ name, own: expect.not.stringMatching(/\p{Script=Han}/u) });
    }
  });

  it("say the number of people only from three on, and never another's number", () => {
    expect(zh.reply).toBe(`编号${number}（6人反映同一件事），周志强代表答复：「今晚来水」`);
    expect(zh.replyOfFew).not.toMatch(/\d人/);
    expect(zh.again).not.toMatch(/\d人/);
    expect(zh.grown).toContain("又有4人说（共6人），在一起办。回“主题 3”看，回“回复 主题3 您的话”一次答复所有人。");
    expect(zh.allOrOne).toBe(
      "31号和另外5人说的是同一件事。\n1 答复6个人\n2 只答复这一位\n回数字就行。"
        .replace("1 答", "答")
        .replace("2 只", "只"),
    );
  });
});
