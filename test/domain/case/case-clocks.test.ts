import { describe, expect, it } from "vitest";
import { replay, type WrittenEvent } from "../../../src/domain/case/replay.ts";

const at = (day: string) => `2026-11-${day}T02:00:00.000Z`;
const event = (type: string, day: string, details: unknown = {}): WrittenEvent => ({ type, at: at(day), details });
const due = (day: string) => ({ dueAt: `2026-11-${day}T15:59:59.000Z`, dueOn: `2026-11-${day}`, dueWithin: null });
const set = (day: string, kind: string, dueDay: string) =>
  event("clock_set", day, { clocks: [{ kind, rule: null, ...due(dueDay) }] });

const opened = event("opened", "16", {
  number: "2026-000001",
  priority: false,
  sealed: false,
  category: null,
  receivedAt: at("16"),
  dueOn: "2026-11-20",
});
const reply = set("16", "reply", "20");
const result = set("16", "result", "27");
const assigned = event("assigned", "16", { grid: "G1", station: "S1", deputy: "D1", rule: "grid" });
const closed = (day: string, outcome: string) => event("closed", day, { outcome });

const statesAfter = (...events: WrittenEvent[]) => {
  const replayed = replay([opened, ...events]);
  if (!replayed.ok) return replayed.reason;
  return replayed.case.clocks.map(({ kind, state }) => `${kind} ${state}`);
};

describe("the clocks of a case, by its events", () => {
  it.each<[string, WrittenEvent[], string[]]>([
    [
      "of a verdict are met by one",
      [
        assigned,
        closed("20", "solved"),
        set("20", "confirm", "27"),
        event("rated", "24", { rating: 5, claim: "confirmed" }),
      ],
      ["confirm met"],
    ],
    [
      "of a verdict end in silence",
      [assigned, closed("20", "solved"), set("20", "confirm", "24"), event("settled", "25", { claim: "silent" })],
      ["confirm missed"],
    ],
    [
      "of a verdict are dropped where the case is open again",
      [
        ...[assigned, closed("20", "solved"), set("20", "confirm", "27")],
        event("reopened", "23", { reopenings: 1, dueOn: "2026-11-30" }),
      ],
      ["confirm void"],
    ],
    ["run once they are set", [reply, result], ["reply running", "result running"]],
    [
      "are met by an answer in time, but not that of the result",
      [reply, result, event("replied", "20")],
      ["reply met", "result running"],
    ],
    [
      "are met by a call that reached their resident, and no other",
      [
        set("16", "reply", "20"),
        event("phoned", "17", { result: "reached", to: "joined" }),
        event("phoned", "18", { result: "reached", to: "resident" }),
      ],
      ["reply met"],
    ],
    [
      "run on after calls that reached nobody, or somebody else",
      [
        reply,
        event("phoned", "17", { result: "not-reached", to: "resident" }),
        event("phoned", "18", { result: "reached", to: "joined" }),
      ],
      ["reply running"],
    ],
    ["are missed by an answer that comes late", [reply, event("replied", "21")], ["reply missed"]],
    [
      "are missed when their moment is over, and stay so",
      [reply, event("clock_missed", "21", { kinds: ["reply"] }), event("replied", "23")],
      ["reply missed"],
    ],
    ["are met by a closing", [reply, result, assigned, closed("19", "solved")], ["reply met", "result met"]],
    [
      "are of no account where their resident withdrew",
      [reply, result, closed("19", "withdrawn")],
      ["reply void", "result void"],
    ],
    [
      "are dropped for others of their kind",
      [reply, event("due_changed", "17", { dueOn: "2026-11-25" }), set("17", "reply", "25")],
      ["reply void", "reply running"],
    ],
    [
      "stand still while their resident is waited for",
      [reply, event("paused", "17", { kinds: ["reply"], why: "resident" })],
      ["reply paused"],
    ],
    [
      "are met while they stand still, however late",
      [reply, event("paused", "17", { kinds: ["reply"], why: "resident" }), event("replied", "25")],
      ["reply met"],
    ],
  ])("%s", (_what, events, states) => {
    expect(statesAfter(...events)).toEqual(states);
  });

  it("go on later by the days that they stood, and the case is due as its answer is", () => {
    const paused = event("paused", "17", { kinds: ["reply"], why: "resident" });
    const resumed = event("resumed", "19", { clocks: [{ kind: "reply", ...due("24"), pausedDays: 2 }] });
    const replayed = replay([opened, reply, paused, resumed]);
    expect(replayed).toMatchObject({ ok: true, case: { dueOn: "2026-11-24", dueWithin: null } });
    expect(replayed.ok && replayed.case.clocks).toMatchObject([
      { state: "running", dueAt: "2026-11-24T15:59:59.000Z", pausedDays: 2, pausedSince: null },
    ]);
  });

  it.each<[string, WrittenEvent[], RegExp]>([
    ["an answer due on another day than its case", [set("16", "reply", "21")], /another day than the case/],
    [
      "a missed clock that was never set",
      [reply, event("clock_missed", "21", { kinds: ["result"] })],
      /no clock of this case/,
    ],
    [
      "one that stands still twice",
      [reply, ...["17", "18"].map((day) => event("paused", day, { kinds: ["reply"], why: "resident" }))],
      /no clock of this case/,
    ],
    [
      "one that goes on though it ran",
      [reply, event("resumed", "18", { clocks: [{ kind: "reply", ...due("20"), pausedDays: 0 }] })],
      /no clock of this case/,
    ],
    [
      "one that is missed while it stands still",
      [
        reply,
        event("paused", "17", { kinds: ["reply"], why: "resident" }),
        event("clock_missed", "21", { kinds: ["reply"] }),
      ],
      /no clock of this case/,
    ],
    ["a closed case with a new clock", [assigned, closed("19", "solved"), reply], /closed cannot see clock_set/],
    [
      "a rule that is none",
      [event("clock_set", "16", { clocks: [{ kind: "reply", rule: "x", ...due("20") }] })],
      /does not say/,
    ],
    ["an escalation beyond the last step", [event("escalated", "23", { step: 4, to: "leader" })], /does not say/],
  ])("refuse %s", (_what, events, reason) => {
    expect(statesAfter(...events)).toMatch(reason);
  });

  it("say how far a case was escalated, until it is reopened", () => {
    const escalated = event("escalated", "23", { step: 1, to: "station" });
    expect(replay([opened, assigned, escalated])).toMatchObject({ ok: true, case: { escalation: 1 } });
    const reopened = event("reopened", "25", { reopenings: 1, dueOn: "2026-12-01" });
    expect(replay([opened, assigned, escalated, closed("24", "solved"), reopened])).toMatchObject({
      case: { escalation: 0 },
    });
  });
});
