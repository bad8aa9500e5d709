import { expect, it } from "vitest";
import { pauseAfter } from "../../workers/live-account.ts";

const TIMES = { firstPauseMs: 1000, longestPauseMs: 60_000 };

it("the pauses between tries to connect double from a second to a minute, and spread", () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 500].map((failures) => pauseAfter(failures, 0, TIMES));
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  expect(pauseAfter(7, 1, TIMES)).toBe(45_000);
  expect(pauseAfter(1, 1, TIMES)).toBe(1000);
});
