import { describe, expect, test } from "vitest";
import { ACCUSATION, goodHistory, NEIGHBOUR } from "./a-history.ts";
import { check } from "./checker.ts";
import type { History } from "./history.ts";

const NUMBER = "2026-000002";
const good = goodHistory();
const [handed] = good.handedOver;
const [call] = good.platformCalls;
const tell = (text: string): History => ({
  ...good,
  outgoing: [
    ...good.outgoing,
    {
      ...good.outgoing[3]!,
      seq: 9,
      openid: "o_r2",
      caseNumber: NUMBER,
      kind: "unit-word",
      text,
      state: "superseded",
      attempts: [],
    },
  ],
});
const withEvents = (type: string, by: string): History => ({
  ...good,
  cases: good.cases.map((one) =>
    one.number === NUMBER ? { ...one, events: [...one.events, { type, by, details: {} }] } : one,
  ),
});

describe("the checker of hand-overs", () => {
  test.each<[string, string, string, History]>([
    [
      "a second id",
      "HANDED-OVER-ONCE",
      NUMBER,
      { ...good, platformCalls: [...good.platformCalls, { ...call!, id: "h-9" }] },
    ],
    ["one said to be sent", "HANDED-OVER-ONCE", NUMBER, { ...good, platformCalls: [{ ...call!, isTaken: false }] }],
    [
      "one that never ended",
      "HANDED-OVER-ONCE",
      NUMBER,
      { ...good, handedOver: [{ ...handed!, message: { state: "waiting", tries: 4 } }] },
    ],
    [
      "a sealed case",
      "SEALED-NEVER-OUT",
      "2026-000003",
      { ...good, handedOver: [...good.handedOver, { ...handed!, id: "h-2", number: "2026-000003", message: null }] },
    ],
    [
      "an accusation",
      "SEALED-NEVER-OUT",
      ACCUSATION,
      { ...good, platformCalls: [{ ...call!, body: `${NEIGHBOUR}${ACCUSATION}` }, ...good.platformCalls] },
    ],
    ["a closing that nobody did", "CLAIM-NEVER-STRONGER", NUMBER, tell("赵德明代表办结了")],
    ["a visit that nobody made", "CLAIM-NEVER-STRONGER", NUMBER, tell("代表去看过，好了")],
    ["a unit's word that was not said", "CLAIM-NEVER-STRONGER", NUMBER, tell("住房和城乡建设局说修好了")],
    ["a closing by a platform", "CLAIM-NEVER-STRONGER", NUMBER, withEvents("closed", "partner:grid")],
  ])("finds %s", (_what, invariant, about, history) => {
    expect(check(history)).toContainEqual({ invariant, about, text: expect.any(String) });
  });
});
