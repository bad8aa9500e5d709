import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MOST_TRIES,
  pauseBeforeTry,
  restAfter,
  STAY_REASONS,
  statusMeant,
  whyItStays,
} from "../../../src/domain/acts/partner.ts";

const NONE = { sealed: false, danger: false, minor: false, petition: false };

describe("what a code of a state means", () => {
  it.each([
    ["webhook", {}, "done", "done"],
    ["webhook", {}, "closed", null],
    ["webhook", { 已办结: "done" }, "已办结", "done"],
    ["webhook", { done: "working" }, "done", "working"],
    ["georeport", {}, "open", "accepted"],
    ["georeport", {}, "closed", "done"],
    ["georeport", {}, "not_councils_responsibility", "returned"],
    ["georeport", {}, "toString", null],
  ] as const)("%s with %j: %s is %s", (type, statusMap, code, meant) => {
    expect(statusMeant({ type, statusMap }, code)).toBe(meant);
  });
});

describe("a matter stays in the house", () => {
  it("for each reason by itself, and for none it leaves", () => {
    expect(whyItStays(NONE)).toBeNull();
    for (const reason of STAY_REASONS) expect(whyItStays({ ...NONE, [reason]: true })).toBe(reason);
    expect(whyItStays({ sealed: true, danger: true, minor: true, petition: true })).toBe("sealed");
  });
});

describe("a message that did not arrive", () => {
  it("is tried ten times within two days, never again within seconds, never later than in six hours", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: MOST_TRIES }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, random) => {
          const pause = pauseBeforeTry(tries, random);
          expect(pause).toBeGreaterThanOrEqual(27_000);
          expect(pause).toBeLessThanOrEqual(6 * 3_600_000);
        },
      ),
    );
    const all = Array.from({ length: MOST_TRIES - 1 }, (_, at) => pauseBeforeTry(at + 1, 1));
    const hours = all.reduce((sum, one) => sum + one, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(12);
    expect(hours).toBeLessThan(48);
  });

  it("leaves its partner alone from the fifth failure in a row on", () => {
    expect([0, 1, 4, 5, 50].map(restAfter)).toEqual([0, 0, 0, 300_000, 300_000]);
  });
});
