import { describe, expect, test } from "vitest";
import { ACCUSATION, ASK, goodHistory, REPLY } from "./a-history.ts";
import { check } from "./checker.ts";
import type { History } from "./history.ts";
import { answersOf, arriving, PLANTED, written } from "./planted-faults.ts";
import { storyOf } from "./story.ts";

describe("the checker", () => {
  test("finds nothing in a run in which all went well", () => {
    expect(check(goodHistory())).toEqual([]);
  });

  test.each(PLANTED)("finds %s", (_what, invariant, about, plant) => {
    expect(check(plant(goodHistory()))).toContainEqual({ invariant, about, text: expect.any(String) });
  });

  test("lets a message be sent twice when the first send had no answer, and names the cause", () => {
    const good = goodHistory();
    const attempts = [{ call: "c4", rung: "direct", outcome: "uncertain", reason: "timed out" }];
    const twice = arriving(written(good, REPLY, { state: "uncertain", attempts }), { ...answersOf(good), at: 500 });
    expect(check(twice)).toEqual([]);
  });

  test("counts words of a status that a longer one repeats once for each, and still finds that the longer one came twice", () => {
    const good = goodHistory();
    const row = good.outgoing.find(({ kind }) => kind === "reply")!;
    const status = { ...row, seq: 5, kind: "status", text: `进度：\n${ASK}` };
    const longer = { ...row, seq: 6, kind: "status", text: `码头的路灯\n\n${status.text}` };
    const asked: History = { ...good, outgoing: [...good.outgoing, status, longer] };
    const shown = (text: string, at: number) => ({ ...answersOf(good), text, at });
    const told = arriving(asked, shown(status.text, 500), shown(longer.text, 900));
    expect(check(told)).toEqual([]);
    expect(check(arriving(told, shown(longer.text, 950))).map(({ invariant }) => invariant)).toContain("DOUBLE-BOUND");
  });

  test("lets a message that had no success be missing", () => {
    const good = goodHistory();
    const unanswered = good.sent.map((sent) => (sent.token === ACCUSATION ? { ...sent, answeredAt: null } : sent));
    const cases = good.cases.slice(0, 2);
    const kept = good.stored.filter((row) => !row.dedupeKey.endsWith(ACCUSATION));
    expect(check({ ...good, sent: unanswered, stored: kept, cases })).toEqual([]);
  });

  test("tells the story of a message in the order of its events", () => {
    const story = storyOf(goodHistory(), ASK);
    expect(story.map((line) => line.slice(11))).toEqual([
      expect.stringContaining("o_r1 sends"),
      expect.stringContaining("has its success"),
      expect.stringContaining("arrives on qinghe/o_deputy_D003"),
      expect.stringContaining("inbox 1"),
      expect.stringContaining("case qinghe 2026-000001"),
      expect.stringContaining("outbox 1"),
    ]);
  });
});
