import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventDetails } from "../../../src/domain/case/case-event.ts";
import { replay, type WrittenEvent } from "../../../src/domain/case/replay.ts";

const AT = "2026-11-23T08:00:00.123Z";
const event = (type: string, details: unknown = {}, at = AT): WrittenEvent => ({ type, at, details });
const opening: EventDetails<"opened"> = {
  number: "2026-000001",
  priority: false,
  sealed: false,
  category: null,
  receivedAt: AT,
  dueOn: "2026-11-30",
  dueWithin: null,
};
const opened = event("opened", opening);
const assigned = event("assigned", { grid: "G1", station: "S1", deputy: "D1", rule: "grid" });
const closed = event("closed", { outcome: "solved" }, "2026-11-24T16:00:00+08:00");

const JUST_OPENED = {
  ...opening,
  state: "clarifying",
  outcome: null,
  grid: null,
  station: null,
  deputy: null,
  unit: null,
  closedAt: null,
  answeredBy: null,
  rating: null,
  reopenings: 0,
  mergedInto: null,
  topic: null,
  escalation: 0,
  minor: false,
  petition: false,
  unnamed: false,
  clocks: [],
};

describe("a case made from its events", () => {
  it("has a sure day where its events were written before days could be unsure", () => {
    const { dueWithin: _later, ...before } = opening;
    expect(replay([event("opened", before)])).toMatchObject({
      ok: true,
      case: { dueOn: "2026-11-30", dueWithin: null },
    });
  });

  it.each<[string, WrittenEvent[], object]>([
    ["is as it was opened", [], {}],
    [
      "has the days within which its resident hears, while the day itself is not sure",
      [event("message_added", { priority: true, dueOn: "2027-01-04", dueWithin: 1 })],
      { priority: true, dueOn: "2027-01-04", dueWithin: 1 },
    ],
    ["has a place once it was placed", [event("placed", { grid: "G2", station: null, by: "answer" })], { grid: "G2" }],
    [
      "has the deputy to whom it was assigned",
      [assigned],
      { state: "assigned", grid: "G1", station: "S1", deputy: "D1" },
    ],
    [
      "has no deputy once it was returned",
      [assigned, event("returned")],
      { state: "triage", grid: "G1", station: "S1" },
    ],
    [
      "moves to the office where nobody answers",
      [assigned, event("left_to_office", { grid: null, station: null, rule: "office" })],
      { state: "triage" },
    ],
    [
      "becomes urgent by what was added",
      [event("message_added", { priority: true, dueOn: "2026-11-24" })],
      { priority: true, dueOn: "2026-11-24" },
    ],
    ["has the category that staff gave it", [event("categorised", { category: "roads" })], { category: "roads" }],
    ["has no category once staff took it away", [event("categorised", { category: null })], { category: null }],
    [
      "lies where the office placed it",
      [event("placed_by_hand", { grid: "G3", station: "S2" })],
      { grid: "G3", station: "S2" },
    ],
    ["is not changed by a note", [event("noted")], {}],
    [
      "is not changed by its deputy's seeing it",
      [assigned, event("accepted")],
      { state: "assigned", grid: "G1", station: "S1", deputy: "D1" },
    ],
    ["is due on the day that the office set", [event("due_changed", { dueOn: "2026-12-09" })], { dueOn: "2026-12-09" }],
    [
      "is nobody's but the office's once it was sealed",
      [assigned, event("sealed")],
      { state: "triage", sealed: true, category: null, grid: "G1", station: "S1" },
    ],
    [
      "is not changed by whose word it was closed on",
      [{ ...closed, details: { outcome: "solved", claim: "unit" } }],
      { state: "closed", outcome: "solved", closedAt: "2026-11-24T08:00:00.000Z" },
    ],
    [
      "is not changed by words and thanks",
      [event("message_added", { kinds: ["text"] }), event("message_added", { thanks: true })],
      {},
    ],
    [
      "is closed at the moment of the event",
      [closed],
      { state: "closed", outcome: "solved", closedAt: "2026-11-24T08:00:00.000Z" },
    ],
    [
      "is closed with what answered it at once",
      [event("closed", { outcome: "explained", how: "answers:A01" })],
      { state: "closed", outcome: "explained", closedAt: AT, answeredBy: "answers:A01" },
    ],
    [
      "forgets what answered it once that was refused",
      [
        event("closed", { outcome: "explained", how: "calendar:ST01" }),
        event("reopened", { reopenings: 1, dueOn: "2026-12-01", dueWithin: null }),
      ],
      { state: "assigned", reopenings: 1, dueOn: "2026-12-01" },
    ],
    [
      "goes with another one, whatever happens to that one",
      [event("merged", { into: "2026-000002" }), event("merged", { from: "2026-000003" })],
      { mergedInto: "2026-000002" },
    ],
    ["belongs to the topic that it joined", [event("joined", { topic: "T-2026-0001" })], { topic: "T-2026-0001" }],
    [
      "belongs to none once it left that",
      [event("joined", { topic: "T-2026-0001" }), event("left", { topic: "T-2026-0001" })],
      {},
    ],
    [
      "stands by itself once it was taken apart",
      [event("merged", { into: "2026-000002" }), event("unmerged", { into: "2026-000002" })],
      {},
    ],
    [
      "is not changed by a proposal to unseal it",
      [event("sealed"), event("unseal_proposed"), event("unseal_refused")],
      { state: "triage", sealed: true },
    ],
    [
      "is ordinary once it was unsealed",
      [event("sealed"), event("unseal_proposed"), event("unsealed")],
      { state: "triage" },
    ],
    [
      "forgets its closing and verdict when it is open again",
      [assigned, closed, event("rated", { rating: 1 }), event("reopened", { reopenings: 1, dueOn: "2026-12-01" })],
      { state: "assigned", grid: "G1", station: "S1", deputy: "D1", reopenings: 1, dueOn: "2026-12-01" },
    ],
  ])("%s", (_name, events, changes) => {
    expect(replay([opened, ...events])).toEqual({ ok: true, case: { ...JUST_OPENED, ...changes } });
  });

  it.each<[string, WrittenEvent[], number, string]>([
    ["there is none", [], 0, "no event at all"],
    ["it was never opened", [assigned], 0, "not opened cannot see assigned"],
    ["it was opened twice", [opened, opened], 1, "clarifying cannot see opened"],
    ["it was closed twice", [opened, closed, closed], 2, "closed cannot see closed"],
    ["an event is unknown", [opened, event("toString")], 1, "toString is no event"],
    [
      "it was merged while it was closed",
      [opened, closed, event("merged", { into: "2026-000002" })],
      2,
      "closed cannot see merged",
    ],
    ["a merge does not say with which", [opened, event("merged")], 1, "merged does not say"],
    ["an event does not say enough", [opened, event("closed")], 1, "closed does not say"],
  ])("is none where %s, and the first impossible event is named", (_name, events, index, reason) => {
    expect(replay(events)).toEqual({ ok: false, index, reason: expect.stringContaining(reason) });
  });

  it("never throws, whatever was written", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ type: fc.string(), at: fc.constant(AT), details: fc.anything() })), (events) => {
        expect(replay([opened, ...events]).ok).toBeTypeOf("boolean");
      }),
    );
  });
});
