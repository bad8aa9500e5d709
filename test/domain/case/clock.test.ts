import { describe, expect, test } from "vitest";
import { afterChange, CLOCK_STATES, type ClockChange, type ClockState } from "../../../src/domain/case/clock.ts";

const ALLOWED: readonly [ClockState, ClockChange, ClockState][] = [
  ["running", "pause", "paused"],
  ["running", "meet", "met"],
  ["running", "miss", "missed"],
  ["running", "drop", "void"],
  ["paused", "resume", "running"],
  ["paused", "meet", "met"],
  ["paused", "drop", "void"],
];

describe("the life of a clock", () => {
  test.each(ALLOWED)("one that is %s may %s and is %s then", (state, change, after) => {
    expect(afterChange(state, change)).toBe(after);
  });

  test("allows nothing else: what is met, missed or void stays so", () => {
    for (const state of CLOCK_STATES) {
      for (const change of ["pause", "resume", "meet", "miss", "drop"] as const) {
        const isAllowed = ALLOWED.some(([from, by]) => from === state && by === change);
        expect([state, change, afterChange(state, change) !== null]).toEqual([state, change, isAllowed]);
      }
    }
  });
});
