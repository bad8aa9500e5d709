import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  afterHandoverAct,
  HANDOVER_ACTS,
  type HANDOVER_STATES,
  type HandoverAct,
} from "../../../src/domain/acts/handover.ts";
import { replayHandover } from "../../../src/domain/acts/replay-handover.ts";

const AT = "2026-11-23T08:00:00.000Z";
const DETAILS: Record<HandoverAct, object> = {
  opened: { case: "2026-000012", unit: "U01", role: "lead", dueOn: "2026-12-14" },
  sent: {},
  failed: {},
  accepted: {},
  returned: { reason: "not_ours" },
  progress: {},
  extension_asked: { until: "2026-12-20" },
  extension_refused: {},
  extended: { dueOn: "2026-12-20" },
  reported: { result: "done" },
  confirmed: {},
  reopened: {},
  taken_back: {},
};
const told = (...types: HandoverAct[]) =>
  replayHandover(
    types.map((type, second) => ({ type, at: `2026-11-23T08:00:0${second}.000Z`, details: DETAILS[type] })),
  );
const stateAfter = (...types: HandoverAct[]) => {
  const replayed = told(...types);
  return replayed.ok ? replayed.handover.state : replayed;
};

describe("a hand-over follows from its acts", () => {
  test.each<[HandoverAct[], string]>([
    [["opened"], "waiting"],
    [["opened", "sent"], "sent"],
    [["opened", "sent", "failed"], "waiting"],
    [["opened", "sent", "accepted", "progress"], "accepted"],
    [["opened", "sent", "returned"], "returned"],
    [["opened", "sent", "reported"], "reported"],
    [["opened", "sent", "accepted", "reported", "confirmed"], "confirmed"],
    [["opened", "sent", "reported", "reopened"], "accepted"],
    [["opened", "sent", "reported", "confirmed", "reopened"], "accepted"],
    [["opened", "taken_back"], "taken_back"],
  ])("%j leaves it %s", (acts, state) => {
    expect(stateAfter(...acts)).toBe(state);
  });

  test.each<[HandoverAct[], number]>([
    [["sent"], 0],
    [["opened", "opened"], 1],
    [["opened", "accepted"], 1],
    [["opened", "sent", "confirmed"], 2],
    [["opened", "sent", "returned", "accepted"], 3],
    [["opened", "sent", "reported", "confirmed", "taken_back"], 4],
    [["opened", "sent", "reported", "extended"], 3],
  ])("%j is refused at act %i", (acts, index) => {
    expect(told(...acts)).toMatchObject({ ok: false, index });
  });

  test("no act at all, an unknown one, and one that does not say what it changed are no hand-over", () => {
    expect(replayHandover([])).toMatchObject({ ok: false, index: 0 });
    expect(replayHandover([{ type: "grown", at: AT, details: {} }])).toMatchObject({ ok: false });
    expect(replayHandover([{ type: "opened", at: AT, details: { case: "2026-000012" } }])).toMatchObject({ ok: false });
  });

  test("an extension counts from the office's consent, not from the unit's wish", () => {
    const asked = told("opened", "sent", "extension_asked");
    expect(asked).toMatchObject({ handover: { dueOn: "2026-12-14", askedUntil: "2026-12-20" } });
    expect(told("opened", "sent", "extension_asked", "extended")).toMatchObject({
      handover: { dueOn: "2026-12-20", askedUntil: null },
    });
    expect(told("opened", "sent", "extension_asked", "extension_refused")).toMatchObject({
      handover: { dueOn: "2026-12-14", askedUntil: null },
    });
  });

  test("what was reopened is not reported any more, and what ended says when", () => {
    expect(told("opened", "sent", "reported", "confirmed")).toMatchObject({
      handover: { result: "done", settledAt: "2026-11-23T08:00:03.000Z" },
    });
    expect(told("opened", "sent", "reported", "confirmed", "reopened")).toMatchObject({
      handover: { result: null, settledAt: null },
    });
  });

  test("any order of acts either follows the table or is refused where it leaves it", () => {
    const types = Object.keys(HANDOVER_ACTS) as HandoverAct[];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...types), { maxLength: 9 }), (acts) => {
        let state: (typeof HANDOVER_STATES)[number] | "none" = "none";
        let refusedAt: number | null = null;
        for (const [index, act] of ["opened" as const, ...acts].entries()) {
          const next = afterHandoverAct(state, act);
          if (next === null) {
            refusedAt = index;
            break;
          }
          state = next;
        }
        const replayed = told("opened", ...acts);
        expect(replayed).toMatchObject(refusedAt === null ? { handover: { state } } : { ok: false, index: refusedAt });
      }),
    );
  });
});
