import { describe, expect, test } from "vitest";
import { goodHistory, MORE, REPLY } from "./a-history.ts";
import { doublesIn } from "./check-sends.ts";
import { check } from "./checker.ts";
import type { History, Outgoing } from "./history.ts";
import { answersOf, arriving, written } from "./planted-faults.ts";

const UNSEEN = [{ call: "c9", rung: "direct", outcome: "uncertain", reason: "timed out" }];
const TOLD_AGAIN = `可能已经收到过\n${answersOf(goodHistory()).text}`;

/** The first call that carried a message ended without an answer, and another message tells it again. */
function unseen(good: History, token: string, again: Partial<Outgoing> = {}): History {
  const first = good.outgoing.find(({ text }) => text.includes(token))!;
  const lost = written(good, token, { state: "uncertain", attempts: UNSEEN });
  const repeat = { ...first, seq: 90, repeats: first.seq, text: `可能已经收到过\n${first.text}`, ...again };
  return { ...lost, outgoing: [...lost.outgoing, repeat] };
}

/** Nothing arrived that has a token in it. */
function without(good: History, token: string): History {
  const rest = (text: string) =>
    text
      .split("\n\n")
      .filter((part) => !part.includes(token))
      .join("\n\n");
  return { ...good, arrivals: good.arrivals.map((one) => ({ ...one, text: rest(one.text) })) };
}

const again = (good: History) => arriving(good, { ...answersOf(goodHistory()), text: TOLD_AGAIN, at: 500 });

const PLANTED: readonly (readonly [string, string, string, (good: History) => History])[] = [
  [
    "an answer that may never have arrived, and was left at that",
    "ALL-TOLD",
    REPLY,
    (good) => written(without(good, REPLY), REPLY, { state: "uncertain", attempts: UNSEEN }),
  ],
  [
    "news for a deputy that stand on no screen",
    "ALL-TOLD",
    MORE,
    (good) => written(without(good, MORE), MORE, { state: "uncertain", attempts: UNSEEN }),
  ],
  [
    "a repeat that is said to have arrived, and did not",
    "ALL-TOLD",
    REPLY,
    (good) => unseen(without(good, REPLY), REPLY),
  ],
  [
    "a message that is told again although its call had an answer",
    "DOUBLE-BOUND",
    REPLY,
    (good) => again({ ...good, outgoing: [...good.outgoing, unseen(good, REPLY).outgoing.at(-1)!] }),
  ],
  [
    "a message that is told again twice",
    "DOUBLE-BOUND",
    REPLY,
    (good) => {
      const told = unseen(good, REPLY);
      return { ...told, outgoing: [...told.outgoing, { ...told.outgoing.at(-1)!, seq: 91 }] };
    },
  ],
  [
    "a repeat that is told again",
    "DOUBLE-BOUND",
    REPLY,
    (good) => {
      const told = unseen(good, REPLY);
      return { ...told, outgoing: [...told.outgoing, { ...told.outgoing.at(-1)!, seq: 91, repeats: 90 }] };
    },
  ],
  [
    "a message that is told again to somebody else",
    "DOUBLE-BOUND",
    REPLY,
    (good) => unseen(good, REPLY, { openid: "o_r2" }),
  ],
];

describe("what somebody must know", () => {
  test.each(PLANTED)("the checker finds %s", (_what, invariant, about, plant) => {
    expect(check(plant(goodHistory()))).toContainEqual({ invariant, about, text: expect.any(String) });
  });

  test("may be told again once when its first call had no answer; where both arrived, that is a double", () => {
    const both = again(unseen(goodHistory(), REPLY));
    expect(check(both)).toEqual([]);
    expect(doublesIn(both).map(({ extra, cause }) => [extra, cause])).toEqual([[1, "timed out"]]);
    const second = again(unseen(without(goodHistory(), REPLY), REPLY));
    expect(check(second)).toEqual([]);
    expect(doublesIn(second)).toEqual([]);
  });

  test("may be missing when it was told twice, both times without an answer", () => {
    const lost = without(goodHistory(), REPLY);
    expect(check(unseen(lost, REPLY, { state: "uncertain", attempts: UNSEEN }))).toEqual([]);
  });
});
