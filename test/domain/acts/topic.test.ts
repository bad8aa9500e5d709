import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { replayTopic } from "../../../src/domain/acts/replay-topic.ts";
import {
  afterTopicAct,
  isDenied,
  saidNumber,
  TOPIC_ACTS,
  TOPIC_NUMBER,
  TOPIC_STATES,
  type TopicAct,
  topicNumber,
} from "../../../src/domain/acts/topic.ts";

const BEGUN = { number: "T-2026-0001", sign: "water-out", deputy: "D001" };
const DETAILS: Record<TopicAct, object> = {
  offered: BEGUN,
  declined: {},
  opened: BEGUN,
  joined: { case: "2026-000012" },
  left: { case: "2026-000012" },
  told: { people: 4 },
  moved: { deputy: "D002" },
  answered: {},
  closed: {},
  reopened: { denied: 3 },
};
const written = (types: readonly TopicAct[]) =>
  types.map((type, second) => ({ type, at: `2026-11-23T08:00:0${second}.000Z`, details: DETAILS[type] }));
const stateAfter = (...types: TopicAct[]) => {
  const replayed = replayTopic(written(types));
  return replayed.ok ? replayed.topic.state : replayed.reason;
};

describe("a topic follows from its acts", () => {
  test.each<[TopicAct[], string]>([
    [["opened"], "open"],
    [["offered"], "offered"],
    [["offered", "told", "opened", "joined"], "open"],
    [["offered", "declined"], "declined"],
    [["opened", "joined", "answered", "answered"], "answered"],
    [["opened", "answered", "joined"], "answered"],
    [["opened", "joined", "closed"], "closed"],
    [["opened", "joined", "closed", "left"], "closed"],
    [["opened", "joined", "closed", "reopened", "answered"], "answered"],
  ])("%j leaves it %s", (acts, state) => {
    expect(stateAfter(...acts)).toBe(state);
  });

  test.each<[TopicAct[], string]>([
    [["joined"], "a topic that is not there cannot see joined"],
    [["offered", "joined"], "a topic that is offered cannot see joined"],
    [["offered", "declined", "opened"], "a topic that is declined cannot see opened"],
    [["opened", "closed", "answered"], "a topic that is closed cannot see answered"],
    [["opened", "joined", "joined"], "joined is of a case that was in it"],
    [["opened", "left"], "left is of a case that was not in it"],
    [["opened", "reopened"], "a topic that is open cannot see reopened"],
    [[], "there is no act at all"],
  ])("%j cannot be", (acts, reason) => {
    expect(stateAfter(...acts)).toBe(reason);
  });

  test("keeps who has it, of how many was told, and which cases are in it", () => {
    const replayed = replayTopic(written(["opened", "joined", "told", "moved", "closed"]));
    expect(replayed).toMatchObject({
      ok: true,
      topic: { deputy: "D002", toldPeople: 4, cases: ["2026-000012"], closedAt: "2026-11-23T08:00:04.000Z" },
    });
  });

  test("whatever acts there are: each may happen, or none of what follows counts", () => {
    const types = Object.keys(TOPIC_ACTS) as TopicAct[];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...types), { maxLength: 9 }), (acts) => {
        const replayed = replayTopic(written(acts));
        if (replayed.ok) expect(TOPIC_STATES).toContain(replayed.topic.state);
        else expect(replayed.index).toBeLessThanOrEqual(acts.length);
      }),
    );
    expect(afterTopicAct("none", "told")).toBeNull();
  });
});

describe("numbers of topics", () => {
  test("are written whole and said by their last digits", () => {
    expect(topicNumber(2027, 3)).toBe("T-2027-0003");
    expect(saidNumber("T-2027-0003")).toBe("3");
    expect("T-2027-0003").toMatch(TOPIC_NUMBER);
  });

  test.each([
    [0, 12, false],
    [1, 12, false],
    [3, 12, true],
    [1, 2, true],
    [2, 4, true],
    [1, 3, false],
  ])("%i denials of %i who were asked: again %s", (denied, asked, isAgain) => {
    expect(isDenied({ denied, asked })).toBe(isAgain);
  });
});
