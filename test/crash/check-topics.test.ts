import { describe, expect, test } from "vitest";
import { goodHistory } from "./a-history.ts";
import { check } from "./checker.ts";
import type { History, Outgoing } from "./history.ts";

const TOKEN = "事bbbbh";
const AT = "2026-12-02T01:00:00.000Z";
const PEOPLE = [
  { openid: "o_r1", caseNumber: "2026-000001" },
  { openid: "o_r2", caseNumber: "2026-000002" },
] as const;
const good = goodHistory();

const told = (seq: number, { openid, caseNumber }: { openid: string; caseNumber: string }, text: string): Outgoing => ({
  ...good.outgoing[3]!,
  ...{ seq, openid, caseNumber, kind: "reply", text, state: "superseded", attempts: [] },
});
const answerFor = (number: string) => `编号${number}（2人反映同一件事），赵德明代表答复：今晚来水，${TOKEN}`;
const rows = PEOPLE.map((one, index) => told(20 + index, one, answerFor(one.caseNumber)));
const answered: History = {
  ...good,
  sent: [
    ...good.sent,
    {
      ...good.sent[3]!,
      ...{ msgId: `m${TOKEN}`, token: TOKEN, text: `回复 主题1 今晚来水，${TOKEN}`, isForMany: true },
      ...{ readers: ["o_r1", "o_r2", "o_deputy_D003"], sentAt: 400, answeredAt: 405 },
    },
  ],
  stored: [...good.stored, { ...good.stored[3]!, seq: 7, dedupeKey: `oa_wx1_m_m${TOKEN}` }],
  outgoing: [...good.outgoing, ...rows],
  topics: [
    {
      ...{ county: "qinghe", number: "T-2026-0001" },
      members: PEOPLE.map((one) => ({ ...one, since: "2026-12-01T01:00:00.000Z", until: null })),
      told: [{ kind: "answered", at: AT, isDone: true }],
    },
  ],
};
const withRows = (...more: readonly Outgoing[]): History => ({ ...answered, outgoing: [...good.outgoing, ...more] });
const withTopic = (change: Partial<History["topics"][number]>): History => ({
  ...answered,
  topics: [{ ...answered.topics[0]!, ...change }],
});
const [first, second] = rows as [Outgoing, Outgoing];

describe("the checker of topics", () => {
  test("finds nothing where everybody was told once, under their own number", () => {
    expect(check(answered)).toEqual([]);
  });

  test("asks for nothing for whoever joined later", () => {
    const later = { openid: "o_r3", caseNumber: "2026-000003", since: "2026-12-03T01:00:00.000Z", until: null };
    expect(check(withTopic({ members: [...answered.topics[0]!.members, later] }))).toEqual([]);
  });

  test.each<[string, string | null, History]>([
    ["one who was not told", TOKEN, withRows(first)],
    ["one who was told twice", TOKEN, withRows(first, second, { ...second, seq: 30 })],
    ["somebody else's number", TOKEN, withRows(first, { ...second, text: `${second.text}，也是2026-000001` })],
    ["a message without the own number", TOKEN, withRows(first, { ...second, text: `今晚来水，${TOKEN}` })],
    [
      "one who is in no topic",
      TOKEN,
      withRows(first, second, told(31, { openid: "o_r9", caseNumber: "2026-000009" }, answerFor("2026-000009"))),
    ],
    ["a telling that was never done", null, withTopic({ told: [{ kind: "answered", at: AT, isDone: false }] })],
    [
      "an act of which nobody was told",
      null,
      withTopic({ told: [...answered.topics[0]!.told, { kind: "closed", at: AT, isDone: true }] }),
    ],
  ])("finds %s", (_what, about, history) => {
    expect(check(history)).toContainEqual({ invariant: "TOPIC-ONCE", about, text: expect.any(String) });
  });
});
